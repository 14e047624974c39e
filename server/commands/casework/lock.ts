import { caseworkOf, subjectOf, type Casework } from '../../db/casework.ts';
import { lockCase, lockProject, projectOf } from '../../db/claim.ts';
import type { Db } from '../../db/connection.ts';
import type { Tx } from '../../db/transaction.ts';
import { Refusal } from '../../errors.ts';
import { can, type Person } from '../../policies.ts';
import { refuseOutdated, type Seen } from './jointly.ts';

/** The two rows every verb on a case locks, in this order. */
export interface Place {
  projectId: string;
  caseId: string;
}

/** Where a case stands; it never moves, so this may be asked outside the transaction. Refuses one that does not exist. */
export async function placeOf(db: Db, caseId: string): Promise<Place> {
  const projectId = await projectOf(db, caseId);
  if (projectId === null) throw new Refusal('not_found');
  return { projectId, caseId };
}

/**
 * The opening of every verb on a case: takes the locks, the project's row before the case's, so that what a gate reads
 * of sibling cases stands still and two verbs never wait for each other crosswise. Then it stops a repetition, refuses
 * a person who may not even read the case (as if there were none), refuses an outdated screen, and loads everything.
 */
export async function openWork(
  tx: Tx,
  person: Person,
  { projectId, caseId }: Place,
  seen: Seen,
  firstTime: () => Promise<void>,
): Promise<Casework> {
  await lockProject(tx, projectId);
  const row = await lockCase(tx, caseId);
  if (!row) throw new Refusal('not_found');
  await firstTime();
  const work = await caseworkOf(tx, row);
  if (!can(person, 'readCase', subjectOf(work))) throw new Refusal('not_found');
  refuseOutdated(work, seen);
  return work;
}
