import type { Db } from '../db/connection.ts';
import { formDrafts } from '../db/tables.ts';
import { inTransaction } from '../db/transaction.ts';
import type { Person } from '../policies.ts';
import { holdFormDraft, mustDesign } from './publishing/formDraft.ts';

/** Throws a form's draft away; refuses one that was saved since this window read it. */
export function discardFormDraft(
  db: Db,
  person: Person,
  formKey: string,
  { version }: { version: number },
): Promise<void> {
  mustDesign(person);
  return inTransaction(db, async (tx) => {
    const draft = await holdFormDraft(tx, formKey, version);
    await formDrafts.remove(tx, { id: draft.id });
  });
}
