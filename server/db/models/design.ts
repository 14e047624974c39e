import { Model, type InferAttributes, type InferCreationAttributes } from 'sequelize';
import type { Form } from '../../../forms/language/dialect.ts';
import { id, instant, json, optional, prose, whole, word } from '../columns.ts';
import { table, type RowOf } from '../table.ts';

/** The next version of a form while it is being written. There is one for each form, whoever writes it. */
class FormDraft extends Model<InferAttributes<FormDraft>, InferCreationAttributes<FormDraft>> {
  declare id: string;
  declare formKey: string;
  declare title: string;
  declare body: Form;
  /** The version it was made from; null for a form nobody has published. */
  declare baseVersionId: string | null;
  /** Counts the saves; a window that did not see the last one does not overwrite it. */
  declare version: number;
  declare savedBy: string;
  declare savedAt: number;
}

/** A version that no new case is pinned to any more. What runs on it goes on. */
class FormRetirement extends Model<InferAttributes<FormRetirement>, InferCreationAttributes<FormRetirement>> {
  declare formVersionId: string;
  declare personId: string;
  declare reason: string;
  declare at: number;
}

/** Who published or retired which version, and why. Lines are added, never changed. */
class FormLogLine extends Model<InferAttributes<FormLogLine>, InferCreationAttributes<FormLogLine>> {
  declare id: string;
  declare formKey: string;
  declare formVersionId: string;
  declare action: 'publish' | 'retire';
  /** Null where the start of the server published the text in `forms/`. */
  declare personId: string | null;
  declare reason: string | null;
  declare at: number;
}

/** The text in `forms/` when it was last published, or found to be what is published: whether it changed since. */
class FormFile extends Model<InferAttributes<FormFile>, InferCreationAttributes<FormFile>> {
  declare formKey: string;
  declare hash: string;
  declare readAt: number;
}

export const formDrafts = table(
  FormDraft,
  'form_drafts',
  {
    id: id(),
    formKey: word(),
    title: word(200),
    body: json<Form>(),
    baseVersionId: optional(id()),
    version: whole(),
    savedBy: id(),
    savedAt: instant(),
  },
  ['id'],
);

export const formRetirements = table(
  FormRetirement,
  'form_retirements',
  { formVersionId: id(), personId: id(), reason: prose(), at: instant() },
  ['formVersionId'],
);

export const formLog = table(
  FormLogLine,
  'form_log',
  {
    id: id(),
    formKey: word(),
    formVersionId: id(),
    action: word(16),
    personId: optional(id()),
    reason: optional(prose()),
    at: instant(),
  },
  ['id'],
);

export const formFiles = table(FormFile, 'form_files', { formKey: word(), hash: word(), readAt: instant() }, [
  'formKey',
]);

export type FormDraftRow = RowOf<typeof formDrafts>;
export type FormLogRow = RowOf<typeof formLog>;
