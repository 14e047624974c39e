import { holdCase } from '../db/claim.ts';
import type { Db } from '../db/connection.ts';
import { cases, drafts, files, type FileRow } from '../db/tables.ts';
import { inTransaction, type Tx } from '../db/transaction.ts';
import type { FileStore } from '../integrations/files/store.ts';

/** Longer than anybody leaves an upload lying beside the form it belongs to. */
const UPLOADS_KEPT_MS = 7 * 86_400_000;

export interface CleaningDeps {
  db: Db;
  store: Pick<FileStore, 'remove'>;
}

/**
 * Removes uploads that no form handed in and no draft names. A row is marked first, then its bytes go, then the row: a
 * worker that stops in between finds the mark next time. Returns how many rows went.
 */
export async function cleanUploads({ db, store }: CleaningDeps, now: number, signal: AbortSignal): Promise<number> {
  const stale = { handedIn: false, removedAt: null, createdAt: { lt: now - UPLOADS_KEPT_MS } };
  for (const file of await files.find(db, stale)) {
    if (signal.aborted) return 0;
    await inTransaction(db, (tx) => mark(tx, file, now));
  }
  let gone = 0;
  for (const { id } of await files.find(db, { handedIn: false, removedAt: { not: null } })) {
    if (signal.aborted) break;
    await store.remove(id);
    gone += await inTransaction(db, (tx) => files.remove(tx, { id, removedAt: { not: null } }));
  }
  return gone;
}

/** Under the case's lock, so that nobody saves a draft meanwhile; a form handed in meanwhile keeps its attachment. */
async function mark(tx: Tx, { id, caseId }: FileRow, now: number): Promise<void> {
  const row = await holdCase(tx, caseId);
  if (!row) return;
  const siblings = await cases.find(tx, { projectId: row.projectId });
  const writing = await drafts.find(tx, { caseId: siblings.map((sibling) => sibling.id) });
  if (writing.some(({ data }) => JSON.stringify(data).includes(id))) return;
  await files.update(tx, { id, handedIn: false, removedAt: null }, { removedAt: now });
}
