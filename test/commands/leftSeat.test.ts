import { afterEach, beforeEach, expect, test } from '@jest/globals';
import request from 'supertest';
import { people, seatHolders } from '../../server/db/tables.ts';
import { inTransaction } from '../../server/db/transaction.ts';
import type { CaseView } from '../../server/routes/contract/cases.ts';
import { contentsOf, FILING, openDistrict, type Actor, type District } from '../support/district.ts';

const LACKING = {
  ...FILING,
  correctionList: [{ item: '年度资金需求依据', requirement: '补充分年度测算说明' }],
  supplementDue: '2026-09-20',
};

let district: District;
let clerk: Actor;
let owner: Actor;
let head: Actor;
let intake: Actor;
beforeEach(async () => {
  district = await openDistrict();
  clerk = await district.as('jtj.clerk');
  owner = await district.as('jtj.owner');
  head = await district.as('jtj.head');
  intake = await district.as('xxb.intake');
});
afterEach(() => district.close());

const clerkLeaves = () =>
  inTransaction(district.db, async (tx) => {
    const person = await people.one(tx, { login: 'jtj.clerk' });
    await seatHolders.update(tx, { personId: person?.id ?? '', toAt: null }, { toAt: district.time.now });
  });

/** Every one of these is refused because the seat was left, changes nothing, and is not offered. */
async function expectStanding(id: string, attempts: (view: CaseView) => Promise<{ status: number; body: unknown }>[]) {
  const view = await clerk.view(id);
  expect(view.allowed).toEqual([]);
  expect(view.forms.filter(({ editable }) => editable)).toEqual([]);
  const before = await contentsOf(district.db);
  for (const answer of await Promise.all(attempts(view)))
    expect(answer).toMatchObject({ status: 403, body: { error: { code: 'left_seat' } } });
  expect(await contentsOf(district.db)).toEqual(before);
  return view;
}

test('a draft is neither saved, given files nor submitted by a clerk who left', async () => {
  const draft = await clerk.start();
  const data = await clerk.declaration(draft);
  await clerkLeaves();
  const view = await expectStanding(draft.id, ({ id, version }) => [
    clerk.put(`/cases/${id}/draft`, { form: 'declaration', task: null, data, draftVersion: 0 }),
    clerk.post(`/cases/${id}/submit`, { version, forms: { declaration: data } }),
  ]);
  expect(view.notices).toMatchObject([{ level: 'block', message: expect.stringContaining('已不在经办岗位') }]);
  const upload = await request(district.url)
    .post(`/api/cases/${draft.id}/files`)
    .set('Authorization', `Bearer ${clerk.token}`)
    .field('noSecret', 'true')
    .attach('file', Buffer.from('%PDF-1.7\n%%EOF\n'), '一.pdf');
  expect(upload.status).toBe(403);
});

test('a declaration the clerk left goes on through the unit to the office, but comes back to nobody', async () => {
  const { id } = await clerk.declare();
  await clerkLeaves();
  await expectStanding(id, ({ version }) => [clerk.post(`/cases/${id}/withdraw`, { version, reason: '不再申报' })]);
  await owner.act(id, 'approve').then(({ ok }) => ok);
  const signed = (await head.act(id, 'approve')).ok;
  const filing = signed.relatedCases[0]?.id ?? '';
  await intake
    .act(filing, 'return', { opinion: '请补充材料', to: 'initiator', forms: { filing: LACKING } })
    .then(({ ok }) => ok);

  const revision = (await clerk.rows('todo')).items.find(({ caseId }) => caseId === filing)?.taskId ?? '';
  await expectStanding(filing, ({ version }) => [
    clerk.post(`/tasks/${revision}/act`, { version, action: 'resubmit', opinion: '' }),
  ]);
});
