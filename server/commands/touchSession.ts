import type { Db } from '../db/handle.ts';
import { sessions, type SessionRow } from '../db/tables.ts';
import { inTransaction } from '../db/transaction.ts';

const MINUTE = 60_000;

/**
 * Slides a session's end with its use, at most up to its absolute end. Written at most once a minute: reading a page
 * must not cost a write each time. A session revoked meanwhile stays revoked.
 */
export async function touchSession(db: Db, session: SessionRow, idleMs: number, now: number): Promise<void> {
  if (now - session.lastSeenAt < MINUTE) return;
  const expiresAt = Math.min(now + idleMs, session.absoluteExpiresAt);
  await inTransaction(db, (tx) =>
    sessions.update(tx, { id: session.id, revokedAt: null, lastSeenAt: { lt: now } }, { lastSeenAt: now, expiresAt }),
  );
}
