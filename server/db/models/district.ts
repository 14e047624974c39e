import { Model, type InferAttributes, type InferCreationAttributes } from 'sequelize';
import { flag, id, instant, optional, word } from '../columns.ts';
import { table, type RowOf } from '../table.ts';

class Unit extends Model<InferAttributes<Unit>, InferCreationAttributes<Unit>> {
  declare id: string;
  declare code: string;
  declare name: string;
  declare type: string;
  declare uscc: string | null;
  declare active: boolean;
}

class Person extends Model<InferAttributes<Person>, InferCreationAttributes<Person>> {
  declare id: string;
  declare login: string;
  declare name: string;
  declare title: string | null;
  declare phone: string | null;
  declare unitId: string;
  declare status: 'active' | 'disabled';
  declare demo: boolean;
}

/** Approvers are seats; who sits there changes. */
class Seat extends Model<InferAttributes<Seat>, InferCreationAttributes<Seat>> {
  declare id: string;
  declare unitId: string;
  declare key: string;
  declare title: string;
  /** Reads every case that was submitted, of whatever unit. */
  declare readsAll: boolean;
}

class SeatHolder extends Model<InferAttributes<SeatHolder>, InferCreationAttributes<SeatHolder>> {
  declare id: string;
  declare seatId: string;
  declare personId: string;
  declare fromAt: number;
  /** Null while in office. */
  declare toAt: number | null;
}

export const units = table(
  Unit,
  'units',
  { id: id(), code: word(), name: word(200), type: word(), uscc: optional(word(18)), active: flag() },
  ['id'],
);

export const people = table(
  Person,
  'people',
  {
    id: id(),
    login: word(),
    name: word(100),
    title: optional(word(100)),
    phone: optional(word(32)),
    unitId: id(),
    status: word(16),
    demo: flag(),
  },
  ['id'],
);

export const seats = table(Seat, 'seats', { id: id(), unitId: id(), key: word(), title: word(100), readsAll: flag() }, [
  'id',
]);

export const seatHolders = table(
  SeatHolder,
  'seat_holders',
  { id: id(), seatId: id(), personId: id(), fromAt: instant(), toAt: optional(instant()) },
  ['id'],
);

export type UnitRow = RowOf<typeof units>;
export type PersonRow = RowOf<typeof people>;
export type SeatRow = RowOf<typeof seats>;
export type SeatHolderRow = RowOf<typeof seatHolders>;
