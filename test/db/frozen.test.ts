import { expect, test } from '@jest/globals';
import type { Form } from '../../forms/language/dialect.ts';
import { execute, select } from '../../server/db/sql.ts';
import { newId } from '../../server/db/ids.ts';
import { contentHash } from '../../server/db/json.ts';
import { Refusal } from '../../server/errors.ts';
import { formVersions, type FormVersionRow } from '../../server/db/tables.ts';
import { inTransaction } from '../../server/db/transaction.ts';
import { latestForm } from '../../server/db/published.ts';
import type { Db } from '../../server/db/connection.ts';
import { describeOnEveryDatabase, openDatabase } from '../support/database.ts';

const version = (number: number): FormVersionRow => {
  const body = { key: 'f', title: `version ${number}`, schema: { properties: {} } } as unknown as Form;
  return { id: newId(1), formKey: 'f', version: number, hash: contentHash(body), body, publishedAt: 1 };
};

test('a published version is read once by its id, is the same for everybody, and cannot be changed', async () => {
  const { db, close } = await openDatabase();
  const [one, two] = [version(1), version(2)];
  await inTransaction(db, (tx) => formVersions.insertMany(tx, [one, two]));

  const first = await formVersions.one(db, { id: one.id });
  expect(first).toEqual(one);
  expect(await inTransaction(db, (tx) => formVersions.one(tx, { id: one.id }))).toBe(first);
  const [again, other] = await formVersions.find(db, { id: [one.id, two.id, one.id, newId(1)] });
  expect(again).toBe(first);
  expect(other).toEqual(two);
  expect(() => Object.assign(first!.body, { title: 'changed' })).toThrow(TypeError);

  expect(await formVersions.one(db, { id: newId(1) })).toBeNull();
  expect(await formVersions.find(db, { formKey: 'f' }, { order: [['version', 'desc']], limit: 1 })).toEqual([two]);
  await close();
  await expect(formVersions.one(db, { id: newId(1) })).rejects.toThrow();
  expect(await formVersions.one(db, { id: one.id })).toBe(first);
});

test('another database has versions of its own', async () => {
  const [left, right] = [await openDatabase(), await openDatabase()];
  const row = version(1);
  await inTransaction(left.db, (tx) => formVersions.insert(tx, row));
  expect(await formVersions.one(left.db, { id: row.id })).toEqual(row);
  expect(await formVersions.one(right.db, { id: row.id })).toBeNull();
  await Promise.all([left.close(), right.close()]);
});

describeOnEveryDatabase('a published row changed behind the back of the program', (open) => {
  const tamper = async (db: Db, id: string) => {
    const [row] = await select<{ body: string }>(db, 'SELECT body FROM form_versions WHERE id = $id', { id });
    const body = row?.body.replace('version 1', 'version 9') ?? '';
    await inTransaction(db, (tx) => execute(tx, 'UPDATE form_versions SET body = $body WHERE id = $id', { id, body }));
  };

  test('is refused by everybody who reads it, by its id or as the latest', async () => {
    const db = await open();
    const row = version(1);
    await inTransaction(db, (tx) => formVersions.insert(tx, row));
    await tamper(db, row.id);
    for (const read of [
      () => formVersions.one(db, { id: row.id }),
      () => formVersions.one(db, { formKey: 'f', version: 1 }),
      () => formVersions.find(db, {}),
      () => latestForm(db, 'f'),
    ]) {
      await expect(read()).rejects.toMatchObject({ code: 'version_tampered', detail: { id: row.id } });
      await expect(read()).rejects.toBeInstanceOf(Refusal);
    }
  });

  test('once read, the true text is what everybody gets', async () => {
    const db = await open();
    const row = version(1);
    await inTransaction(db, (tx) => formVersions.insert(tx, row));
    await formVersions.one(db, { id: row.id });
    await tamper(db, row.id);
    expect(await latestForm(db, 'f')).toEqual(row);
  });
});
