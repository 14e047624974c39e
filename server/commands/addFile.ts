import type { Db } from '../db/handle.ts';
import { cases, files } from '../db/tables.ts';
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

/**
 * Makes a stored file part of a case. The case is not locked and its version stays: an attachment means nothing until
 * a form that names it is saved, and that verb takes the lock. A case that ended meanwhile takes no more files.
 */
export function addFile(db: Db, person: Person, file: NewFile, now: number): Promise<void> {
  return inTransaction(db, async (tx) => {
    const work = await cases.one(tx, { id: file.caseId });
    if (!work) throw new Refusal('not_found');
    if (work.state === 'ended') throw new Refusal('case_ended');
    await files.insert(tx, {
      ...file,
      unitId: work.unitId,
      personId: person.id,
      noSecret: true,
      createdAt: now,
      removedAt: null,
    });
  });
}
