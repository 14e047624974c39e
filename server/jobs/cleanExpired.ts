import type { Db } from '../db/connection.ts';
import { idempotencyKeys, sessions } from '../db/tables.ts';
import { inTransaction } from '../db/transaction.ts';

const DAY = 86_400_000;

/** A client that repeats a request does so within minutes; a week leaves room for a phone that was switched off. */
const KEYS_KEPT_MS = 7 * DAY;
/** Sessions are kept for a while after their end, so that "expired" can still be told from "unknown". */
const SESSIONS_KEPT_MS = 30 * DAY;

/** Removes sessions that ended and idempotency keys nobody will repeat. Returns how many rows went. */
export function cleanExpired({ db }: { db: Db }, now: number, signal: AbortSignal): Promise<number> {
  if (signal.aborted) return Promise.resolve(0);
  return inTransaction(db, async (tx) => {
    const ended = await sessions.remove(tx, { expiresAt: { lt: now - SESSIONS_KEPT_MS } });
    const forgotten = await idempotencyKeys.remove(tx, { createdAt: { lt: now - KEYS_KEPT_MS } });
    return ended + forgotten;
  });
}
