import type { Db } from '../db/connection.ts';
import { inboxItems } from '../db/tables.ts';
import { inTransaction } from '../db/transaction.ts';
import { Refusal } from '../errors.ts';
import type { Person } from '../policies.ts';

/** Marks a message of one's own inbox as read; reading it again changes nothing. */
export function readMessage(db: Db, person: Person, itemId: string, now: number): Promise<void> {
  return inTransaction(db, async (tx) => {
    const own = { id: itemId, personId: person.id };
    const marked = await inboxItems.update(tx, { ...own, readAt: null }, { readAt: now });
    if (marked === 0 && !(await inboxItems.one(tx, own))) throw new Refusal('not_found');
  });
}
