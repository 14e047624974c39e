import type { Finding } from '../../forms/language/lint.ts';
import type { Db } from '../db/connection.ts';
import { isDuplicate } from '../db/failure.ts';
import { newId } from '../db/ids.ts';
import { canonical } from '../db/json.ts';
import { formDrafts, formVersions } from '../db/tables.ts';
import { inTransaction, type Tx } from '../db/transaction.ts';
import { Refusal } from '../errors.ts';
import type { Person } from '../policies.ts';
import { judgeDialect } from '../validate.ts';
import type { District } from './publishing/district.ts';
import { findingsOf } from './publishing/findings.ts';
import { mustDesign } from './publishing/formDraft.ts';

export interface FormDraftToSave {
  /** The last save this window knows of; 0 for none. */
  version: number;
  /** The published version it was made from; null for a form nobody has published. */
  baseVersionId: string | null;
  form: unknown;
}

/** The longest form there is measures 60 kB; a form is read by phones. */
const LONGEST = 1_000_000;

/**
 * Keeps the next version of a form while it is being written. What is no form of the dialect is refused; what the
 * linter finds in one is told and stops nothing but publishing. A window that did not see the last save does not
 * overwrite it.
 */
export async function saveFormDraft(
  db: Db,
  person: Person,
  district: District,
  formKey: string,
  { version, baseVersionId, form }: FormDraftToSave,
  now: number,
): Promise<{ version: number; savedAt: number; findings: Finding[] }> {
  mustDesign(person);
  judgeDialect(form);
  if (form.key !== formKey) throw new Refusal('form_key_differs');
  if (canonical(form).length > LONGEST) throw new Refusal('body_too_large', { limit: '1 MB' });
  return inTransaction(db, async (tx) => {
    if (baseVersionId !== null && !(await formVersions.one(tx, { id: baseVersionId, formKey }))) {
      throw new Refusal('not_found');
    }
    const row = { title: form.title, body: form, baseVersionId, savedBy: person.id, savedAt: now };
    await keep(tx, formKey, version, row, now);
    return { version: version + 1, savedAt: now, findings: await findingsOf(tx, district, form) };
  });
}

type Kept = Pick<Parameters<typeof formDrafts.insert>[1], 'title' | 'body' | 'baseVersionId' | 'savedBy' | 'savedAt'>;

async function keep(tx: Tx, formKey: string, seen: number, row: Kept, now: number): Promise<void> {
  const version = seen + 1;
  if ((await formDrafts.update(tx, { formKey, version: seen }, { ...row, version })) === 1) return;
  if (seen !== 0) throw new Refusal('form_draft_stale');
  try {
    await formDrafts.insert(tx, { id: newId(now), formKey, ...row, version });
  } catch (error) {
    if (isDuplicate(error, formDrafts, ['formKey'])) throw new Refusal('form_draft_stale');
    throw error;
  }
}
