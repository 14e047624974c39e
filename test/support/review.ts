import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Data } from '../../forms/language/dialect.ts';
import { filledIn } from '../../scripts/demo/filledIn.ts';
import type { CaseView } from '../../server/routes/contract/cases.ts';
import type { PlanView } from '../../server/routes/contract/plans.ts';
import { FILING, type Actor, type District } from './district.ts';

interface Act {
  by: string;
  action: string;
  opinion: string;
  review?: Data;
}
const { plan } = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../forms/catalogue/projects.demo.json'), 'utf8'),
) as { plan: { reviews: Record<string, Act[]> } };

/** What the five seats, the office and the director say of a project of the education bureau, in that order. */
export const REVIEW: Act[] = plan.reviews['jtj-campus'] ?? [];
/** The five who answer at once. */
export const SEATS: string[] = REVIEW.slice(0, 5).map(({ by }) => by);

/** From the first question to the accepted filing; returns the id of the project. */
export async function acceptedProject(district: District, unit: string, change: Data = {}): Promise<string> {
  const [clerk, owner, head, intake] = await Promise.all(
    [`${unit}.clerk`, `${unit}.owner`, `${unit}.head`, 'xxb.intake'].map((login) => district.as(login)),
  );
  if (!clerk || !owner || !head || !intake) throw new Error('nobody is there');
  const view = await clerk.declare(change);
  await owner.act(view.id, 'approve').then(({ ok }) => ok);
  await head.act(view.id, 'approve').then(({ ok }) => ok);
  const [filing] = (await clerk.view(view.id)).relatedCases;
  await intake.act(filing?.id ?? '', 'approve', { forms: { filing: FILING } }).then(({ ok }) => ok);
  return view.project.id;
}

/** Takes these projects into the plan of the open year and sends them; returns the cases in the plan's order. */
export async function sentToReview(office: Actor, projects: string[], year = 2027): Promise<string[]> {
  const { version } = (await office.get<PlanView>(`/plans/${year}`)).ok;
  const compiled = (await office.put<PlanView>(`/plans/${year}`, { version, projects })).ok;
  const sent = (await office.post<PlanView>(`/plans/${year}/send`, { version: compiled.version })).ok;
  return projects.map((id) => sent.lines.find(({ projectId }) => projectId === id)?.caseId ?? '');
}

/** The opinion sheet of this case with what is written laid over what this person sees. */
export function sheet(view: CaseView, written: Data): Record<string, Data> {
  const shown = view.forms.find(({ key }) => key === 'review')?.data ?? {};
  return { review: filledIn(shown, written) };
}

/** Says what the demonstration has this seat say. */
export async function answer(district: District, caseId: string, login: string, change: Data = {}) {
  const actor = await district.as(login);
  const act = REVIEW.find(({ by }) => by === login);
  const forms = sheet(await actor.view(caseId), { ...act?.review, ...change });
  return actor.act(caseId, 'approve', { opinion: act?.opinion ?? '', forms });
}

/** All five seats, one after the other. */
export async function everySeatAnswers(district: District, caseId: string): Promise<void> {
  for (const login of SEATS) await answer(district, caseId, login).then(({ ok }) => ok);
}

/** What the office writes when it sums up. */
export const SUMMARY: Act = REVIEW[5] ?? { by: '', action: '', opinion: '' };
