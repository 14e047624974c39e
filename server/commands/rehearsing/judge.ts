import type { Dictionaries, Form, Problem } from '../../../forms/language/dialect.ts';
import { titleOf } from '../../../forms/language/names.ts';
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
  /** Submissions that do not pass the version they were handed in under either. */
  brokenBefore: number;
}

/** A form with the id its validator is kept under. */
export interface Version {
  id: string;
  form: Form;
}

/**
 * Hands every submission in once more, under the draft, with every field open and on the day it was handed in. One that
 * breaks is tried under its own version too: what broke before is not the draft's doing.
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
    const own = versions.get(one.versionId);
    if (own && placesBroken({ id: one.versionId, form: own }, one, dictionaries).length > 0) judged.brokenBefore += 1;
    else judged.broken.push({ caseId: one.caseId, docNo: one.docNo, places });
  }
  return judged;
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
      places.set(`${place} ${code}`, { path: place, title: titleOf(form, place), code });
    }
  };
  note(problems);
  // Both judges look at every value; the same fault in two words is one fault.
  if (places.size === 0) note(misshapen(id, form, dictionaries, kept, 'final'));
  return [...places.values()];
}
