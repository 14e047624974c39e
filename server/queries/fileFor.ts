import { loadCasework, subjectOf } from '../db/casework.ts';
import type { Reader } from '../db/handle.ts';
import { cases, files, type FileRow } from '../db/tables.ts';
import { Refusal } from '../errors.ts';
import { envFor } from '../lifecycle/facts.ts';
import { can, type Person } from '../policies.ts';
import { formsFor } from './caseForms.ts';
import { caseSubject } from './caseSubject.ts';

/** The file, if this person may read it; else the same answer as for a file that does not exist. */
export const fileFor = async (reader: Reader, person: Person, fileId: string, now: number): Promise<FileRow> => {
  const file = await files.one(reader, { id: fileId, removedAt: null });
  if (!file) throw new Refusal('not_found');
  const subject = await caseSubject(reader, file.caseId);
  if (subject && can(person, 'readFile', { ...subject, handedIn: file.handedIn })) return file;
  if (file.handedIn && (await readsItElsewhere(reader, person, file, now))) return file;
  throw new Refusal('not_found');
};

/** A form that was carried over names attachments of the case it came from: who may read the one may read the other. */
async function readsItElsewhere(
  reader: Reader,
  person: Person,
  { id, caseId }: FileRow,
  now: number,
): Promise<boolean> {
  const home = await cases.one(reader, { id: caseId });
  const siblings = home ? await cases.find(reader, { projectId: home.projectId }) : [];
  for (const sibling of siblings.filter((one) => one.id !== caseId)) {
    const work = await loadCasework(reader, sibling.id);
    if (!work || !can(person, 'readCase', subjectOf(work))) continue;
    const shown = formsFor(work, person, envFor(work, person, now), {}, now);
    if (shown.some(({ view }) => JSON.stringify(view.data).includes(id))) return true;
  }
  return false;
}

/** Refuses before the first byte is read when this person may not add files to this case. */
export const refuseUnlessAddable = async (reader: Reader, person: Person, caseId: string): Promise<void> => {
  const subject = await caseSubject(reader, caseId);
  if (!subject || !can(person, 'readCase', subject)) throw new Refusal('not_found');
  if (!can(person, 'addFile', subject)) throw new Refusal('forbidden', { what: '在当前环节上传附件' });
};
