import { Model, type InferAttributes, type InferCreationAttributes } from 'sequelize';
import type { Json } from '../../../forms/language/dialect.ts';
import { flag, id, instant, json, optional, prose, word } from '../columns.ts';
import { table, type RowOf } from '../table.ts';

/** What somebody other than the applicant changed in a form: before and after, and why. Never changed, never removed. */
class FieldChange extends Model<InferAttributes<FieldChange>, InferCreationAttributes<FieldChange>> {
  declare id: string;
  declare caseId: string;
  declare submissionId: string;
  declare formKey: string;
  /** `totalInvest`, `contentItems.0.amount`. */
  declare path: string;
  /** As it was called in the form's version. */
  declare title: string;
  declare before: Json;
  declare after: Json;
  /** A sensitive field: that it changed is told, its values are not. */
  declare masked: boolean;
  declare reason: string | null;
  declare personId: string;
  declare seatId: string | null;
  declare taskId: string;
  declare createdAt: number;
}

export const fieldChanges = table(
  FieldChange,
  'field_changes',
  {
    id: id(),
    caseId: id(),
    submissionId: id(),
    formKey: word(),
    path: word(130),
    title: word(200),
    before: optional(json<NonNullable<Json>>()),
    after: optional(json<NonNullable<Json>>()),
    masked: flag(),
    reason: optional(prose()),
    personId: id(),
    seatId: optional(id()),
    taskId: id(),
    createdAt: instant(),
  },
  ['id'],
);

export type FieldChangeRow = RowOf<typeof fieldChanges>;
