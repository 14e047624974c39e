import type { Db } from '../db/connection.ts';
import { isDuplicate } from '../db/failure.ts';
import { newId } from '../db/ids.ts';
import { inboxItems } from '../db/tables.ts';
import { inTransaction } from '../db/transaction.ts';
import type { Channel } from './channel.ts';

/** The inbox inside the application: always there, and everybody has one. */
export const inboxChannel = (db: Db): Channel => ({
  name: 'inbox',
  deliver: async ({ id, personId, title, text, caseId, createdAt }) => {
    const item = { id: newId(createdAt), messageId: id, personId, title, text, caseId, createdAt, readAt: null };
    try {
      await inTransaction(db, (tx) => inboxItems.insert(tx, item));
    } catch (error) {
      // An earlier attempt got this far and could not say so.
      if (!isDuplicate(error, inboxItems, ['messageId'])) throw error;
    }
  },
});
