import { holdCase } from '../db/claim.ts';
import type { Db } from '../db/handle.ts';
import { files } from '../db/tables.ts';
import { inTransaction } from '../db/transaction.ts';
import { Refusal } from '../errors.ts';
import type { Person } from '../policies.ts';

export interface NewFile {
  id: string;
  caseId: string;
  name: string;
  size: number;
  sha256: string;
  mime: string;
}

/** Far more than any stage asks for, and little enough that nobody fills the disk through one case. */
const MOST_FILES = 60;

/**
 * Makes a stored file part of a case. The case is held but its version stays: an attachment means nothing until a form
 * that names it is saved. A case that ended meanwhile takes no more files, nor does one that has its fill of them.
 */
export function addFile(db: Db, person: Person, file: NewFile, now: number): Promise<void> {
  return inTransaction(db, async (tx) => {
    const work = await holdCase(tx, file.caseId);
    if (!work) throw new Refusal('not_found');
    if (work.state === 'ended') throw new Refusal('case_ended');
    const present = await files.count(tx, { caseId: file.caseId, removedAt: null });
    if (present >= MOST_FILES) throw new Refusal('too_many_files', { limit: MOST_FILES });
    await files.insert(tx, {
      ...file,
      unitId: work.unitId,
      personId: person.id,
      noSecret: true,
      handedIn: false,
      createdAt: now,
      removedAt: null,
    });
  });
}
