import { Model, type InferAttributes, type InferCreationAttributes } from 'sequelize';
import type { Data } from '../../../forms/language/dialect.ts';
import { id, instant, json, optional, whole, word } from '../columns.ts';
import { table, type RowOf } from '../table.ts';

/** What is being written at a task and not yet handed in; of several seats writing one form, each has its own. */
class Draft extends Model<InferAttributes<Draft>, InferCreationAttributes<Draft>> {
  declare caseId: string;
  declare formKey: string;
  /** The task within its case; `start` before the first submission. */
  declare taskKey: string;
  declare personId: string;
  declare data: Data;
  /** Counts the saves; a window that did not see the last one does not overwrite it. */
  declare version: number;
  declare savedAt: number;
}

/** What was handed in. Revisions are added, never changed; `hash` is taken over the canonical text of `data`. */
class Submission extends Model<InferAttributes<Submission>, InferCreationAttributes<Submission>> {
  declare id: string;
  declare caseId: string;
  declare formKey: string;
  declare formVersionId: string;
  declare revision: number;
  declare data: Data;
  declare hash: string;
  declare personId: string;
  declare seatId: string | null;
  declare taskId: string | null;
  declare createdAt: number;
  /** Fields that stand as they were carried over, and where from; null where nothing is carried into this form. */
  declare carried: Record<string, string> | null;
}

export const drafts = table(
  Draft,
  'task_drafts',
  {
    caseId: id(),
    formKey: word(),
    taskKey: word(),
    personId: id(),
    data: json<Data>(),
    version: whole(),
    savedAt: instant(),
  },
  ['caseId', 'formKey', 'taskKey'],
);

export const submissions = table(
  Submission,
  'submissions',
  {
    id: id(),
    caseId: id(),
    formKey: word(),
    formVersionId: id(),
    revision: whole(),
    data: json<Data>(),
    hash: word(),
    personId: id(),
    seatId: optional(id()),
    taskId: optional(id()),
    createdAt: instant(),
    carried: optional(json<Record<string, string>>()),
  },
  ['id'],
);

export type DraftRow = RowOf<typeof drafts>;
export type SubmissionRow = RowOf<typeof submissions>;
