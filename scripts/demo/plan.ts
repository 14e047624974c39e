import type { Data } from '../../forms/language/dialect.ts';
import type { CaseView } from '../../server/routes/contract/cases.ts';
import type { PlanView, PlanYears } from '../../server/routes/contract/plans.ts';
import type { Actors } from './actors.ts';
import { filledIn } from './filledIn.ts';

interface ReviewAct {
  by: string;
  action: 'approve' | 'return' | 'reject' | 'nominate';
  opinion: string;
  to?: string;
  resume?: 'stepwise' | 'straightBack';
  /** What this seat writes into the opinion sheet. */
  review?: Data;
}

export interface PlanScript {
  /** Who compiles it. */
  by: string;
  /** Keys of projects, in the plan's order. */
  lines: string[];
  reviews: Record<string, ReviewAct[]>;
}

/**
 * Compiles the plan of the open year from the accepted projects, sends it to joint review and lets the seats say what
 * the script has them say. What was done before an interruption is not done again. Returns how many acts were done.
 */
export async function playPlan(actors: Actors, script: PlanScript, titles: Map<string, string>): Promise<number> {
  const wanted = script.lines.map((key) => titles.get(key));
  const { years } = await actors.ask<PlanYears>(script.by, 'GET', '/plans');
  let done = 0;
  for (const { year } of years) {
    const plan = await compiled(actors, script.by, year, wanted);
    for (const key of script.lines) {
      const line = plan.lines.find(({ title }) => title === titles.get(key));
      if (line?.caseId) done += await review(actors, line.caseId, script.reviews[key] ?? []);
    }
  }
  return done;
}

/** The year's plan with the wanted projects sent; those of other years are left to theirs. */
async function compiled(actors: Actors, by: string, year: number, wanted: (string | undefined)[]): Promise<PlanView> {
  const plan = await actors.ask<PlanView>(by, 'GET', `/plans/${year}`);
  const unsent = [...plan.lines.filter(({ caseId }) => caseId === null), ...plan.candidates];
  const projects = wanted.flatMap((title) => unsent.find((one) => one.title === title)?.projectId ?? []);
  if (projects.length === 0) return plan;
  const { version } = await actors.ask<PlanView>(by, 'PUT', `/plans/${year}`, { version: plan.version, projects });
  return actors.ask<PlanView>(by, 'POST', `/plans/${year}/send`, { version });
}

async function review(actors: Actors, caseId: string, acts: ReviewAct[]): Promise<number> {
  const [first] = acts;
  if (!first) return 0;
  const { timeline } = await actors.ask<CaseView>(first.by, 'GET', `/cases/${caseId}`);
  const before = timeline.filter(({ person, action }) => person !== null && action !== 'open').length;
  for (const act of acts.slice(before)) {
    const view = await actors.ask<CaseView>(act.by, 'GET', `/cases/${caseId}`);
    const task = view.allowed.find(({ type }) => type === act.action)?.task;
    if (!task) throw new Error(`${act.by} may not ${act.action} at ${view.at?.title ?? 'the end'} of ${caseId}`);
    const shown = view.forms.find(({ key }) => key === 'review')?.data ?? {};
    await actors.ask(act.by, 'POST', `/tasks/${task}/act`, {
      version: view.version,
      action: act.action,
      opinion: act.opinion,
      ...(act.to === undefined ? {} : { to: act.to }),
      ...(act.resume === undefined ? {} : { resume: act.resume }),
      ...(act.review === undefined ? {} : { forms: { review: filledIn(shown, act.review) } }),
    });
  }
  return acts.slice(before).length;
}
