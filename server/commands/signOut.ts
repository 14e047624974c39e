import type { Db } from '../db/connection.ts';
import { sessions } from '../db/tables.ts';
import { inTransaction } from '../db/transaction.ts';

/** Ends one session at once; the token opens nothing from now on. */
export async function signOut(db: Db, sessionId: string, now: number): Promise<void> {
  await inTransaction(db, (tx) => sessions.update(tx, { id: sessionId, revokedAt: null }, { revokedAt: now }));
}
