import type { Attributes, CreationAttributes, Model } from 'sequelize';
import type { Data, Form } from '../../forms/language/dialect.ts';
import { cryptoOf, type Reader, type Tx } from './handle.ts';
import { openData, sealData, storedHash, type DataPlace, type StoredData } from './sealing.ts';
import type { FindOptions, Table, Where } from './table.ts';

/** A row that holds what somebody filled in. */
type Holder = Model & DataPlace & { data: StoredData };

/** The row as everybody but this room sees it: opened. */
export type OpenedRow<M extends Holder> = Omit<Attributes<M>, 'data'> & {
  data: Data;
  /** Paths in `data` that were sealed under a key since destroyed. They read as null. */
  lost: readonly string[];
};

type Open<Row> = Omit<Row, 'data' | 'hash'> & { data: Data };

/**
 * The only way to a table that holds form data: its verbs take plain data and the form it was filled in, and store every
 * sensitive value sealed; what they read is opened. Where the table has a `hash`, it is taken here, over what is stored.
 */
export interface SealedTable<M extends Holder> extends Pick<Table<M>, 'name' | 'key' | 'remove' | 'count'> {
  insert(tx: Tx, form: Form, row: Open<CreationAttributes<M>>): Promise<void>;
  /** The condition names the case and the form: a sealed value belongs to its place. */
  update(
    tx: Tx,
    form: Form,
    where: DataPlace & Where<Attributes<M>>,
    patch: Omit<Partial<Attributes<M>>, 'data'> & { data: Data },
  ): Promise<number>;
  /** Changes what stands beside the data. */
  amend(tx: Tx, where: Where<Attributes<M>>, patch: Omit<Partial<Attributes<M>>, 'data' | 'hash'>): Promise<number>;
  find(reader: Reader, where: Where<Attributes<M>>, options?: FindOptions<Attributes<M>>): Promise<OpenedRow<M>[]>;
  one(reader: Reader, where: Where<Attributes<M>>): Promise<OpenedRow<M> | null>;
}

export function sealed<M extends Holder>(of: Table<M>, { hashed }: { hashed: boolean }): SealedTable<M> {
  const opened = async (reader: Reader, row: Attributes<M>): Promise<OpenedRow<M>> => {
    const { caseId, formKey, data } = row as unknown as DataPlace & { data: Data };
    return { ...row, ...(await openData(reader[cryptoOf], { caseId, formKey }, data)) };
  };
  const self: SealedTable<M> = {
    name: of.name,
    key: of.key,
    remove: (tx, where) => of.remove(tx, where),
    count: (reader, where) => of.count(reader, where),
    async insert(tx, form, row) {
      const { caseId, formKey, data } = row as unknown as DataPlace & { data: Data };
      const stored = await sealData(tx[cryptoOf], form, { caseId, formKey }, data);
      const whole = { ...row, data: stored, ...(hashed ? { hash: storedHash(stored) } : {}) };
      await of.insert(tx, whole as unknown as CreationAttributes<M>);
    },
    async update(tx, form, where, { data, ...patch }) {
      const { caseId, formKey } = where as DataPlace;
      const stored = await sealData(tx[cryptoOf], form, { caseId, formKey }, data);
      return of.update(tx, where, { ...patch, data: stored });
    },
    amend: (tx, where, patch) => of.update(tx, where, patch as Partial<Attributes<M>>),
    find: async (reader, where, options) =>
      Promise.all((await of.find(reader, where, options)).map((row) => opened(reader, row))),
    one: async (reader, where) => (await self.find(reader, where, { limit: 1 }))[0] ?? null,
  };
  return self;
}
