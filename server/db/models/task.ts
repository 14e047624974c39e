import { Model, type InferAttributes, type InferCreationAttributes } from 'sequelize';
import type { Decision as DecisionWord, TaskState, TaskStatus } from '../../flow/model.ts';
import { id, instant, optional, prose, whole, word } from '../columns.ts';
import { table, type RowOf } from '../table.ts';

/** Whose turn it is: a seat's, or (`revise`) one person's. */
class Task extends Model<InferAttributes<Task>, InferCreationAttributes<Task>> {
  declare id: string;
  declare caseId: string;
  /** The engine's key, unique within the case. */
  declare taskKey: string;
  declare step: string;
  declare kind: TaskState['kind'];
  declare seatId: string | null;
  declare personId: string | null;
  declare round: number;
  declare status: TaskStatus;
  declare openedAt: number;
  declare closedAt: number | null;
  declare dueAt: number | null;
}

/** One task, one decision: the unique key is the second guard behind the case's lock. */
class Decision extends Model<InferAttributes<Decision>, InferCreationAttributes<Decision>> {
  declare id: string;
  declare taskId: string;
  declare caseId: string;
  declare personId: string;
  declare seatId: string | null;
  declare decision: DecisionWord;
  declare opinion: string;
  declare createdAt: number;
}

export const tasks = table(
  Task,
  'tasks',
  {
    id: id(),
    caseId: id(),
    taskKey: word(),
    step: word(),
    kind: word(16),
    seatId: optional(id()),
    personId: optional(id()),
    round: whole(),
    status: word(16),
    openedAt: instant(),
    closedAt: optional(instant()),
    dueAt: optional(instant()),
  },
  ['id'],
);

export const decisions = table(
  Decision,
  'decisions',
  {
    id: id(),
    taskId: id(),
    caseId: id(),
    personId: id(),
    seatId: optional(id()),
    decision: word(16),
    opinion: prose(),
    createdAt: instant(),
  },
  ['id'],
);

export type TaskRow = RowOf<typeof tasks>;
export type DecisionRow = RowOf<typeof decisions>;
