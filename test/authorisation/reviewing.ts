/** Playing projects up to and through the joint review, over HTTP, by those whose turn it is. */
import type { Data } from '../../forms/language/dialect.ts';
import type { CaseView } from '../../server/routes/contract/cases.ts';
import type { PlanView } from '../../server/routes/contract/plans.ts';
import { FILING, type Actor, type Answer, type District } from '../support/district.ts';

export const YEAR = 2027;
const REASON = '接口数量没有依据，请补充接口清单后再报。';

/** The five seats of the joint step: who holds each, and how its columns begin. */
export const JOINT = [
  { login: 'xxb.reviewer', prefix: 'office' },
  { login: 'xxb.engineer', prefix: 'tech' },
  { login: 'czj.reviewer', prefix: 'finance' },
  { login: 'fgw.reviewer', prefix: 'planning' },
  { login: 'spj.reviewer', prefix: 'approval' },
] as const;
export type JointSeat = (typeof JOINT)[number];

export type As = (login: string) => Promise<Actor>;

export const reviewOf = (view: CaseView): Data => view.forms.find(({ key }) => key === 'review')?.data ?? {};

/** A declaration of this unit as its owner finds it. */
export async function declared(as: As, unit: string, projectName: string): Promise<CaseView> {
  return (await as(`${unit}.clerk`)).declare({ projectName });
}

/** Signed by the unit; returns the filing that follows, as the intake desk finds it. */
export async function atIntake(as: As, unit: string, projectName: string): Promise<CaseView> {
  const { id } = await declared(as, unit, projectName);
  await (await as(`${unit}.owner`)).act(id, 'approve').then(({ ok }) => ok);
  const signed = (await (await as(`${unit}.head`)).act(id, 'approve')).ok;
  const filing = signed.relatedCases[0]?.id ?? '';
  return (await as('xxb.intake')).view(filing);
}

/** The sheet with which the desk accepts. */
export const acceptance = (view: CaseView): Record<string, Data> => ({
  filing: { ...view.forms.find(({ key }) => key === 'filing')?.data, ...FILING },
});

/** Accepted: it may be taken into the plan. Returns the ended filing. */
export async function accepted(as: As, unit: string, projectName: string): Promise<CaseView> {
  const view = await atIntake(as, unit, projectName);
  return (await (await as('xxb.intake')).act(view.id, 'approve', { forms: acceptance(view) })).ok;
}

export async function compile(as: As, projects: string[]): Promise<PlanView> {
  const office = await as('xxb.reviewer');
  const { version } = (await office.get<PlanView>(`/plans/${YEAR}`)).ok;
  return (await office.put<PlanView>(`/plans/${YEAR}`, { version, projects })).ok;
}

/** Takes these accepted projects into the plan and sends them; returns their reviews, in the same order. */
export async function sentToReview(as: As, projects: string[]): Promise<string[]> {
  const { version } = await compile(as, projects);
  const sent = (await (await as('xxb.reviewer')).post<PlanView>(`/plans/${YEAR}/send`, { version })).ok;
  return projects.map((id) => sent.lines.find(({ projectId }) => projectId === id)?.caseId ?? '');
}

/** The review with every column of one seat filled in: it cuts a line, finds faults and wants to wait. */
export function opinionOf({ prefix }: Pick<JointSeat, 'prefix'>, data: Data): Data {
  const checks = (data[`${prefix}Checks`] as Data[]).map((row) => ({ ...row, result: 'notConform', note: '依据不足' }));
  const cuts = (data['cuts'] as Data[]).map((row) => ({
    ...row,
    [`${prefix}Amount`]: Number(row['amount']) - 100,
    [`${prefix}Reason`]: '数量偏多',
  }));
  return {
    ...data,
    ...(['office', 'finance', 'planning'].includes(prefix) ? { cuts } : {}),
    [`${prefix}Checks`]: checks,
    [`${prefix}Opinion`]: 'defer',
    [`${prefix}Article`]: '7',
    [`${prefix}Reason`]: REASON,
  };
}

/** The office's summary: every line cut a little, and passed. */
export function summaryOf(data: Data): Data {
  const cuts = (data['cuts'] as Data[]).map((row) => ({
    ...row,
    agreedAmount: Number(row['amount']) - 200,
    agreedReason: '按各部门意见',
  }));
  return {
    ...data,
    cuts,
    summaryResult: 'passWithCuts',
    priority: 'normal',
    summaryOpinion: '各部门要求核减，核减后可以入库。',
  };
}

/** This seat answers; `login` is who acts for it, where that is a substitute. */
export async function answer(
  as: As,
  id: string,
  seat: JointSeat,
  login: string = seat.login,
): Promise<Answer<CaseView>> {
  const actor = await as(login);
  const review = opinionOf(seat, reviewOf(await actor.view(id)));
  return actor.act(id, 'approve', { forms: { review } });
}

/** The seats answer one after the other. */
export async function answerAll(as: As, id: string, seats: readonly JointSeat[] = JOINT): Promise<void> {
  for (const seat of seats) await answer(as, id, seat).then(({ ok }) => ok);
}

export async function summarise(as: As, id: string): Promise<CaseView> {
  const office = await as('xxb.reviewer');
  return (await office.act(id, 'approve', { forms: { review: summaryOf(reviewOf(await office.view(id))) } })).ok;
}

export async function conclude(as: As, id: string): Promise<CaseView> {
  const director = await as('xxb.director');
  return (await director.act(id, 'approve', { forms: { review: reviewOf(await director.view(id)) } })).ok;
}

/** The deputy leader names who answers for the recused seat. */
export async function nominate(as: As, id: string, to = 'sjj/reviewer'): Promise<Answer<CaseView>> {
  return (await as('ldxz.deputy')).act(id, 'nominate', { to, opinion: '区财政局回避，请代为初审' });
}

export const asIn =
  (district: District): As =>
  (login) =>
    district.as(login);
