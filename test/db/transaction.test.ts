import { AsyncResource } from 'node:async_hooks';
import { expect, test } from '@jest/globals';
import { ForeignKeyConstraintError } from 'sequelize';
import type { Db } from '../../server/db/connection.ts';
import { isDuplicate, isTransient } from '../../server/db/failure.ts';
import { newId } from '../../server/db/ids.ts';
import { caseForms, counters, idempotencyKeys, projects, units } from '../../server/db/tables.ts';
import { inTransaction, type Tx } from '../../server/db/transaction.ts';
import { describeOnEveryDatabase } from '../support/database.ts';
import { oneCase } from './rows.ts';

const put = (db: Db, name: string, value = 0) => inTransaction(db, (tx) => counters.insert(tx, { name, value }));
const failure = (of: Promise<unknown>): Promise<unknown> => of.then(() => undefined).catch((error: unknown) => error);

describeOnEveryDatabase('inTransaction', (open, engine) => {
  test('returns what the work returns, and saves what it wrote', async () => {
    const db = await open();
    const answer = await inTransaction(db, async (tx) => {
      await counters.insert(tx, { name: 'a', value: 1 });
      return counters.one(tx, { name: 'a' });
    });
    expect(answer).toEqual({ name: 'a', value: 1 });
    expect(await counters.count(db, {})).toBe(1);
  });

  test('leaves nothing when the work throws, and passes the error on', async () => {
    const db = await open();
    const reason = new Error('no');
    const work = inTransaction(db, async (tx) => {
      await counters.insert(tx, { name: 'a', value: 1 });
      throw reason;
    });
    await expect(work).rejects.toBe(reason);
    expect(await counters.count(db, {})).toBe(0);
  });

  test('what is not committed is seen inside and nowhere else', async () => {
    const db = await open();
    await inTransaction(db, async (tx) => {
      await counters.insert(tx, { name: 'a', value: 1 });
      expect([await counters.count(tx, {}), await counters.count(db, {})]).toEqual([1, 0]);
    });
  });

  test('a transaction kept beyond its end writes and reads nothing', async () => {
    const db = await open();
    const kept: Tx = await inTransaction(db, (tx) => Promise.resolve(tx));
    await expect(counters.insert(kept, { name: 'a', value: 1 })).rejects.toThrow(/commit has been called/);
    await expect(counters.one(kept, { name: 'a' })).rejects.toThrow(/commit has been called/);
    expect(await counters.count(db, {})).toBe(0);
  });

  test('a transaction opened inside a transaction is refused at once, instead of waiting for its own end', async () => {
    const db = await open();
    const nested = inTransaction(db, async (tx) => {
      await counters.insert(tx, { name: 'a', value: 1 });
      await put(db, 'b');
    });
    await expect(nested).rejects.toThrow('already running here');
    expect(await counters.count(db, {})).toBe(0);
  });

  test('what others commit meanwhile is read by the next statement on MySQL, and cannot happen on SQLite', async () => {
    const db = await open();
    await put(db, 'a');
    const change = AsyncResource.bind(() =>
      inTransaction(db, (tx) => counters.update(tx, { name: 'a' }, { value: 7 })),
    );
    const { seen, other } = await inTransaction(db, async (tx) => {
      await counters.one(tx, { name: 'a' });
      const running = change();
      if (engine.dialect === 'mysql') await running;
      return { seen: await counters.one(tx, { name: 'a' }), other: { running } };
    });
    expect(seen).toEqual({ name: 'a', value: engine.dialect === 'mysql' ? 7 : 0 });
    expect(await other.running).toBe(1);
  });

  test('two transactions that lock two rows crosswise both finish', async () => {
    const db = await open();
    await put(db, 'a');
    await put(db, 'b');
    let [runs, holding] = [0, 0];
    let bothHoldOne: () => void = () => undefined;
    const meet = new Promise<void>((resolve) => (bothHoldOne = resolve));
    const crosswise = (first: string, second: string) =>
      inTransaction(db, async (tx) => {
        runs += 1;
        await counters.update(tx, { name: first }, { value: runs });
        // Only the first two runs meet: MariaDB then has a deadlock for certain. SQLite cannot let two in.
        if (engine.dialect === 'mysql') {
          holding += 1;
          if (holding === 2) bothHoldOne();
          await meet;
        }
        await counters.update(tx, { name: second }, { value: runs });
        return runs;
      });
    await Promise.all([crosswise('a', 'b'), crosswise('b', 'a')]);
    expect(runs).toBe(engine.dialect === 'mysql' ? 3 : 2);
    const [a, b] = await counters.find(db, {}, { order: [['name', 'asc']] });
    expect(a!.value).toBe(b!.value);
  });

  test('a conflict makes the whole work run again; any other failure does not', async () => {
    const db = await open();
    let runs = 0;
    const work = (code: string) =>
      inTransaction(db, async (tx) => {
        runs += 1;
        await counters.insert(tx, { name: `run ${runs}`, value: runs });
        if (runs < 3) throw Object.assign(new Error('wrapped'), { cause: { code } });
      });
    await work('SQLITE_BUSY');
    expect(await counters.find(db, {})).toEqual([{ name: 'run 3', value: 3 }]);
    runs = 0;
    await expect(work('SQLITE_FULL')).rejects.toThrow('wrapped');
    expect(runs).toBe(1);
  });

  test('a conflict that does not go away is thrown after a bounded number of runs', async () => {
    const db = await open();
    let runs = 0;
    const work = inTransaction(db, () => {
      runs += 1;
      return Promise.reject(Object.assign(new Error('deadlock'), { errno: 1213 }));
    });
    await expect(work).rejects.toThrow('deadlock');
    expect(runs).toBe(6);
  });

  test('a second project of the same title key is told apart from other failures', async () => {
    const db = await open();
    const { unitId, caseId } = await oneCase(db);
    const insert = (titleKey: string, no: string, id = newId(1)) =>
      inTransaction(db, (tx) => {
        const rest = { state: 'draft', createdAt: 1, updatedAt: 1, version: 0 } as const;
        return projects.insert(tx, { id, unitId, titleKey, no, ...rest });
      });
    await insert('u|2027|校园网', '1');

    const twin = await failure(insert('u|2027|校园网', '2'));
    expect([isDuplicate(twin), isDuplicate(twin, projects, ['titleKey'])]).toEqual([true, true]);
    expect([isDuplicate(twin, projects, ['no']), isDuplicate(twin, projects)]).toEqual([false, false]);

    const key = { scope: 's', key: 'k', requestHash: 'h', status: 200, answer: { ok: true }, createdAt: 1 };
    const remember = () => inTransaction(db, (tx) => idempotencyKeys.insert(tx, key));
    await remember();
    expect(isDuplicate(await failure(remember()), idempotencyKeys)).toBe(true);

    const form = { caseId, formKey: 'f', formVersionId: newId(1) };
    const dangling = await failure(inTransaction(db, (tx) => caseForms.insert(tx, form)));
    expect(dangling).toBeInstanceOf(ForeignKeyConstraintError);
    expect([isDuplicate(dangling), isTransient(dangling)]).toEqual([false, false]);
    const named = await failure(inTransaction(db, (tx) => units.remove(tx, { id: unitId })));
    expect(named).toBeInstanceOf(ForeignKeyConstraintError);
  });
});

test.each(['SQLITE_BUSY', 1205, 1213, 1020, 8002, 8022, 8028, 9007])('%p is worth another run', (code) => {
  expect(isTransient(Object.assign(new Error('x'), typeof code === 'number' ? { errno: code } : { code }))).toBe(true);
});

test.each([[new Error('SQLITE_BUSY 1213')], [{ errno: 1062 }], [null], [undefined], ['SQLITE_BUSY']])(
  '%p is not',
  (error) => expect(isTransient(error)).toBe(false),
);
