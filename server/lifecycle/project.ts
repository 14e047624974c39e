import type { Data, Json } from '../../forms/language/dialect.ts';
import type { Stage } from '../../forms/language/stage.ts';
import { isBlank, seenOf } from '../../forms/language/text.ts';

/** What a project takes over from a form of its stage, so that lists and gates need not open it. */
export interface ProjectFacts {
  title: string | null;
  planYear: number | null;
  /** Fen. */
  totalInvest: number | null;
  kind: string | null;
}

/**
 * Reads them where the stage says they stand, from the data of its forms by key; what has not been filled in is null.
 * Null as a whole where the stage tells nothing about its project.
 */
export function projectFacts({ facts }: Pick<Stage, 'facts'>, data: Record<string, Data>): ProjectFacts | null {
  if (!facts) return null;
  const filled = data[facts.form] ?? {};
  return {
    title: text(filled[facts.title]),
    planYear: whole(filled[facts.planYear]),
    totalInvest: whole(filled[facts.totalInvest]),
    kind: text(filled[facts.kind]),
  };
}

/** Normalising may unfold one character into many; a name this long is no name any more. */
const LONGEST_KEY = 300;

/**
 * What makes two projects of one applicant and plan year bear the same name: blanks, full-width forms and characters
 * nobody sees do not tell them apart. Null while something is missing.
 */
export function titleKey(unitId: string, { title, planYear }: ProjectFacts): string | null {
  if (title === null || planYear === null) return null;
  const bare = Array.from(seenOf(title.normalize('NFKC')).replace(/\s+/gu, '').toLowerCase());
  return `${unitId}|${planYear}|${bare.slice(0, LONGEST_KEY).join('')}`;
}

function text(found: Json | undefined): string | null {
  return typeof found === 'string' && !isBlank(found) ? found.trim() : null;
}

function whole(found: Json | undefined): number | null {
  return typeof found === 'number' && Number.isSafeInteger(found) ? found : null;
}
