import type { Db } from '../db/connection.ts';
import { newId } from '../db/ids.ts';
import { latestCaseOf } from '../db/latestCase.ts';
import { planLines, plans, projects } from '../db/tables.ts';
import { inTransaction, type Tx } from '../db/transaction.ts';
import { Refusal } from '../errors.ts';
import type { Person } from '../policies.ts';
import { compiledStage, openPlan } from './casework/plan.ts';

/**
 * Says which accepted projects stand in the draft of a year's plan and in which order (Article 8). Lines that were
 * sent to review stay as they are; `projectIds` are all the others.
 */
export function compilePlan(
  db: Db,
  person: Person,
  year: number,
  { version, projects: projectIds }: { version: number; projects: string[] },
  now: number,
): Promise<void> {
  return inTransaction(db, async (tx) => {
    const plan = await openPlan(tx, year, version, now);
    const { body: stage } = await compiledStage(tx, person);
    const lines = await planLines.find(tx, { planId: plan.id });
    const sent = lines.filter(({ caseId }) => caseId !== null);
    const unsent = lines.filter(({ caseId }) => caseId === null);
    if (unsent.length > 0) await planLines.remove(tx, { id: unsent.map(({ id }) => id) });
    for (const projectId of projectIds) await mustBeEligible(tx, projectId, year, stage.opensAfter?.stage ?? '');
    const first = Math.max(0, ...sent.map(({ position }) => position)) + 1;
    await planLines.insertMany(
      tx,
      projectIds.map((projectId, at) => ({
        id: newId(now),
        planId: plan.id,
        projectId,
        position: first + at,
        batch: null,
        caseId: null,
        amount: null,
      })),
    );
    await plans.update(tx, { id: plan.id }, { updatedAt: now });
  });
}

/** A project of this year whose filing was accepted and which stands in no plan. */
async function mustBeEligible(tx: Tx, projectId: string, year: number, after: string): Promise<void> {
  const project = await projects.one(tx, { id: projectId });
  if (!project) throw new Refusal('not_found');
  const accepted = await latestCaseOf(tx, projectId, after, 'approved');
  const taken = await planLines.one(tx, { projectId });
  if (!accepted || taken || project.planYear !== year || project.state !== 'preliminary') {
    throw new Refusal('plan_project_refused', { title: project.title ?? '', year });
  }
}
