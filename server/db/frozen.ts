import type { Attributes, Model, Sequelize } from 'sequelize';
import { Refusal } from '../errors.ts';
import { connectionOf, type Reader } from './handle.ts';
import { contentHash } from './json.ts';
import type { Table } from './table.ts';

/** A table whose rows are inserted and read and never change: there is no verb to change one. */
export type FrozenTable<M extends Model> = Omit<Table<M>, 'update' | 'remove'>;

/** What every such row has: its own id, and a hash over its body, taken when it was published. */
interface Published {
  id: string;
  version: number;
  hash: string;
  body: unknown;
}

/**
 * Keeps rows of such a table in memory once they were read, and gives out the kept row, itself frozen, to everybody.
 * There are as many as somebody published, so none is ever dropped. A row that was read inside the transaction that
 * inserts it and then rolled back stays kept, and no other row can refer to it. Before a row is kept its body is held
 * against its hash: one that was changed behind the program's back is refused, whoever asks for it.
 */
export function frozen<M extends Model & Published>(of: Table<M>): FrozenTable<M> {
  type Row = Attributes<M>;
  const kept = new WeakMap<Sequelize, Map<string, Row>>();

  function keptOf(reader: Reader): Map<string, Row> {
    const known = kept.get(reader[connectionOf]) ?? new Map<string, Row>();
    kept.set(reader[connectionOf], known);
    return known;
  }

  function keep(reader: Reader, row: Row): Row {
    const known = keptOf(reader);
    const { id, hash, body, version } = row as Published;
    const before = known.get(id);
    if (before) return before;
    if (contentHash(body) !== hash) throw new Refusal('version_tampered', { table: of.name, id, version });
    known.set(id, deepFrozen(row));
    return row;
  }

  async function byIds(reader: Reader, ids: string[]): Promise<Row[]> {
    const known = keptOf(reader);
    const missing = ids.filter((id) => !known.has(id));
    if (missing.length > 0) {
      const where = { id: missing } as unknown as Parameters<Table<M>['find']>[1];
      for (const row of await of.find(reader, where)) keep(reader, row);
    }
    return [...new Set(ids)].flatMap((id) => known.get(id) ?? []);
  }

  async function find(...[reader, where, options]: Parameters<Table<M>['find']>): Promise<Row[]> {
    const ids = idsAlone(where);
    if (ids !== null && options === undefined) return byIds(reader, ids);
    return (await of.find(reader, where, options)).map((row) => keep(reader, row));
  }

  return {
    name: of.name,
    key: of.key,
    insert: (tx, row) => of.insert(tx, row),
    insertMany: (tx, rows) => of.insertMany(tx, rows),
    count: (reader, where) => of.count(reader, where),
    find,
    one: async (reader, where) =>
      (idsAlone(where) === null ? await find(reader, where, { limit: 1 }) : await find(reader, where))[0] ?? null,
  };
}

/** The ids, where the condition names nothing but ids. */
function idsAlone(where: object): string[] | null {
  const [[property, wanted] = [], ...more] = Object.entries(where) as [string, unknown][];
  if (property !== 'id' || more.length > 0) return null;
  const list: unknown[] = Array.isArray(wanted) ? wanted : [wanted];
  return list.every((id) => typeof id === 'string') ? list : null;
}

/** The value and everything in it, never to be changed. */
export function deepFrozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.values(value).forEach(deepFrozen);
  return Object.freeze(value);
}
