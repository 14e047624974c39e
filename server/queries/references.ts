import type { Reader } from '../db/handle.ts';
import { namedIn, type Applicant } from '../db/named.ts';
import { cases } from '../db/tables.ts';
import { Refusal } from '../errors.ts';
import { can, type Person } from '../policies.ts';
import { caseSubject } from './caseSubject.ts';

const MOST = 50;

/**
 * What a reference field may lead to, for whoever fills in: in a case what its applicant may name, else what one's own
 * unit may.
 */
export async function references(
  reader: Reader,
  person: Person,
  source: string,
  { q = '', case: caseId }: { q?: string | undefined; case?: string | undefined },
) {
  const found = await namedIn(reader, source, await applicantFor(reader, person, caseId));
  if (!found) throw new Refusal('not_found');
  const wanted = q.trim().toLowerCase();
  const fits = (text: string | null) => text?.toLowerCase().includes(wanted) ?? false;
  return { items: found.filter(({ label, note }) => fits(label) || fits(note)).slice(0, MOST) };
}

async function applicantFor(reader: Reader, person: Person, caseId: string | undefined): Promise<Applicant | null> {
  const { unitId } = person;
  if (caseId === undefined) return can(person, 'citeProject', { unitId }) ? { unitId, projectId: null } : null;
  const row = await cases.one(reader, { id: caseId });
  const subject = await caseSubject(reader, caseId);
  if (!row || !subject || !can(person, 'citeFor', subject)) throw new Refusal('not_found');
  return { unitId: row.unitId, projectId: row.projectId };
}
