import type { Db } from '../db/connection.ts';
import { rehearsals } from '../db/tables.ts';
import { inTransaction } from '../db/transaction.ts';
import { Refusal } from '../errors.ts';
import type { Person } from '../policies.ts';
import { mustDesign } from './publishing/formDraft.ts';

/** Stops a rehearsal: one that waits is never begun, one under way ends with its next note. */
export function cancelRehearsal(db: Db, person: Person, rehearsalId: string, now: number): Promise<void> {
  mustDesign(person);
  return inTransaction(db, async (tx) => {
    const waiting = { id: rehearsalId, status: ['queued', 'running'] as const };
    if ((await rehearsals.update(tx, waiting, { status: 'cancelled', endedAt: now })) === 1) return;
    throw new Refusal((await rehearsals.one(tx, { id: rehearsalId })) ? 'rehearsal_ended' : 'not_found');
  });
}
