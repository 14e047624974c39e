import { Model, type InferAttributes, type InferCreationAttributes } from 'sequelize';
import { json, optional, word } from '../columns.ts';
import { table, type RowOf } from '../table.ts';

/** What a `Reference` may lead to: the handed-in forms of one key, or approved cases where it names no form. */
class RecordSource extends Model<InferAttributes<RecordSource>, InferCreationAttributes<RecordSource>> {
  declare key: string;
  declare title: string;
  declare formKey: string | null;
  /** Fields whose values, side by side, are what a record is called. */
  declare labels: string[];
  /** Records of the applicant's unit and project, or of the whole district. */
  declare scope: 'applicant' | 'district';
}

export const recordSources = table(
  RecordSource,
  'record_sources',
  { key: word(), title: word(100), formKey: optional(word()), labels: json<string[]>(), scope: word(16) },
  ['key'],
);

export type RecordSourceRow = RowOf<typeof recordSources>;
