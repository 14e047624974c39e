import type { Db } from './connection.ts';
import { cryptoOf, type Tx } from './handle.ts';
import { draftRows, submissionRows } from './models/submission.ts';
import { keysIn, resealData, type DataPlace, type StoredData } from './sealing.ts';
import type { RowOf } from './table.ts';
import { inTransaction } from './transaction.ts';

/** What one pass over everything that is sealed came to. */
export interface Resealed {
  /** Rows looked at. */
  rows: number;
  /** Rows that lie under the newest key now and did not before. */
  changed: number;
  /** Rows that still hold something under another key, by its id: that key was destroyed. */
  left: Map<string, number>;
}

interface Shelf<Row> {
  /** The rows behind this one, in the order of their key. */
  read: (after: Row | undefined) => Promise<Row[]>;
  /** Returns 0 where the row is no longer what was read. */
  write: (tx: Tx, row: Row, data: StoredData) => Promise<number>;
}

/**
 * Seals anew what does not lie under the newest key, a batch in each transaction. No hash changes. It may be stopped at
 * any time and started again: what is done is passed over.
 */
export async function resealAll(db: Db, batch = 200): Promise<Resealed> {
  const sum: Resealed = { rows: 0, changed: 0, left: new Map() };
  await resealShelf<RowOf<typeof submissionRows>>(db, sum, {
    read: (after) => submissionRows.find(db, {}, { order: [['id', 'asc']], limit: batch, after }),
    write: (tx, { id }, data) => submissionRows.update(tx, { id }, { data }),
  });
  await resealShelf<RowOf<typeof draftRows>>(db, sum, {
    read: (after) => {
      const order: ['caseId' | 'formKey' | 'taskKey', 'asc'][] = [
        ['caseId', 'asc'],
        ['formKey', 'asc'],
        ['taskKey', 'asc'],
      ];
      return draftRows.find(db, {}, { order, limit: batch, after });
    },
    // Saved meanwhile: that save was sealed under the newest key, and must not be written over.
    write: (tx, { caseId, formKey, taskKey, version }, data) =>
      draftRows.update(tx, { caseId, formKey, taskKey, version }, { data }),
  });
  return sum;
}

async function resealShelf<Row extends DataPlace & { data: StoredData }>(
  db: Db,
  sum: Resealed,
  { read, write }: Shelf<Row>,
): Promise<void> {
  for (let rows = await read(undefined); rows.length > 0; rows = await read(rows.at(-1))) {
    const found: { row: Row; data: StoredData }[] = [];
    for (const row of rows) {
      const data = await resealData(db[cryptoOf], row, row.data);
      if (data) found.push({ row, data });
      for (const key of keysIn(data ?? row.data)) {
        if (key !== db[cryptoOf].newestKey()) sum.left.set(key, (sum.left.get(key) ?? 0) + 1);
      }
    }
    sum.rows += rows.length;
    sum.changed += await inTransaction(db, async (tx) => {
      let written = 0;
      for (const { row, data } of found) written += await write(tx, row, data);
      return written;
    });
  }
}
