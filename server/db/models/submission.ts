import { Model, type InferAttributes, type InferCreationAttributes } from 'sequelize';
import { id, instant, json, optional, whole, word } from '../columns.ts';
import { sealed, type OpenedRow, type SealedTable } from '../sealed.ts';
import type { StoredData } from '../sealing.ts';
import { table } from '../table.ts';

/** What is being written at a task and not yet handed in; of several seats writing one form, each has its own. */
class Draft extends Model<InferAttributes<Draft>, InferCreationAttributes<Draft>> {
  declare caseId: string;
  declare formKey: string;
  /** The task within its case; `start` before the first submission. */
  declare taskKey: string;
  declare personId: string;
  declare data: StoredData;
  /** Counts the saves; a window that did not see the last one does not overwrite it. */
  declare version: number;
  declare savedAt: number;
}

/** What was handed in. Revisions are added, never changed; `hash` is the content's, see `storedHash`. */
class Submission extends Model<InferAttributes<Submission>, InferCreationAttributes<Submission>> {
  declare id: string;
  declare caseId: string;
  declare formKey: string;
  declare formVersionId: string;
  declare revision: number;
  declare data: StoredData;
  declare hash: string;
  declare personId: string;
  declare seatId: string | null;
  declare taskId: string | null;
  declare createdAt: number;
  /** Fields that stand as they were carried over, and where from; null where nothing is carried into this form. */
  declare carried: Record<string, string> | null;
}

/** The rows as they are stored, for whoever seals them anew; everybody else takes `drafts` and `submissions`. */
export const draftRows = table(
  Draft,
  'task_drafts',
  {
    caseId: id(),
    formKey: word(),
    taskKey: word(),
    personId: id(),
    data: json<StoredData>(),
    version: whole(),
    savedAt: instant(),
  },
  ['caseId', 'formKey', 'taskKey'],
);

export const submissionRows = table(
  Submission,
  'submissions',
  {
    id: id(),
    caseId: id(),
    formKey: word(),
    formVersionId: id(),
    revision: whole(),
    data: json<StoredData>(),
    hash: word(),
    personId: id(),
    seatId: optional(id()),
    taskId: optional(id()),
    createdAt: instant(),
    carried: optional(json<Record<string, string>>()),
  },
  ['id'],
);

export const drafts = sealed(draftRows, { hashed: false });
export const submissions: Omit<SealedTable<Submission>, 'update' | 'remove'> = sealed(submissionRows, { hashed: true });

export type DraftRow = OpenedRow<Draft>;
export type SubmissionRow = OpenedRow<Submission>;
