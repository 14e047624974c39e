import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Data } from '../../forms/language/dialect.ts';
import type { CaseView } from '../../server/routes/contract/cases.ts';
import type { PlanView, PlanYears } from '../../server/routes/contract/plans.ts';
import { FILING, openDistrict, type Actor, type District } from '../support/district.ts';

let district: District;
let office: Actor;
let plan: PlanView;
/** Case of the joint review, by the unit that declared. */
const reviews: Record<string, string> = {};

/** A declaration of this unit, accepted by the intake desk. */
async function accept(unit: string): Promise<void> {
  const declared = await (await district.as(`${unit}.clerk`)).declare({ projectName: `浔阳区${unit}信息平台` });
  for (const login of [`${unit}.owner`, `${unit}.head`]) await (await district.as(login)).act(declared.id, 'approve');
  const intake = await district.as('xxb.intake');
  const waiting = (await intake.rows('todo')).items[0]?.caseId ?? '';
  const view = await intake.view(waiting);
  const filing: Data = { ...view.forms.find(({ key }) => key === 'filing')?.data, ...FILING };
  expect((await intake.act(waiting, 'approve', { forms: { filing } })).status).toBe(200);
}

beforeAll(async () => {
  district = await openDistrict();
  office = await district.as('xxb.reviewer');
  await accept('jtj');
  await accept('czj');
  const { years } = (await office.get<PlanYears>('/plans')).ok;
  const place = `/plans/${String(years[0]?.year)}`;
  const { version, candidates } = (await office.get<PlanView>(place)).ok;
  const projects = candidates.map(({ projectId }) => projectId);
  const saved = (await office.put<PlanView>(place, { version, projects })).ok;
  plan = (await office.post<PlanView>(`${place}/send`, { version: saved.version })).ok;
  for (const line of plan.lines) reviews[line.title?.includes('jtj') ? 'jtj' : 'czj'] = line.caseId ?? '';
}, 120_000);
afterAll(() => district.close());

const askedOf = async (login: string, unit: string): Promise<CaseView['asked']> =>
  (await (await district.as(login)).view(reviews[unit] ?? '')).asked;

describe('what the screens of the joint review are told', () => {
  test('the plan names the seats a line is sent to', () => {
    expect(plan.asks).toEqual([
      '区信息办（区数字经济发展中心）审核岗',
      '区信息办（区数字经济发展中心）技术审查岗',
      '区财政局审核岗',
      '区发展和改革委员会审核岗',
      '区行政审批局审核岗',
    ]);
  });

  test('a recused seat is told apart, with whoever answers in its place', async () => {
    const before = await askedOf('xxb.reviewer', 'czj');
    expect(before).toMatchObject({ title: '部门联合初审', label: '提交意见', open: true });
    expect(before?.seats.filter(({ status }) => status === 'recused')).toMatchObject([
      { unit: '区财政局', seat: '审核岗', names: [], substitute: null },
    ]);

    const deputy = await district.as('ldxz.deputy');
    await deputy.act(reviews['czj'] ?? '', 'nominate', { to: 'sjj/reviewer', opinion: '没有利害关系。' });
    const after = await askedOf('xxb.reviewer', 'czj');
    expect(after?.seats.find(({ status }) => status === 'recused')?.substitute).toBe('区审计局审核岗');
    expect(after?.seats.find(({ unit }) => unit === '区审计局')).toMatchObject({
      status: 'waiting',
      names: ['严知微'],
      standsFor: '区财政局审核岗',
    });
  });

  test('a seat saves its draft again and again, and finds it when it comes back', async () => {
    const finance = await district.as('czj.reviewer');
    for (const [draftVersion, financeAmount] of [100_000_000, 200_000_000].entries()) {
      const form = (await finance.view(reviews['jtj'] ?? '')).forms.find(({ key }) => key === 'review');
      const [first = {}, ...rest] = form?.data['cuts'] as Data[];
      const data = { ...form?.data, cuts: [{ ...first, financeAmount }, ...rest] };
      const draft = { form: 'review', task: form?.task ?? null, data, draftVersion };
      expect((await finance.put(`/cases/${reviews['jtj'] ?? ''}/draft`, draft)).status).toBe(200);
    }
    const back = (await finance.view(reviews['jtj'] ?? '')).forms.find(({ key }) => key === 'review');
    expect((back?.data['cuts'] as Data[])[0]).toMatchObject({ financeAmount: 200_000_000 });
  });

  test('a decision is listed in the words of its step', async () => {
    const titles = async (login: string) =>
      (await (await district.as(login)).rows('done')).items.map(({ decisionTitle }) => decisionTitle);
    expect(await titles('xxb.intake')).toEqual(['受理', '受理']);
    expect(await titles('ldxz.deputy')).toEqual(['指定替代席位']);
    expect(await titles('jtj.owner')).toEqual(['审核通过']);
  });

  test('a case that never asked several seats at once says nothing of it', async () => {
    const declared = (await (await district.as('jtj.clerk')).rows('mine')).items.at(-1)?.caseId ?? '';
    expect((await (await district.as('jtj.clerk')).view(declared)).asked).toBeNull();
  });
});
