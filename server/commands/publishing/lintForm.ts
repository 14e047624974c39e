import type { Finding } from '../../../forms/language/lint.ts';
import type { Reader } from '../../db/handle.ts';
import { Refusal } from '../../errors.ts';
import type { Person } from '../../policies.ts';
import { judgeDialect } from '../../validate.ts';
import type { District } from './district.ts';
import { findingsOf } from './findings.ts';
import { mustDesign } from './formDraft.ts';

/** What saving this text as a draft would find, without saving it. */
export async function lintForm(
  reader: Reader,
  person: Person,
  district: District,
  formKey: string,
  form: unknown,
): Promise<{ findings: Finding[] }> {
  mustDesign(person);
  judgeDialect(form);
  if (form.key !== formKey) throw new Refusal('form_key_differs');
  return { findings: await findingsOf(reader, district, form) };
}
