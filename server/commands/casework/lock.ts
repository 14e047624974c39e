import { loadCasework, subjectOf, type Casework } from '../../db/casework.ts';
import { lockCase } from '../../db/claim.ts';
import type { Tx } from '../../db/transaction.ts';
import { Refusal } from '../../errors.ts';
import { can, type Person } from '../../policies.ts';

/**
 * The opening of every verb on a case: takes the lock, stops a repetition, refuses a person who may not even read the
 * case (as if there were none), refuses an outdated screen, and loads everything.
 */
export async function openWork(
  tx: Tx,
  person: Person,
  caseId: string,
  version: number,
  firstTime: () => Promise<void>,
): Promise<Casework> {
  const row = await lockCase(tx, caseId);
  if (!row) throw new Refusal('not_found');
  await firstTime();
  const work = await loadCasework(tx, caseId);
  if (!work || !can(person, 'readCase', subjectOf(work))) throw new Refusal('not_found');
  if (row.version !== version + 1) throw new Refusal('stale_version');
  return work;
}
