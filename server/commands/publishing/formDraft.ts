import { contentHash } from '../../db/json.ts';
import { formDrafts, type FormDraftRow } from '../../db/tables.ts';
import type { Tx } from '../../db/transaction.ts';
import { Refusal } from '../../errors.ts';
import { can, type Person } from '../../policies.ts';

/** Refuses whoever does not hold the seat of the forms' administrator. */
export function mustDesign(person: Person): void {
  if (!can(person, 'designForms', {})) throw new Refusal('forbidden', { what: '管理表单' });
}

/**
 * The draft as it is now, under its lock: nobody saves, publishes or discards it meanwhile. Refuses one that was saved
 * since, or is gone.
 */
export async function holdFormDraft(tx: Tx, formKey: string, version: number): Promise<FormDraftRow> {
  const held = await formDrafts.update(tx, { formKey, version }, { version });
  const draft = held === 1 ? await formDrafts.one(tx, { formKey }) : null;
  if (!draft) throw new Refusal('form_draft_stale');
  return draft;
}

/** The hash its text will be published under. */
export const hashOf = ({ body }: Pick<FormDraftRow, 'body'>): string => contentHash(body);

/** The reason somebody gave, without outer blanks; refuses an empty one. */
export function reasonIn(reason: string): string {
  const given = reason.trim();
  if (given === '') throw new Refusal('reason_required');
  return given;
}
