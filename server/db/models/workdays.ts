import { Model, type InferAttributes, type InferCreationAttributes } from 'sequelize';
import { json, whole } from '../columns.ts';
import { table, type RowOf } from '../table.ts';

/** A year of the working-day calendar as the State Council announced it; a year without a row is unknown. */
class WorkdayYear extends Model<InferAttributes<WorkdayYear>, InferCreationAttributes<WorkdayYear>> {
  declare year: number;
  /** Holidays that fall on a Monday to Friday, `YYYY-MM-DD`. */
  declare off: string[];
  /** Saturdays and Sundays that are worked. */
  declare worked: string[];
}

export const workdayYears = table(
  WorkdayYear,
  'workday_years',
  { year: whole(), off: json<string[]>(), worked: json<string[]>() },
  ['year'],
);

export type WorkdayYearRow = RowOf<typeof workdayYears>;
