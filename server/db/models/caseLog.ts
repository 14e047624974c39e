import { Model, type InferAttributes, type InferCreationAttributes } from 'sequelize';
import type { Data } from '../../../forms/language/dialect.ts';
import { id, instant, json, optional, prose, whole, word } from '../columns.ts';
import { table, type RowOf } from '../table.ts';

/** What happened to a case, in order. Lines are added, never changed. */
class CaseLogLine extends Model<InferAttributes<CaseLogLine>, InferCreationAttributes<CaseLogLine>> {
  declare id: string;
  declare caseId: string;
  /** 1, 2, 3 … without a gap. */
  declare seq: number;
  declare at: number;
  /** Null when the system acted. */
  declare personId: string | null;
  declare seatId: string | null;
  declare action: string;
  declare step: string | null;
  declare opinion: string | null;
  declare detail: Data;
}

export const caseLog = table(
  CaseLogLine,
  'case_log',
  {
    id: id(),
    caseId: id(),
    seq: whole(),
    at: instant(),
    personId: optional(id()),
    seatId: optional(id()),
    action: word(),
    step: optional(word()),
    opinion: optional(prose()),
    detail: json<Data>(),
  },
  ['id'],
);

export type CaseLogRow = RowOf<typeof caseLog>;
