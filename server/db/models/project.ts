import { Model, type InferAttributes, type InferCreationAttributes } from 'sequelize';
import type { ProjectState } from '../../../forms/language/stage.ts';
import { fen, id, instant, optional, whole, word } from '../columns.ts';
import { table, type RowOf } from '../table.ts';

class Project extends Model<InferAttributes<Project>, InferCreationAttributes<Project>> {
  declare id: string;
  /** Given when the project is declared. */
  declare no: string | null;
  declare title: string | null;
  declare unitId: string;
  declare planYear: number | null;
  declare state: ProjectState;
  /** Fen. */
  declare totalInvest: number | null;
  /** `unit|year|title` while the project is alive, null afterwards: the second guard against a twin. */
  declare titleKey: string | null;
  declare createdAt: number;
  declare updatedAt: number;
  declare version: number;
}

export const projects = table(
  Project,
  'projects',
  {
    id: id(),
    no: optional(word()),
    title: optional(word(300)),
    unitId: id(),
    planYear: optional(whole()),
    state: word(32),
    totalInvest: optional(fen()),
    titleKey: optional(word(400)),
    createdAt: instant(),
    updatedAt: instant(),
    version: whole(),
  },
  ['id'],
);

export type ProjectRow = RowOf<typeof projects>;
