import { DICTIONARIES, readForms } from './declaration.ts';

export interface DemoPerson {
  login: string;
  name: string;
  title: string;
  phone: string;
  unit: string;
  seats: string[];
  note: string;
}

export interface CatalogueSeat {
  key: string;
  title: string;
  duty: string;
  kinds: string[];
  /** Kinds of unit whose holders of this seat read every submitted case. */
  readsAllIn?: string[];
}

export const PEOPLE = readForms<{ people: DemoPerson[] }>('catalogue/people.demo.json').people;
export const SEATS = readForms<{ seats: CatalogueSeat[] }>('catalogue/seats.json').seats;
export const CLAUSES = readForms<{ clauses: { id: string; label: string; note: string }[] }>(
  'catalogue/planning.json',
).clauses;
export const UNIT_TYPES = (DICTIONARIES['unitType'] ?? []).map(({ value }) => value);
