import type { Db } from './handle.ts';
import { rehearsals, type RehearsalReport, type RehearsalRow } from './tables.ts';
import { inTransaction } from './transaction.ts';

/** What a worker holds of a rehearsal: nobody else's writes count while `attempts` is what it was. */
export type RehearsalClaim = Pick<RehearsalRow, 'id' | 'attempts'>;

/**
 * Leases one rehearsal that is queued, or whose worker no longer renews its lease; null where there is none. Read
 * without a lock and taken by compare-and-set, so two workers never hold the same attempt.
 */
export async function claimRehearsal(db: Db, now: number, leaseMs: number): Promise<RehearsalRow | null> {
  const due = { status: ['queued', 'running'] as const, leaseUntil: { lte: now } };
  const [found] = await rehearsals.find(db, due, { order: [['createdAt', 'asc']], limit: 1 });
  if (!found) return null;
  return inTransaction(db, async (tx) => {
    const { id, attempts, status, leaseUntil } = found;
    const patch = { status: 'running', attempts: attempts + 1, leaseUntil: now + leaseMs, done: 0, broken: 0 } as const;
    const taken = await rehearsals.update(tx, { id, attempts, status, leaseUntil }, patch);
    return taken === 1 ? rehearsals.one(tx, { id }) : null;
  });
}

export type RehearsalNews =
  | { status: 'running'; leaseUntil: number; total: number; done: number; broken: number }
  | { status: 'done'; endedAt: number; done: number; broken: number; report: RehearsalReport }
  | { status: 'failed'; endedAt: number; lastError: string };

/**
 * Writes down how far a rehearsal is, or how it ended. Returns false, and writes nothing, when it was cancelled or the
 * lease has passed to another worker.
 */
export function noteRehearsal(db: Db, { id, attempts }: RehearsalClaim, news: RehearsalNews): Promise<boolean> {
  return inTransaction(
    db,
    async (tx) => (await rehearsals.update(tx, { id, attempts, status: 'running' }, news)) === 1,
  );
}
