import type { Reader } from '../db/handle.ts';
import { files, type FileRow } from '../db/tables.ts';
import { Refusal } from '../errors.ts';
import { can, type Person } from '../policies.ts';
import { caseSubject } from './caseSubject.ts';

/** The file, if this person may read it; else the same answer as for a file that does not exist. */
export const fileFor = async (reader: Reader, person: Person, fileId: string): Promise<FileRow> => {
  const file = await files.one(reader, { id: fileId, removedAt: null });
  const subject = file && (await caseSubject(reader, file.caseId));
  if (!file || !subject || !can(person, 'readFile', { ...subject, handedIn: file.handedIn }))
    throw new Refusal('not_found');
  return file;
};

/** Refuses before the first byte is read when this person may not add files to this case. */
export const refuseUnlessAddable = async (reader: Reader, person: Person, caseId: string): Promise<void> => {
  const subject = await caseSubject(reader, caseId);
  if (!subject || !can(person, 'readCase', subject)) throw new Refusal('not_found');
  if (!can(person, 'addFile', subject)) throw new Refusal('forbidden', { what: '在当前环节上传附件' });
};
