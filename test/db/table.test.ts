import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { connect, type Db } from '../../server/db/connection.ts';
import { newId } from '../../server/db/ids.ts';
import { migrate } from '../../server/db/migrate.ts';
import { select } from '../../server/db/sql.ts';
import { cases, counters, drafts, projects, units, type UnitRow } from '../../server/db/tables.ts';
import { inTransaction, type Tx } from '../../server/db/transaction.ts';
import { describeOnEveryDatabase } from '../support/database.ts';
import { formOf } from '../support/forms.ts';
import { oneCase } from './rows.ts';

const unit = (code: string, more: Partial<UnitRow> = {}): UnitRow => {
  return { id: newId(1), code, name: code, type: 'bureau', uscc: null, active: true, ...more };
};
const add = (db: Db, ...rows: UnitRow[]) => inTransaction(db, (tx) => units.insertMany(tx, rows));
const codes = (rows: UnitRow[]) => rows.map(({ code }) => code);

describeOnEveryDatabase('a table', (open) => {
  test('gives rows back as they were written: flags, nulls, money, JSON', async () => {
    const db = await open();
    const { caseId, personId, projectId } = await oneCase(db);
    const row = unit('jtj', { uscc: '91510100MA00000000', active: false });
    await add(db, row);
    expect(await units.one(db, { code: 'jtj' })).toEqual(row);

    const data = {
      名称: '𠮷野校园网"\\',
      sum: 9_007_199_254_740_991,
      rows: [{ b: 1, a: null }],
      nul: '\u0000',
      yes: true,
    };
    await inTransaction(db, async (tx) => {
      await drafts.insert(tx, formOf({}), {
        caseId,
        formKey: 'f',
        taskKey: '1',
        personId,
        data,
        version: 1,
        savedAt: 1,
      });
      await projects.update(tx, { id: projectId }, { totalInvest: Number.MAX_SAFE_INTEGER });
    });
    expect((await drafts.one(db, { caseId, formKey: 'f' }))?.data).toEqual(data);
    expect((await projects.one(db, { id: projectId }))?.totalInvest).toBe(Number.MAX_SAFE_INTEGER);
    expect((await cases.one(db, { id: caseId }))?.flowState.nextTask).toBe(1);
    const [stored] = await select<{ data: string }>(db, 'SELECT data FROM task_drafts WHERE case_id = $caseId', {
      caseId,
    });
    expect(stored!.data).toMatch(/^\{"nul":"\\u0000","rows":\[\{"a":null,"b":1\}\],"sum":9007199254740991,/);
  });

  test('holds a form far larger than 64 KB', async () => {
    const db = await open();
    const { caseId, personId } = await oneCase(db);
    const data = { text: '汉'.repeat(300_000) };
    await inTransaction(db, (tx) =>
      drafts.insert(tx, formOf({}), { caseId, formKey: 'f', taskKey: '1', personId, data, version: 1, savedAt: 1 }),
    );
    expect((await drafts.one(db, { caseId, formKey: 'f' }))?.data).toEqual(data);
  });

  test('tells characters apart that a default collation takes for one', async () => {
    const db = await open();
    await add(db, unit('𠮷'), unit('𠀀'), unit('a'), unit('A'), unit('é'), unit('e'));
    expect(codes(await units.find(db, { code: '𠮷' }))).toEqual(['𠮷']);
    expect(await units.one(db, { code: '𠀁' })).toBeNull();
    expect(await units.count(db, { code: ['a', 'e'] })).toBe(2);
  });

  test('a value is a value: quotes, wildcards and Sequelize words mean nothing in it', async () => {
    const db = await open();
    const nasty = [`' OR 1=1 --`, '$other.col$', '$1', ':name', '?', '\\', '%', '`'];
    await add(db, ...nasty.map((code) => unit(code)));
    for (const code of nasty) {
      expect(codes(await units.find(db, { code }))).toEqual([code]);
      expect(await select(db, 'SELECT code FROM units WHERE code = $code', { code })).toEqual([{ code }]);
    }
    const hidden = { $name$: 'x' } as Partial<UnitRow>;
    await expect(units.find(db, hidden)).rejects.toThrow('units has no column $name$');
  });

  test('compares, lists, negates, orders and limits', async () => {
    const db = await open();
    await add(db, unit('a'), unit('b', { uscc: '1' }), unit('c', { active: false }), unit('d'));
    const ask = async (where: Parameters<typeof units.find>[1]) =>
      codes(await units.find(db, where, { order: [['code', 'desc']] }));
    expect(await ask({ code: { gt: 'a', lte: 'c' } })).toEqual(['c', 'b']);
    expect(await ask({ code: ['a', 'd', 'x'] })).toEqual(['d', 'a']);
    expect(await ask({ code: [] })).toEqual([]);
    expect(await ask({ uscc: null, active: true })).toEqual(['d', 'a']);
    expect(await ask({ uscc: { not: null } })).toEqual(['b']);
    expect(codes(await units.find(db, {}, { order: [['code', 'asc']], limit: 2 }))).toEqual(['a', 'b']);
    expect(await units.count(db, { active: true })).toBe(3);
  });

  test('a list may be longer than what is worth preparing', async () => {
    const db = await open();
    const many = Array.from({ length: 60 }, (_, index) => unit(`unit${index}`));
    await add(db, ...many);
    const wanted = codes(many.slice(0, 50));
    expect(codes(await units.find(db, { code: wanted, active: true })).sort()).toEqual([...wanted].sort());
    await inTransaction(db, async (tx) => {
      expect(await units.update(tx, { code: wanted }, { active: false })).toBe(50);
      expect(await units.update(tx, { code: wanted.slice(0, 2), active: false, uscc: null }, { type: 'x' })).toBe(2);
      expect(await units.update(tx, { code: [] }, { type: 'y' })).toBe(0);
    });
    expect(await units.count(db, { active: true })).toBe(10);
    expect(await units.find(db, { type: 'x' }, { order: [['code', 'desc']] })).toMatchObject([
      { code: 'unit1', active: false },
      { code: 'unit0', active: false },
    ]);
  });

  test('pages by the last row seen, also where the first column is the same for many', async () => {
    const db = await open();
    await add(
      db,
      unit('a', { name: 'x' }),
      unit('b', { name: 'x' }),
      unit('c', { name: 'w' }),
      unit('d', { name: 'z' }),
    );
    const order: ['name' | 'code', 'asc' | 'desc'][] = [
      ['name', 'desc'],
      ['code', 'asc'],
    ];
    const seen: string[] = [];
    let after: UnitRow | undefined;
    do {
      const page: UnitRow[] = await units.find(db, {}, { order, limit: 1, after });
      after = page[0];
      seen.push(...codes(page));
    } while (after);
    expect(seen).toEqual(['d', 'a', 'b', 'c']);
  });

  test('an update answers how many rows matched, changed or not', async () => {
    const db = await open();
    await add(db, unit('a'), unit('b'));
    await inTransaction(db, async (tx) => {
      expect(await units.update(tx, { type: 'bureau' }, { type: 'bureau' })).toBe(2);
      expect(await units.update(tx, { code: 'x' }, { type: 'y' })).toBe(0);
      expect(await units.remove(tx, { code: 'a' })).toBe(1);
    });
    expect(await units.count(db, {})).toBe(1);
  });

  test('writes more rows than one statement takes, all or none', async () => {
    const db = await open();
    const many = Array.from({ length: 450 }, (_, index) => ({ name: `${index}`, value: index }));
    await inTransaction(db, (tx) => counters.insertMany(tx, many));
    expect(await counters.count(db, {})).toBe(450);
    const again = [...many.map(({ name, value }) => ({ name: `again ${name}`, value })), { name: '0', value: 0 }];
    await expect(inTransaction(db, (tx) => counters.insertMany(tx, again))).rejects.toThrow();
    expect(await counters.count(db, {})).toBe(450);
    await inTransaction(db, (tx) => counters.insertMany(tx, []));
  });

  test('refuses what would write the wrong rows or the wrong thing', async () => {
    const db = await open();
    await add(db, unit('a'));
    const refused = (work: (tx: Tx) => Promise<unknown>) => expect(inTransaction(db, work)).rejects;
    await refused((tx) => units.update(tx, {}, { name: 'x' })).toThrow('a write needs a condition');
    await refused((tx) => units.remove(tx, {})).toThrow('a write needs a condition');
    await refused((tx) => units.update(tx, { code: undefined }, { name: 'x' })).toThrow('a condition is undefined');
    await refused((tx) => units.update(tx, { code: 'a' }, {})).toThrow('nothing to update');
    await refused((tx) => units.insert(tx, { ...unit('b'), extra: 1 } as UnitRow)).toThrow('no column extra');
    await refused((tx) => units.insert(tx, { ...unit('b'), name: null } as unknown as UnitRow)).toThrow(
      /must not be null/,
    );
    await refused((tx) => units.insert(tx, unit('b', { name: '长'.repeat(201) }))).toThrow(/longer than 200/);
    await refused((tx) => units.update(tx, { id: 0 as unknown as string }, { name: 'x' })).toThrow(/holds a text/);
    await refused((tx) => counters.insert(tx, { name: 'a', value: 0.5 })).toThrow(/holds a number/);
    expect(await units.one(db, { id: '长'.repeat(300) })).toBeNull();
    await expect(select(db, 'DELETE FROM units')).rejects.toThrow(/select\(\) reads/);
    await expect(select(db, 'SELECT 1 AS one WHERE 1 = $missing')).rejects.toThrow('No value for $missing');
    expect(codes(await units.find(db, {}))).toEqual(['a']);
  });

  test('a hand-written select takes lists and a limit', async () => {
    const db = await open();
    await add(db, unit('a'), unit('b'), unit('c'));
    const sql = 'SELECT code FROM units WHERE code IN ($codes) AND active = $on ORDER BY code';
    expect(await select(db, sql, { codes: ['a', 'c'], on: 1 })).toEqual([{ code: 'a' }, { code: 'c' }]);
    expect(await select(db, sql, { codes: ['a', 'c'], on: 1 }, 1)).toEqual([{ code: 'a' }]);
    expect(await select(db, sql, { codes: [], on: 1 })).toEqual([]);
  });
});

test('the log gets statements without what people wrote', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'db-'));
  const seen: string[] = [];
  const db = connect(`sqlite:${join(folder, 'a.db')}`, { log: (sql) => seen.push(sql) });
  await migrate(db, { now: () => 1 });
  await add(db, unit("o'brien"));
  await units.find(db, { code: "o'brien \\ x" });
  await db.close();
  rmSync(folder, { recursive: true });
  expect(seen.filter((sql) => sql.includes('FROM `units`'))).toHaveLength(1);
  expect(seen.join()).not.toMatch(/brien|bureau/);
});

test('an address of another kind is refused', () => {
  expect(() => connect('postgres://localhost/x')).toThrow('DATABASE_URL must begin with sqlite: or mysql://');
});

/** Never run: the type checker reads it, and fails when one of these lines begins to compile. */
export async function writesWithoutTheirTransaction(db: Db, row: UnitRow): Promise<void> {
  // @ts-expect-error a database is not a transaction
  await units.insert(db, row);
  // @ts-expect-error a transaction comes first
  await units.insert(row);
  // @ts-expect-error a database is not a transaction
  await units.insertMany(db, [row]);
  // @ts-expect-error a database is not a transaction
  await units.update(db, { id: row.id }, { name: 'x' });
  // @ts-expect-error a database is not a transaction
  await units.remove(db, { id: row.id });
  // @ts-expect-error a row is data and cannot save itself
  const savable: { save: unknown } = row;
  // @ts-expect-error a database does not hand out Sequelize
  const open: { sequelize: unknown } = db;
  void [savable, open];
}
