import { isDuplicate } from '../../db/failure.ts';
import { newId } from '../../db/ids.ts';
import { lockPlan } from '../../db/claim.ts';
import { latestStages } from '../../db/published.ts';
import { plans, type PlanRow, type StageVersionRow } from '../../db/tables.ts';
import type { Reader } from '../../db/handle.ts';
import type { Tx } from '../../db/transaction.ts';
import { Refusal } from '../../errors.ts';
import { can, type Person } from '../../policies.ts';

/** The stage that waits for the plan, if this person compiles it. */
export async function compiledStage(reader: Reader, person: Person): Promise<StageVersionRow> {
  const stage = (await latestStages(reader)).find(({ body }) => body.compiledBy !== undefined);
  if (!stage?.body.compiledBy || !can(person, 'compilePlan', stage.body.compiledBy)) {
    throw new Refusal('forbidden', { what: '编制年度计划草案' });
  }
  return stage;
}

/**
 * Takes the plan's lock, beginning the plan where there is none, stops a repetition, and refuses a screen that is out
 * of date.
 */
export async function openPlan(
  tx: Tx,
  year: number,
  version: number,
  now: number,
  firstTime: () => Promise<void> = () => Promise.resolve(),
): Promise<PlanRow> {
  const plan = (await lockPlan(tx, year)) ?? (await begin(tx, year, now));
  await firstTime();
  if (plan.version !== version + 1) throw new Refusal('stale_version');
  return plan;
}

async function begin(tx: Tx, year: number, now: number): Promise<PlanRow> {
  const row = { id: newId(now), year, version: 1, batches: 0, createdAt: now, updatedAt: now };
  try {
    await plans.insert(tx, row);
  } catch (error) {
    if (isDuplicate(error, plans, ['year'])) throw new Refusal('stale_version');
    throw error;
  }
  return row;
}
