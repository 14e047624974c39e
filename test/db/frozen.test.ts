import { expect, test } from '@jest/globals';
import type { Form } from '../../forms/language/dialect.ts';
import { newId } from '../../server/db/ids.ts';
import { formVersions, type FormVersionRow } from '../../server/db/tables.ts';
import { inTransaction } from '../../server/db/transaction.ts';
import { openDatabase } from '../support/database.ts';

const version = (number: number): FormVersionRow => {
  const body = { key: 'f', title: `version ${number}`, schema: { properties: {} } } as unknown as Form;
  return { id: newId(1), formKey: 'f', version: number, hash: '', body, publishedAt: 1 };
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
