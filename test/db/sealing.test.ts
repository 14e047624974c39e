import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Data } from '../../forms/language/dialect.ts';
import { newId } from '../../server/db/ids.ts';
import { connectionOf } from '../../server/db/handle.ts';
import { contentHash } from '../../server/db/json.ts';
import { migrate } from '../../server/db/migrate.ts';
import { resealAll } from '../../server/db/reseal.ts';
import { openData, sealData, storedHash } from '../../server/db/sealing.ts';
import { select } from '../../server/db/sql.ts';
import { drafts, formVersions, submissions } from '../../server/db/tables.ts';
import { inTransaction } from '../../server/db/transaction.ts';
import { connect } from '../../server/db/connection.ts';
import { readSealKeys, softwareCrypto } from '../../server/softwareCrypto.ts';
import { describeOnEveryDatabase } from '../support/database.ts';
import { fillings } from '../support/fillings.ts';
import { dictionaries, field, formOf } from '../support/forms.ts';
import { crypto, SEAL_KEYS } from '../support/seals.ts';
import { oneCase } from './rows.ts';

const NEW_KEY = `fresh:${'7'.repeat(64)}`;
const withRing = (text: string) => softwareCrypto(readSealKeys(text));
const rotated = withRing(`${NEW_KEY},${SEAL_KEYS}`);
const destroyed = withRing(`${NEW_KEY},test:destroyed`);
const forgotten = withRing(NEW_KEY);

const form = formOf({
  name: field('Text', '名称', 1),
  phone: field('Phone', '联系电话', 2),
  expert: field('Text', '专家', 3, { 'x-sensitive': true }),
  proposal: field('Files', '建议书', 4),
  staff: field('Table', '人员', 5, {
    items: {
      type: 'object',
      properties: { name: field('Text', '姓名', 1), idCard: field('IdCard', '身份证号', 2) },
    },
  }),
});
const data: Data = {
  name: '平台',
  phone: '13870200001',
  expert: '欧阳询',
  staff: [{ name: '甲', idCard: '36040219900101123X' }, { name: '乙' }],
};
const NOW = 1_700_000_000_000;
const SECRETS = /13870200001|欧阳询|36040219900101123X/;
const place = { caseId: 'c1', formKey: 'f' };

test('what is stored opens as it was, and holds nothing sensitive', async () => {
  const stored = await sealData(crypto, form, place, data);
  expect(JSON.stringify(stored)).not.toMatch(SECRETS);
  expect(stored).toMatchObject({ name: '平台', staff: [{ name: '甲' }, { name: '乙' }] });
  expect(await openData(crypto, place, stored)).toEqual({ data, lost: [] });
  await fc.assert(
    fc.asyncProperty(fillings(form, dictionaries), async (filling) => {
      const sealed = await sealData(crypto, form, place, filling);
      expect((await openData(crypto, place, sealed)).data).toEqual(filling);
    }),
  );
});

test('a sealed value opens in its case, its form and its field alone', async () => {
  const stored = await sealData(crypto, form, place, data);
  for (const elsewhere of [
    { ...place, caseId: 'c2' },
    { ...place, formKey: 'g' },
  ])
    await expect(openData(crypto, elsewhere, stored)).rejects.toThrow('完整性');
  const moved = { ...stored, expert: stored['phone'] ?? null };
  await expect(openData(crypto, place, moved)).rejects.toThrow('完整性');
  // Nor can what commits to it be exchanged, on which the hash of the row rests.
  const { $sealed } = stored['phone'] as { $sealed: Data };
  const forged = { ...stored, phone: { $sealed: { ...$sealed, h: 'x' } } };
  await expect(openData(crypto, place, forged)).rejects.toThrow('完整性');
});

test('data stored before values were sealed is read as it stands, and keeps the hash it had', async () => {
  expect(await openData(crypto, place, data)).toEqual({ data, lost: [] });
  expect(storedHash(data)).toBe(contentHash(data));
});

test('the hash tells equal data of two submissions apart, and what commits to a value tells nothing of it', async () => {
  const [one, two] = [await sealData(crypto, form, place, data), await sealData(crypto, form, place, data)];
  expect(storedHash(one)).not.toBe(storedHash(two));
  const plain = { ...one, phone: (one['phone'] as { $sealed: Data }).$sealed['h'] ?? null };
  expect(storedHash(plain)).not.toBe(storedHash(one));
});

describeOnEveryDatabase('sealed tables', (open, engine) => {
  const begin = async () => {
    const url = await engine.empty();
    const db = connect(url, { crypto });
    await migrate(db, { now: Date.now });
    const { caseId, personId } = await oneCase(db);
    const version = { id: newId(NOW), formKey: 'f', version: 9, hash: '', body: form, publishedAt: 1 };
    await inTransaction(db, async (tx) => {
      await formVersions.insert(tx, version);
      for (const revision of [1, 2, 3, 4, 5]) {
        const at = { id: newId(NOW), caseId, formKey: 'f', formVersionId: version.id, revision };
        await submissions.insert(tx, form, { ...at, data, personId, seatId: null, taskId: null, createdAt: NOW });
      }
      const draft = { caseId, formKey: 'f', personId, data, savedAt: 1 };
      for (const taskKey of ['1', '2', '3']) await drafts.insert(tx, form, { ...draft, taskKey, version: 1 });
    });
    return { url, db, caseId, close: () => db.close() };
  };
  type Stored = { id: string; data: string; hash: string };
  const storedIn = (db: Awaited<ReturnType<typeof open>>) =>
    select<Stored>(db, 'SELECT id, data, hash FROM submissions ORDER BY id');

  test('rows are sealed whatever verb writes them, and opened whatever verb reads them', async () => {
    const { db, caseId, close } = await begin();
    const where = { caseId, formKey: 'f' };
    await inTransaction(db, (tx) => drafts.update(tx, form, { ...where, taskKey: '1' }, { data, version: 2 }));
    for (const table of ['submissions', 'task_drafts']) {
      const texts = await select<{ data: string }>(db, `SELECT data FROM ${table}`);
      expect(texts.length).toBeGreaterThan(2);
      for (const { data: text } of texts) expect(text).not.toMatch(SECRETS);
    }
    expect((await drafts.one(db, { ...where, taskKey: '1' }))?.data).toEqual(data);
    expect(await submissions.find(db, where)).toMatchObject(Array(5).fill({ data, lost: [] }));
    for (const { data: text, hash } of await storedIn(db)) expect(storedHash(JSON.parse(text) as Data)).toBe(hash);
    await close();
  });

  test('another key seals everything anew in batches, changes no hash, and has nothing left to do the second time', async () => {
    const { url, db, caseId, close } = await begin();
    const before = await storedIn(db);
    const anew = connect(url, { crypto: rotated });
    expect(await resealAll(anew, 2)).toEqual({ rows: 8, changed: 8, left: new Map() });
    const after = await storedIn(anew);
    expect(after.map(({ id, hash }) => [id, hash])).toEqual(before.map(({ id, hash }) => [id, hash]));
    for (const { data: text, hash } of after) {
      expect(text).not.toContain('"k":"test"');
      expect(storedHash(JSON.parse(text) as Data)).toBe(hash);
    }
    expect(await resealAll(anew, 2)).toEqual({ rows: 8, changed: 0, left: new Map() });
    await anew.close();
    const later = connect(url, { crypto: forgotten });
    expect(await submissions.find(later, { caseId })).toMatchObject(Array(5).fill({ data, lost: [] }));
    expect(await drafts.find(later, { caseId })).toMatchObject(Array(3).fill({ data }));
    await later.close();
    await close();
  });

  test('a run that was stopped goes on with what is missing', async () => {
    const { url, db, close } = await begin();
    const [first, ...others] = await storedIn(db);
    const anew = connect(url, { crypto: rotated });
    await resealAll(anew);
    for (const { id, data: text } of others) {
      await anew[connectionOf].query('UPDATE submissions SET data = ? WHERE id = ?', { replacements: [text, id] });
    }
    expect(first).toBeDefined();
    expect(await resealAll(anew, 2)).toMatchObject({ rows: 8, changed: 4 });
    await anew.close();
    await close();
  });

  test('a destroyed key leaves the rest readable, says what is lost, and breaks no hash', async () => {
    const { url, db, caseId, close } = await begin();
    const later = connect(url, { crypto: destroyed });
    const empty = { ...data, phone: null, expert: null, staff: [{ name: '甲', idCard: null }, { name: '乙' }] };
    const lost = ['expert', 'phone', 'staff.0.idCard'];
    expect(await submissions.find(later, { caseId })).toMatchObject(Array(5).fill({ data: empty, lost }));
    expect(await resealAll(later)).toEqual({ rows: 8, changed: 0, left: new Map([['test', 8]]) });
    for (const { data: text, hash } of await storedIn(db)) expect(storedHash(JSON.parse(text) as Data)).toBe(hash);
    await later.close();
    // A key that is merely missing is no reason to lose anything.
    const without = connect(url, { crypto: forgotten });
    await expect(submissions.find(without, { caseId })).rejects.toThrow('没有编号为 test 的密钥');
    await without.close();
    const none = connect(url);
    await expect(drafts.find(none, { caseId })).rejects.toThrow('without keys');
    await none.close();
    await close();
  });
});
