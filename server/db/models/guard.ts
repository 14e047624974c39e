import { Model, type InferAttributes, type InferCreationAttributes } from 'sequelize';
import type { Json } from '../../../forms/language/dialect.ts';
import { id, instant, json, optional, whole, word } from '../columns.ts';
import { table, type RowOf } from '../table.ts';

/** How often a project was held back as secret: a day, a unit and a number, and nothing else about it. */
class SecretScreening extends Model<InferAttributes<SecretScreening>, InferCreationAttributes<SecretScreening>> {
  /** `YYYY-MM-DD`. */
  declare day: string;
  declare unitId: string;
  declare count: number;
}

/** The answer to a request that must take effect once. */
class IdempotencyKey extends Model<InferAttributes<IdempotencyKey>, InferCreationAttributes<IdempotencyKey>> {
  /** Person and verb. */
  declare scope: string;
  declare key: string;
  declare requestHash: string;
  /** HTTP status of the stored answer. */
  declare status: number;
  declare answer: Json;
  declare createdAt: number;
}

/** Numbers handed out in order, such as project numbers of a year. */
class Counter extends Model<InferAttributes<Counter>, InferCreationAttributes<Counter>> {
  declare name: string;
  declare value: number;
}

export const secretScreenings = table(
  SecretScreening,
  'secret_screenings',
  { day: word(10), unitId: id(), count: whole() },
  ['day', 'unitId'],
);

export const idempotencyKeys = table(
  IdempotencyKey,
  'idempotency_keys',
  {
    scope: word(128),
    key: word(128),
    requestHash: word(),
    status: whole(),
    answer: optional(json<NonNullable<Json>>()),
    createdAt: instant(),
  },
  ['scope', 'key'],
);

export const counters = table(Counter, 'counters', { name: word(100), value: whole() }, ['name']);

export type SecretScreeningRow = RowOf<typeof secretScreenings>;
export type IdempotencyKeyRow = RowOf<typeof idempotencyKeys>;
export type CounterRow = RowOf<typeof counters>;
