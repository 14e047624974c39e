import type { Dictionaries, Form, Problem } from '../../../forms/language/dialect.ts';
import { titleOf } from '../../../forms/language/names.ts';
import { columnsOf, outlineOf } from '../../../forms/language/outline.ts';
import { align } from '../../../forms/language/rowsFrom.ts';
import { compute, finished } from '../../../forms/language/submission.ts';
import { misshapen } from '../../validate.ts';
import type { PastSubmission } from './past.ts';

/** A field or column at which a submission breaks, and how; no row and no value. */
export interface BrokenPlace {
  path: string;
  title: string;
  code: string;
}

/** What a batch of submissions came to. */
export interface Judged {
  broken: { caseId: string; docNo: string | null; places: BrokenPlace[] }[];
  /** Submissions that break nowhere but where they break the version they were handed in under as well. */
  brokenBefore: number;
}

/** A form with the id its validator is kept under. */
export interface Version {
  id: string;
  form: Form;
}

/**
 * Hands every submission in once more, under the draft, with every field open and on the day it was handed in. One that
 * breaks is tried under its own version too: a place that broke before is not the draft's doing.
 */
export function judgePast(
  draft: Version,
  versions: ReadonlyMap<string, Form>,
  past: PastSubmission[],
  dictionaries: Dictionaries,
): Judged {
  const judged: Judged = { broken: [], brokenBefore: 0 };
  for (const one of past) {
    const places = placesBroken(draft, one, dictionaries);
    if (places.length === 0) continue;
    const before = brokenBefore(places, versions.get(one.versionId), one, dictionaries);
    const left = places.filter((place) => !before.has(nameOf(place)));
    if (left.length === 0) judged.brokenBefore += 1;
    else judged.broken.push({ caseId: one.caseId, docNo: one.docNo, places: left });
  }
  return judged;
}

const nameOf = ({ path, code }: BrokenPlace): string => `${path} ${code}`;

/** The places that break in the submission's own version too; it need not be asked about what it does not have. */
function brokenBefore(
  places: BrokenPlace[],
  own: Form | undefined,
  past: PastSubmission,
  dictionaries: Dictionaries,
): Set<string> {
  if (!own || !places.some(({ path }) => hasPlace(own, path))) return new Set();
  return new Set(placesBroken({ id: past.versionId, form: own }, past, dictionaries).map(nameOf));
}

function hasPlace(form: Form, path: string): boolean {
  const [key = '', column] = path.split('.');
  const field = outlineOf(form).byKey.get(key)?.field;
  return field !== undefined && (column === undefined || columnsOf(field).some(([name]) => name === column));
}

function placesBroken(
  { id, form }: Version,
  { data, others, env }: PastSubmission,
  dictionaries: Dictionaries,
): BrokenPlace[] {
  const ctx = { env, rights: { '*': 'edit' as const }, dictionaries };
  const { data: kept, problems } = finished(form, compute(form, align(form, data, others), ctx), ctx);
  const places = new Map<string, BrokenPlace>();
  const note = (found: Problem[]): void => {
    for (const { path, code } of found.filter(({ level }) => level === 'block')) {
      const [key = '', row, column] = path.split('.');
      const place = row !== undefined && column !== undefined && /^\d+$/.test(row) ? `${key}.${column}` : path;
      places.set(nameOf({ path: place, title: '', code }), { path: place, title: titleOf(form, place), code });
    }
  };
  note(problems);
  // Both judges look at every value; the same fault in two words is one fault.
  if (places.size === 0) note(misshapen(id, form, dictionaries, kept, 'final'));
  return [...places.values()];
}
