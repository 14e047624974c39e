import type { Attributes, Model, Sequelize } from 'sequelize';
import { connectionOf, type Reader } from './handle.ts';
import type { Table } from './table.ts';

/** A table whose rows are inserted and read and never change: there is no verb to change one. */
export type FrozenTable<M extends Model> = Omit<Table<M>, 'update' | 'remove'>;

/**
 * Keeps rows of such a table in memory once they were read by their id, and gives out the kept row, itself frozen, to
 * everybody. There are as many as somebody published, so none is ever dropped. A row that was read inside the
 * transaction that inserts it and then rolled back stays kept, and no other row can refer to it.
 */
export function frozen<M extends Model & { id: string }>(of: Table<M>): FrozenTable<M> {
  type Row = Attributes<M>;
  const kept = new WeakMap<Sequelize, Map<string, Row>>();

  function keptOf(reader: Reader): Map<string, Row> {
    const known = kept.get(reader[connectionOf]) ?? new Map<string, Row>();
    kept.set(reader[connectionOf], known);
    return known;
  }

  async function byIds(reader: Reader, ids: string[]): Promise<Row[]> {
    const known = keptOf(reader);
    const missing = ids.filter((id) => !known.has(id));
    if (missing.length > 0) {
      const where = { id: missing } as unknown as Parameters<Table<M>['find']>[1];
      for (const row of await of.find(reader, where)) known.set((row as { id: string }).id, deepFrozen(row));
    }
    return [...new Set(ids)].flatMap((id) => known.get(id) ?? []);
  }

  return {
    name: of.name,
    key: of.key,
    insert: (tx, row) => of.insert(tx, row),
    insertMany: (tx, rows) => of.insertMany(tx, rows),
    count: (reader, where) => of.count(reader, where),
    async find(reader, where, options) {
      const ids = idsAlone(where);
      return ids === null || options !== undefined ? of.find(reader, where, options) : byIds(reader, ids);
    },
    one: async (reader, where) => {
      const ids = idsAlone(where);
      return ids === null ? of.one(reader, where) : ((await byIds(reader, ids))[0] ?? null);
    },
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
