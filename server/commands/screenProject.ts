import type { Db } from '../db/connection.ts';
import { countSecretScreening } from '../db/claim.ts';
import { newId } from '../db/ids.ts';
import { latestStages } from '../db/published.ts';
import { projects, type StageVersionRow } from '../db/tables.ts';
import { inTransaction, type Tx } from '../db/transaction.ts';
import { Refusal } from '../errors.ts';
import { dateInShanghai } from '../lifecycle/calendar.ts';
import { can, type Person } from '../policies.ts';
import { once, type Idempotency } from './casework/once.ts';
import { openCase } from './casework/open.ts';

export type ScreeningResult = { outcome: 'secret' } | { outcome: 'open'; caseId: string; projectId: string };

/**
 * Answers the question that comes before every other (Article 3). "Yes" leaves the day and the unit in a counter and
 * nothing else: no person, no time, and no idempotency key either, which would hold both. "No" opens the project.
 */
export async function screenProject(
  db: Db,
  person: Person,
  { secret }: { secret: boolean },
  idempotency: Idempotency,
  now: number,
): Promise<ScreeningResult> {
  const stage = await firstStage(db, person);
  if (secret) {
    await inTransaction(db, (tx) => countSecretScreening(tx, dateInShanghai(now), person.unitId));
    return { outcome: 'secret' };
  }
  return once(db, `${person.id} screenProject`, idempotency, now, async (tx, firstTime) => {
    await firstTime();
    const projectId = await insertProject(tx, person, stage, now);
    const seat = person.seats.find(({ key, unitId }) => key === stage.body.startedBy && unitId === person.unitId);
    const caseId = await openCase(
      tx,
      {
        stage,
        projectId,
        unitId: person.unitId,
        initiatorId: person.id,
        by: { personId: person.id, seatId: seat?.id ?? null },
        carried: [],
      },
      now,
    );
    return { outcome: 'open' as const, caseId, projectId };
  });
}

/** The stage every project begins with, if this person may begin it. */
async function firstStage(db: Db, person: Person): Promise<StageVersionRow> {
  const stage = (await latestStages(db)).find(({ body }) => body.startedBy !== null);
  const seat = stage?.body.startedBy;
  if (!stage || !seat || !can(person, 'declare', { seat })) throw new Refusal('forbidden', { what: '申报项目' });
  return stage;
}

async function insertProject(tx: Tx, person: Person, stage: StageVersionRow, now: number): Promise<string> {
  const id = newId(now);
  await projects.insert(tx, {
    id,
    no: null,
    title: null,
    unitId: person.unitId,
    planYear: null,
    state: stage.body.states.draft,
    totalInvest: null,
    titleKey: null,
    createdAt: now,
    updatedAt: now,
    version: 0,
  });
  return id;
}
