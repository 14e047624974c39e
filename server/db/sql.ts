import type { Reader, Tx } from './handle.ts';
import { changedBy, rowsOf, Statement, type Cell as Value } from './prepared.ts';

export type Values = Record<string, Value | readonly Value[]>;

/**
 * A hand-written SELECT with `$name` values; a list becomes as many marks, for `IN ($name)`. Columns come back
 * under the names the statement gives them, JSON as text and flags as 0 or 1. The statement must run on every engine.
 */
export async function select<Row extends object>(
  reader: Reader,
  sql: string,
  values: Values = {},
  limit?: number,
): Promise<Row[]> {
  if (!/^\s*(SELECT|WITH)\b/i.test(sql)) throw new Error('select() reads; write through a table or the drawer');
  const statement = Statement.reading(reader);
  const text = spread(sql, values, statement);
  // A prepared LIMIT is refused by MySQL 8, which gets numbers as doubles.
  return rowsOf<Row>(reader, limit === undefined ? text : `${text} LIMIT ${integer(limit)}`, statement);
}

/** A hand-written UPDATE; returns how many rows matched. For this room: others write through a table. */
export async function execute(tx: Tx, sql: string, values: Values): Promise<number> {
  const statement = Statement.writing();
  return changedBy(tx, spread(sql, values, statement), statement);
}

function spread(sql: string, values: Values, statement: Statement): string {
  return sql.replace(/\$([A-Za-z]\w*)/g, (_, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) throw new Error(`No value for $${name}`);
    return isList(value) ? statement.marks(value) : statement.mark(value);
  });
}

function isList(value: Value | readonly Value[]): value is readonly Value[] {
  return Array.isArray(value);
}

function integer(value: number): number {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`Not a row count: ${value}`);
  return value;
}
