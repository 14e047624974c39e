import type { Field, Form } from '../../forms/language/dialect.ts';
import type { FormDraftSaved, FormHistory } from '../../server/routes/contract/design.ts';
import type { FormVersion } from '../../server/routes/contract/forms.ts';
import type { Actor } from './district.ts';

export const ADMIN = 'xxb.forms';

/** The latest published version of a form, as its administrator reads it. */
export async function latestOf(admin: Actor, key: string): Promise<{ id: string; version: number; form: Form }> {
  const { versions } = (await admin.get<FormHistory>(`/design/forms/${key}`)).ok;
  const [latest] = versions;
  if (!latest) throw new Error(`${key} is not published`);
  const { form } = (await admin.get<FormVersion>(`/forms/${latest.id}`)).ok;
  return { id: latest.id, version: latest.version, form };
}

/** The form with one more question in its first section; an answer must be given where `rest` says so. */
export function withQuestion(form: Form, key: string, rest: Partial<Field> = {}): Form {
  const changed = structuredClone(form);
  const [section] = Object.values(changed.properties);
  if (section?.type !== 'void') throw new Error('the form does not begin with a section');
  const field = {
    type: 'string',
    title: '国产化适配说明',
    'x-component': 'TextArea',
    'x-index': 900 + Object.keys(section.properties).length,
    ...rest,
  };
  section.properties[key] = field as Field;
  return changed;
}

/** Saves this text as the draft; returns what the server said of it. */
export async function draft(
  admin: Actor,
  form: Form,
  baseVersionId: string | null,
  version = 0,
): Promise<FormDraftSaved> {
  return (await admin.put<FormDraftSaved>(`/design/forms/${form.key}/draft`, { version, baseVersionId, form })).ok;
}

/** Changes the latest version and publishes it. */
export async function publish(admin: Actor, key: string, change: (form: Form) => Form): Promise<FormHistory> {
  const { id, form } = await latestOf(admin, key);
  const { version } = await draft(admin, change(form), id);
  return (await admin.post<FormHistory>(`/design/forms/${key}/publish`, { version, reason: '按新要求修订' })).ok;
}
