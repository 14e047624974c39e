import { filedData } from '../db/casework.ts';
import type { Db } from '../db/connection.ts';
import { drafts } from '../db/tables.ts';
import { step } from '../flow/engine.ts';
import { envFor, factsFor } from '../lifecycle/facts.ts';
import type { Person } from '../policies.ts';
import { openWork, placeOf } from './casework/lock.ts';
import { once, type Idempotency } from './casework/once.ts';
import { saveStep } from './casework/save.ts';

/** Takes a submitted case back for good, as long as the flow lets its initiator. */
export async function withdrawCase(
  db: Db,
  person: Person,
  caseId: string,
  { version, reason }: { version: number; reason: string },
  idempotency: Idempotency,
  now: number,
): Promise<{ caseId: string }> {
  const place = await placeOf(db, caseId);
  return once(db, `${person.id} withdrawCase`, idempotency, now, async (tx, firstTime) => {
    const work = await openWork(tx, person, place, { version }, firstTime);
    const { flow, row, project } = work;
    const facts = factsFor(work, envFor(work, person, now), filedData(work), now);
    const after = step(flow, row.flowState, { type: 'withdraw', by: person.id, reason }, facts);
    const deed = {
      personId: person.id,
      seatId: null,
      action: 'withdraw',
      step: row.atStep,
      opinion: reason.trim(),
      detail: { from: project.state },
    };
    await saveStep(tx, work, after, deed, { projectNo: project.no }, now);
    await drafts.remove(tx, { caseId });
    return { caseId };
  });
}
