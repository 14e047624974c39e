import { QueryTypes } from 'sequelize';
import { connectionOf, on, type Reader, type Tx } from './handle.ts';

export type Value = string | number | null;
export type Values = Record<string, Value | readonly Value[]>;

/**
 * A hand-written SELECT with `$name` values; a list becomes `$name_0, $name_1 …` for `IN ($name)`. Columns come back
 * under the names the statement gives them, JSON as text and flags as 0 or 1. The statement must run on every engine.
 */
export async function select<Row extends object>(
  reader: Reader,
  sql: string,
  values: Values = {},
  limit?: number,
): Promise<Row[]> {
  if (!/^\s*(SELECT|WITH)\b/i.test(sql)) throw new Error('select() reads; write through a table or the drawer');
  // A prepared LIMIT is refused by MySQL 8, which gets numbers as doubles.
  const text = limit === undefined ? sql : `${sql} LIMIT ${integer(limit)}`;
  const { query, bind } = spread(text, values);
  return reader[connectionOf].query<Row>(query, { bind, type: QueryTypes.SELECT, raw: true, ...on(reader) });
}

/** A hand-written UPDATE; returns how many rows matched. For this room: others write through a table. */
export async function execute(tx: Tx, sql: string, values: Values): Promise<number> {
  const { query, bind } = spread(sql, values);
  const [, matched] = await tx[connectionOf].query(query, { bind, type: QueryTypes.UPDATE, ...on(tx) });
  return matched;
}

function spread(sql: string, values: Values): { query: string; bind: Record<string, Value> } {
  const bind: Record<string, Value> = {};
  const query = sql.replace(/\$([A-Za-z]\w*)/g, (_, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) throw new Error(`No value for $${name}`);
    if (!isList(value)) {
      bind[name] = value;
      return `$${name}`;
    }
    if (value.length === 0) return 'NULL';
    return value.map((item, index) => ((bind[`${name}_${index}`] = item), `$${name}_${index}`)).join(', ');
  });
  return { query, bind };
}

function isList(value: Value | readonly Value[]): value is readonly Value[] {
  return Array.isArray(value);
}

function integer(value: number): number {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`Not a row count: ${value}`);
  return value;
}
