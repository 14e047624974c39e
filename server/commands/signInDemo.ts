import { hashToken, newToken } from '../crypto.ts';
import type { Db } from '../db/connection.ts';
import { newId } from '../db/ids.ts';
import { people, sessions, type PersonRow } from '../db/tables.ts';
import { inTransaction } from '../db/transaction.ts';
import { Refusal } from '../errors.ts';

export interface SessionTerms {
  sessionKey: string;
  sessionIdleMs: number;
  sessionMaxMs: number;
}

/** Opens a session for a demo person, without a password. Real people never pass here; the route exists in demo only. */
export function signInDemo(
  db: Db,
  login: string,
  { sessionKey, sessionIdleMs, sessionMaxMs }: SessionTerms,
  now: number,
): Promise<{ token: string; person: PersonRow }> {
  const token = newToken();
  return inTransaction(db, async (tx) => {
    const person = await people.one(tx, { login, demo: true });
    if (!person) throw new Refusal('not_found');
    if (person.status !== 'active') throw new Refusal('account_disabled');
    await sessions.insert(tx, {
      id: newId(now),
      tokenHash: hashToken(sessionKey, token),
      personId: person.id,
      createdAt: now,
      lastSeenAt: now,
      expiresAt: Math.min(now + sessionIdleMs, now + sessionMaxMs),
      absoluteExpiresAt: now + sessionMaxMs,
      revokedAt: null,
    });
    return { token, person };
  });
}
