import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { GateRef } from '../../forms/language/stage.ts';
import { loadDistrict } from '../../server/commands/loadDistrict.ts';
import { openDistrict, type Actor, type District } from '../support/district.ts';
import { districtWithPayment, MILLION, openPayments, paymentOf, publishPayments } from '../support/payment.ts';

let district: District;
let clerk: Actor;
beforeAll(async () => {
  district = await openDistrict();
  await publishPayments(district.db, district.time.now);
  clerk = await district.as('jtj.clerk');
});
afterAll(() => district.close());

test('payments of one project stay within its total: rejected and withdrawn ones give their share back', async () => {
  const { caseIds } = await openPayments(district.db, { payments: 4, no: 'T-1' }, district.time.now);
  const [first = '', second = '', third = '', fourth = ''] = caseIds;
  const submit = (id: string, amount: number) =>
    clerk.post<{ version: number }>(`/cases/${id}/submit`, paymentOf(amount));
  const refused = async (id: string, amount: number, words: string) => {
    const answer = await submit(id, amount);
    expect([answer.status, answer.body.error.code]).toEqual([422, 'gate_refused']);
    expect(answer.body.error.message).toContain(words);
  };

  const { version } = (await submit(first, 0.6 * MILLION)).ok;
  await refused(second, 0.5 * MILLION, '已占用 60.00 万元，还可使用 40.00 万元，本次为 50.00 万元');
  await submit(second, 0.4 * MILLION).then(({ ok }) => ok);
  await refused(third, 1, '还可使用 0.00 万元，本次为 0.000001 万元');

  await clerk.post(`/cases/${first}/withdraw`, { version, reason: '改用其他资金' }).then(({ ok }) => ok);
  await submit(third, 0.3 * MILLION).then(({ ok }) => ok);
  const owner = await district.as('jtj.owner');
  expect((await owner.act(second, 'reject', { opinion: '不支付' })).ok.outcome).toBe('rejected');
  await refused(fourth, 0.8 * MILLION, '已占用 30.00 万元，还可使用 70.00 万元');
  await submit(fourth, 0.7 * MILLION).then(({ ok }) => ok);
});

test('a payment returned keeps its share, and its amendment is measured anew without counting itself twice', async () => {
  const { caseIds } = await openPayments(district.db, { payments: 2, no: 'T-2' }, district.time.now);
  const [first = '', second = ''] = caseIds;
  for (const id of [first, second])
    await clerk.post(`/cases/${id}/submit`, paymentOf(0.4 * MILLION)).then(({ ok }) => ok);
  const owner = await district.as('jtj.owner');
  await owner.act(first, 'return', { to: 'initiator', opinion: '请核对' }).then(({ ok }) => ok);
  const amend = (amount: number) => clerk.act(first, 'resubmit', { forms: { payment: { amount, purpose: '第一笔' } } });
  const over = await amend(0.7 * MILLION);
  expect([over.status, over.body.error.code]).toEqual([422, 'gate_refused']);
  expect(over.body.error.message).toContain('还可使用 60.00 万元');
  expect((await amend(0.6 * MILLION)).status).toBe(200);
});

test.each<[Partial<GateRef>, string]>([
  [{ sum: undefined }, '没有写明汇总'],
  [{ sum: 'declaration.totalInvest' }, '“declaration”不属于本阶段'],
  [{ sum: 'payment.nothing' }, '“nothing”不是表单“payment”的金额字段'],
  [{ sum: 'payment.purpose' }, '“purpose”不是表单“payment”的金额字段'],
  [{ gate: 'titleUnique' }, '不汇总金额'],
  [{ gate: 'titleUnique', sum: undefined }, '没有写明项目要素'],
])('a stage whose gate says %p is not published', async (change, complaint) => {
  const whole = await districtWithPayment();
  const stages = whole.stages.map((stage) =>
    stage.key === 'payment' ? { ...stage, gates: stage.gates.map((ref) => ({ ...ref, ...change })) } : stage,
  );
  const load = loadDistrict(district.db, { ...whole, stages }, { demo: true }, district.time.now);
  await expect(load).rejects.toThrow(complaint);
});
