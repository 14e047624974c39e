import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { files } from '../../server/db/tables.ts';
import { inTransaction } from '../../server/db/transaction.ts';
import { cleanUploads } from '../../server/jobs/cleanUploads.ts';
import { openDistrict, type Actor, type District } from '../support/district.ts';

const DAY = 86_400_000;

let district: District;
let clerk: Actor;
beforeEach(async () => {
  district = await openDistrict();
  clerk = await district.as('jtj.clerk');
});
afterEach(() => district.close());

const clean = (days: number, store = district.deps.store) =>
  cleanUploads({ db: district.db, store }, district.time.now + days * DAY, new AbortController().signal);
const kept = async () => (await files.find(district.db, {})).map(({ id }) => id).sort();
const idOf = (attached: object) => (attached as { id: string }).id;

test('an upload nobody names goes after a week, bytes and row; what is handed in or in a draft stays', async () => {
  const declared = await clerk.declare();
  const handedIn = await kept();
  const draft = await clerk.start();
  const [named, forgotten] = [await clerk.attach(draft.id), await clerk.attach(draft.id)];
  const body = { form: 'declaration', data: { proposalDoc: [named] }, task: null, draftVersion: 0 };
  await clerk.put(`/cases/${draft.id}/draft`, body).then(({ ok }) => ok);

  expect(await clean(6)).toBe(0);
  expect(await clean(8)).toBe(1);
  expect(await kept()).toEqual([...handedIn, idOf(named)].sort());
  await expect(district.deps.store.read(idOf(forgotten))).rejects.toThrow('ENOENT');
  expect((await clerk.get(`/files/${idOf(named)}`)).status).toBe(200);
  expect(declared.state).toBe('running');
  expect(await clean(8)).toBe(0);
});

test('a round that broke off between mark and bytes is finished by the next', async () => {
  const draft = await clerk.start();
  const attached = await clerk.attach(draft.id);
  const full = { remove: () => Promise.reject(new Error('the disk is gone')) };
  await expect(clean(8, { ...district.deps.store, ...full })).rejects.toThrow('the disk is gone');
  expect((await clerk.get(`/files/${idOf(attached)}`)).status).toBe(404);
  expect(await clean(8)).toBe(1);
  expect(await kept()).toEqual([]);
});

test('a form that names what was cleaned away meanwhile is not handed in', async () => {
  const draft = await clerk.start();
  const declaration = await clerk.declaration(draft, { projectName: '浔阳区附件清理验证平台' });
  await inTransaction(district.db, (tx) => files.update(tx, { caseId: draft.id }, { removedAt: district.time.now }));
  const answer = await clerk.post(`/cases/${draft.id}/submit`, { version: draft.version, forms: { declaration } });
  expect([answer.status, answer.body.error.code]).toEqual([422, 'file_not_in_case']);
});
