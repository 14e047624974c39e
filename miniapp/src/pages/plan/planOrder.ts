/** The order of the lines not sent yet, while somebody is changing it. */
import type { PlanView } from '../../api/types.ts';

type Plan = Pick<PlanView, 'version'> & { lines: Pick<PlanView['lines'][number], 'projectId' | 'caseId'>[] };

/** An order that is not saved yet: projects, and the version of the plan it was made from. */
export interface Order {
  ids: string[];
  version: number;
}

/** The lines not sent yet, as the server has them. */
export function savedIds(plan: Plan | null): string[] {
  return (plan?.lines ?? []).filter(({ caseId }) => caseId === null).map(({ projectId }) => projectId);
}

/** Whether there is something to save. */
export function isChanged(plan: Plan | null, order: Order | null): order is Order {
  return order !== null && order.ids.join() !== savedIds(plan).join();
}

/**
 * The order after one more change. It keeps the version it was begun from: when the plan is read anew meanwhile, what
 * others changed since must not be written over as if it had been seen.
 */
export function changedTo(ids: string[], plan: Plan, order: Order | null): Order {
  return { ids, version: isChanged(plan, order) ? order.version : plan.version };
}
