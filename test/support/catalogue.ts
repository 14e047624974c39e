import type { DemoPerson, DistrictSeat, PlanningClause } from '../../server/commands/publishing/district.ts';
import { DICTIONARIES, readForms } from './declaration.ts';

export interface CatalogueSeat extends DistrictSeat {
  /** What it does, for those who read the catalogue. */
  duty: string;
}

export const PEOPLE = readForms<{ people: DemoPerson[] }>('catalogue/people.demo.json').people;
export const SEATS = readForms<{ seats: CatalogueSeat[] }>('catalogue/seats.json').seats;
export const CLAUSES = readForms<{ clauses: PlanningClause[] }>('catalogue/planning.json').clauses;
export const UNIT_TYPES = (DICTIONARIES['unitType'] ?? []).map(({ value }) => value);
