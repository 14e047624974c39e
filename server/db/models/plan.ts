import { Model, type InferAttributes, type InferCreationAttributes } from 'sequelize';
import { fen, id, instant, optional, whole } from '../columns.ts';
import { table, type RowOf } from '../table.ts';

/** The draft of one year's informatization plan (Article 8). Its row is the lock of everything that compiles it. */
class Plan extends Model<InferAttributes<Plan>, InferCreationAttributes<Plan>> {
  declare id: string;
  declare year: number;
  declare version: number;
  /** How many times lines were sent to joint review. */
  declare batches: number;
  declare createdAt: number;
  declare updatedAt: number;
}

/** A project taken into the plan; a project stands in one plan only. */
class PlanLine extends Model<InferAttributes<PlanLine>, InferCreationAttributes<PlanLine>> {
  declare id: string;
  declare planId: string;
  declare projectId: string;
  declare position: number;
  /** Null until it is sent. */
  declare batch: number | null;
  /** The joint review of this line; null until it is sent. */
  declare caseId: string | null;
  /** Fen, as declared when the line was sent. */
  declare amount: number | null;
}

export const plans = table(
  Plan,
  'plans',
  { id: id(), year: whole(), version: whole(), batches: whole(), createdAt: instant(), updatedAt: instant() },
  ['id'],
);

export const planLines = table(
  PlanLine,
  'plan_lines',
  {
    id: id(),
    planId: id(),
    projectId: id(),
    position: whole(),
    batch: optional(whole()),
    caseId: optional(id()),
    amount: optional(fen()),
  },
  ['id'],
);

export type PlanRow = RowOf<typeof plans>;
export type PlanLineRow = RowOf<typeof planLines>;
