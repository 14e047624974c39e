import type { Reader } from '../db/handle.ts';
import { formVersions } from '../db/tables.ts';
import { Refusal } from '../errors.ts';

/** A published form; what is asked is no secret, what was answered is. */
export async function formVersion(reader: Reader, id: string) {
  const row = await formVersions.one(reader, { id });
  if (!row) throw new Refusal('not_found');
  return { id: row.id, key: row.formKey, version: row.version, form: row.body };
}
