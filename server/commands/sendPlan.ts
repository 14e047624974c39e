import type { Db } from '../db/connection.ts';
import { lockProject } from '../db/claim.ts';
import { latestCaseOf } from '../db/latestCase.ts';
import { planLines, plans, projects } from '../db/tables.ts';
import { Refusal } from '../errors.ts';
import type { Person } from '../policies.ts';
import { openAfter } from './casework/follow.ts';
import { once, type Idempotency } from './casework/once.ts';
import { compiledStage, openPlan } from './casework/plan.ts';

/**
 * Sends every line of the draft that was not sent before to joint review, all of them or none: one case for each, its
 * seats asked at once.
 */
export function sendPlan(
  db: Db,
  person: Person,
  year: number,
  { version }: { version: number },
  idempotency: Idempotency,
  now: number,
): Promise<{ sent: number }> {
  return once(db, `${person.id} sendPlan`, idempotency, now, async (tx, firstTime) => {
    const plan = await openPlan(tx, year, version, now, firstTime);
    const stage = await compiledStage(tx, person);
    const lines = await planLines.find(tx, { planId: plan.id, caseId: null }, { order: [['position', 'asc']] });
    if (lines.length === 0) throw new Refusal('plan_empty');
    // Behind the plan the projects, in one order for everybody, then their cases.
    for (const projectId of lines.map((line) => line.projectId).sort()) await lockProject(tx, projectId);

    const seat = person.seats.find(({ key, unitCode }) => {
      return key === stage.body.compiledBy?.seat && unitCode === stage.body.compiledBy.unit;
    });
    const by = { personId: person.id, seatId: seat?.id ?? null };
    const batch = plan.batches + 1;
    for (const line of lines) {
      const project = await projects.one(tx, { id: line.projectId });
      const accepted = await latestCaseOf(tx, line.projectId, stage.body.opensAfter?.stage ?? '', 'approved');
      if (!project || !accepted || project.state !== 'preliminary') {
        throw new Refusal('plan_project_refused', { title: project?.title ?? '', year });
      }
      const caseId = await openAfter(tx, stage, accepted.id, by, now);
      await planLines.update(tx, { id: line.id }, { batch, caseId, amount: project.totalInvest });
    }
    await plans.update(tx, { id: plan.id }, { batches: batch, updatedAt: now });
    return { sent: lines.length };
  });
}
