import {
  Op,
  QueryTypes,
  type Attributes,
  type CreationAttributes,
  type Model,
  type ModelAttributes,
  type ModelStatic,
  type Sequelize,
  type WhereOptions,
} from 'sequelize';
import type { Column } from './columns.ts';
import { connectionOf, on, type Reader, type Tx } from './handle.ts';
import { canonical } from './json.ts';
import { changedBy, rowsOf, Statement, type Cell } from './prepared.ts';

/** One column's condition: a value, a list of values (one of them), null, or a comparison. */
export type Condition<V> = V | null | readonly V[] | { lt?: V; lte?: V; gt?: V; gte?: V; not?: V | null };
export type Where<Row> = { [K in keyof Row]?: Condition<Row[K]> };
export type Order<Row> = [keyof Row & string, 'asc' | 'desc'][];

/** A row as a plain object: nothing on it can save itself. */
export type RowOf<T> = T extends Table<infer M> ? Attributes<M> : never;

/**
 * The only way to a table. Models stay private to their file, so a row can be written only through these verbs, and
 * each of them asks for the transaction first: a write without its transaction does not compile.
 */
export interface Table<M extends Model> {
  readonly name: string;
  /** Property names of the primary key. */
  readonly key: readonly string[];
  insert(tx: Tx, row: CreationAttributes<M>): Promise<void>;
  /** Many rows with one prepared statement per 200; columns left out are null. */
  insertMany(tx: Tx, rows: readonly CreationAttributes<M>[]): Promise<void>;
  /** Returns how many rows matched, changed or not. An empty `where` is refused. */
  update(tx: Tx, where: Where<Attributes<M>>, patch: Partial<Attributes<M>>): Promise<number>;
  /** Returns how many rows went. An empty `where` is refused. */
  remove(tx: Tx, where: Where<Attributes<M>>): Promise<number>;
  find(reader: Reader, where: Where<Attributes<M>>, options?: FindOptions<Attributes<M>>): Promise<Attributes<M>[]>;
  /** The row, or null. For conditions that name a unique key. */
  one(reader: Reader, where: Where<Attributes<M>>): Promise<Attributes<M> | null>;
  count(reader: Reader, where: Where<Attributes<M>>): Promise<number>;
}

export interface FindOptions<Row> {
  order?: Order<Row>;
  limit?: number;
  /** Continue behind this row: the values of all `order` columns, the last of which must be unique. */
  after?: Partial<Row>;
}

/** Columns must agree with the model: the same properties, the same kind of value, nullable where `null` is allowed. */
type ColumnsOf<M extends Model> = {
  [K in keyof Attributes<M> & string]-?: Column<
    Stored<NonNullable<Attributes<M>[K]>>,
    null extends Attributes<M>[K] ? true : false
  >;
};
type Stored<V> = [V] extends [string] ? string : V;

/** Longer lists are rare, and their length differs each time. */
const LONGEST_PREPARED_LIST = 20;

const defined = new Map<string, (sequelize: Sequelize) => void>();

/** Makes every table known to a connection. Models are classes of one connection, so each gets its own. */
export function defineTables(sequelize: Sequelize): void {
  for (const define of defined.values()) define(sequelize);
}

/** Declares a table: the model, its name, its columns by property name, and the primary key. */
export function table<M extends Model>(
  model: ModelStatic<M>,
  name: string,
  columns: ColumnsOf<M>,
  key: (keyof Attributes<M> & string)[],
): Table<M> {
  type Row = Attributes<M>;
  const columnList = Object.entries<Column>(columns);
  defined.set(name, (sequelize) => {
    const attributes: Record<string, object> = {};
    for (const [property, { type, nullable }] of columnList) {
      const primaryKey = key.includes(property);
      attributes[property] = { type, allowNull: nullable, field: snake(property), primaryKey };
    }
    const Own = class extends (model as ModelStatic<Model>) {};
    Own.init(attributes as ModelAttributes, { sequelize, tableName: name, modelName: name, timestamps: false });
  });
  const selected = `SELECT ${columnList.map(([property]) => `\`${snake(property)}\` AS \`${property}\``).join(', ')} FROM \`${name}\``;
  const modelOf = (reader: Reader) => reader[connectionOf].model(name);

  function columnOf(property: string): Column {
    if (!Object.hasOwn(columns, property)) throw new Error(`${name} has no column ${property}`);
    return (columns as Record<string, Column>)[property]!;
  }

  /** A value for this column, of the column's own type: MySQL would compare `'abc'` with 0 and find them equal. */
  function encode(property: string, value: unknown): Cell {
    const { kind, nullable } = columnOf(property);
    if (value === undefined || value === null) {
      if (!nullable) throw new Error(`${name}.${property} must not be null`);
      return null;
    }
    if (kind === 'json') return canonical(value);
    if (kind === 'flag' && typeof value === 'boolean') return value ? 1 : 0;
    if (kind === 'number' && Number.isSafeInteger(value)) return value as number;
    if (kind === 'text' && typeof value === 'string') return value;
    throw new TypeError(`${name}.${property} holds a ${kind}, not a ${typeof value}`);
  }

  /** A value to be stored; a condition may be longer than the column, it only finds nothing. */
  function encodeStored(property: string, value: unknown): Cell {
    const cell = encode(property, value);
    const { longest = Infinity } = columnOf(property);
    if (typeof cell === 'string' && cell.length > longest && [...cell].length > longest) {
      throw new RangeError(`${name}.${property} is longer than ${longest} characters`);
    }
    return cell;
  }

  function decode(row: object): Row {
    const raw = row as Record<string, unknown>;
    for (const [property, { kind }] of columnList) {
      const value = raw[property];
      if (value === null) continue;
      if (kind === 'json') raw[property] = JSON.parse(value as string);
      if (kind === 'flag') raw[property] = value === 1;
    }
    return raw;
  }

  function condition(property: string, wanted: unknown): unknown {
    if (wanted === undefined) throw new Error(`${name}.${property}: a condition is undefined`);
    if (wanted === null) return null;
    if (Array.isArray(wanted)) return { [Op.in]: wanted.map((value) => encode(property, value)) };
    if (typeof wanted !== 'object') return encode(property, wanted);
    return Object.fromEntries(
      Object.entries(wanted).map(([word, value]) => [
        comparison(word),
        value === null ? null : encode(property, value),
      ]),
    );
  }

  function conditions(where: Where<Row>): WhereOptions {
    return Object.fromEntries(
      Object.entries(where).map(([property, wanted]) => {
        if (columnOf(property).kind === 'json') throw new Error(`${name}.${property} is to be read, not searched`);
        return [property, condition(property, wanted)];
      }),
    );
  }

  function narrowed(where: Where<Row>): WhereOptions {
    if (Object.keys(where).length === 0) throw new Error(`${name}: a write needs a condition`);
    return conditions(where);
  }

  /**
   * The condition as prepared SQL, where it asks for values, short lists and nulls alone, as everything on the way of a
   * command does. Null for the rest, which is left to the model: a prepared text for every length of a list would fill
   * what the database keeps of them.
   */
  function plain(where: Where<Row>, statement: Statement): string | null {
    const parts = Object.entries(where).map(([property, wanted]) => {
      const column = `\`${snake(property)}\``;
      if (wanted === null) return `${column} IS NULL`;
      if (!Array.isArray(wanted)) {
        return typeof wanted === 'object' ? null : `${column} = ${statement.mark(encode(property, wanted))}`;
      }
      if (wanted.length > LONGEST_PREPARED_LIST) return null;
      return `${column} IN (${statement.marks(wanted.map((value) => encode(property, value)))})`;
    });
    if (parts.includes(null)) return null;
    return parts.length === 0 ? '' : ` WHERE ${parts.join(' AND ')}`;
  }

  /** `(a, b) behind (x, y)` spelled out, because not every engine uses an index for row comparison. */
  function behind(order: Order<Row>, after: Partial<Row>): WhereOptions {
    const arms = order.map(([property, direction], index) => {
      const equal = order.slice(0, index).map(([earlier]) => [earlier, encode(earlier, after[earlier])] as const);
      return {
        ...Object.fromEntries(equal),
        [property]: { [direction === 'asc' ? Op.gt : Op.lt]: encode(property, after[property]) },
      };
    });
    return { [Op.or]: arms };
  }

  const self: Table<M> = {
    name,
    key,
    insert: (tx, row) => self.insertMany(tx, [row]),
    async insertMany(tx, rows) {
      for (const row of rows) Object.keys(row).forEach(columnOf);
      const head = columnList.map(([property]) => `\`${snake(property)}\``).join(', ');
      for (let start = 0; start < rows.length; start += 200) {
        const bind: Cell[] = [];
        const tuples = rows.slice(start, start + 200).map((row) => {
          const marks = columnList.map(
            ([property]) => `$${bind.push(encodeStored(property, (row as Record<string, unknown>)[property]))}`,
          );
          return `(${marks.join(', ')})`;
        });
        const sql = `INSERT INTO \`${name}\` (${head}) VALUES ${tuples.join(', ')}`;
        await tx[connectionOf].query(sql, { bind, type: QueryTypes.INSERT, ...on(tx) });
      }
    },
    async update(tx, where, patch) {
      const values = Object.fromEntries(
        Object.entries(patch)
          .filter(([, value]) => value !== undefined)
          .map(([property, value]) => [property, encodeStored(property, value)]),
      );
      if (Object.keys(values).length === 0) throw new Error(`${name}: nothing to update`);
      const wanted = narrowed(where);
      const statement = Statement.writing();
      const assigned = Object.entries(values).map(
        ([property, value]) => `\`${snake(property)}\` = ${statement.mark(value)}`,
      );
      const text = plain(where, statement);
      if (text !== null) return changedBy(tx, `UPDATE \`${name}\` SET ${assigned.join(', ')}${text}`, statement);
      const [matched] = await modelOf(tx).update(values, { where: wanted, ...on(tx) });
      return matched;
    },
    remove: (tx, where) => modelOf(tx).destroy({ where: narrowed(where), ...on(tx) }),
    async find(reader, where, { order, limit, after } = {}) {
      if (limit !== undefined && !Number.isSafeInteger(limit)) throw new Error(`${name}: limit must be an integer`);
      order?.forEach(([property]) => columnOf(property));
      const wanted = conditions(where);
      // One of none: no row can match, so nobody is asked.
      if (Object.values(where).some((one) => Array.isArray(one) && one.length === 0)) return [];
      const statement = Statement.reading(reader);
      const text = after ? null : plain(where, statement);
      if (text !== null) {
        const rest = `${text}${ordered(order)}${limit === undefined ? '' : ` LIMIT ${limit}`}`;
        return (await rowsOf<object>(reader, `${selected}${rest}`, statement)).map(decode);
      }
      const all = [wanted, ...(after && order ? [behind(order, after)] : [])];
      const rows = await modelOf(reader).findAll({ where: { [Op.and]: all }, order, limit, raw: true, ...on(reader) });
      return rows.map(decode);
    },
    one: async (reader, where) => (await self.find(reader, where, { limit: 1 }))[0] ?? null,
    count: (reader, where) => modelOf(reader).count({ where: conditions(where), ...on(reader) }),
  };
  return self;
}

function ordered(order: [string, 'asc' | 'desc'][] = []): string {
  const columns = order.map(
    ([property, direction]) => `\`${snake(property)}\` ${direction === 'desc' ? 'DESC' : 'ASC'}`,
  );
  return columns.length === 0 ? '' : ` ORDER BY ${columns.join(', ')}`;
}

function comparison(word: string): symbol {
  const known: Record<string, symbol> = { lt: Op.lt, lte: Op.lte, gt: Op.gt, gte: Op.gte, not: Op.ne };
  if (!Object.hasOwn(known, word)) throw new Error(`Unknown comparison ${word}`);
  return known[word]!;
}

const snakes = new Map<string, string>();

/** `planYear` → `plan_year`: TypeScript speaks camelCase, tables snake_case. */
export function snake(property: string): string {
  let known = snakes.get(property);
  if (known === undefined) {
    known = property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    snakes.set(property, known);
  }
  return known;
}
