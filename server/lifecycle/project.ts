import type { Data, Json } from '../../forms/language/dialect.ts';

/** What a project takes over from its declaration, so that lists and gates need not open the form. */
export interface ProjectFacts {
  title: string | null;
  planYear: number | null;
  /** Fen. */
  totalInvest: number | null;
  kind: string | null;
}

/** Recorded with every declaration until the register can be searched for duplicates: a person has to look. */
export const DUPLICATES_UNCHECKED = '未查重·待人工';

/** Reads them from the declaration's data; what has not been filled in is null. */
export function projectFacts(declaration: Data): ProjectFacts {
  return {
    title: text(declaration['projectName']),
    planYear: whole(declaration['planYear']),
    totalInvest: whole(declaration['totalInvest']),
    kind: text(declaration['projectKind']),
  };
}

/**
 * What makes two projects of one applicant and plan year bear the same name: blanks and full-width forms do not tell
 * them apart. Null while something is missing.
 */
export function titleKey(unitId: string, { title, planYear }: ProjectFacts): string | null {
  if (title === null || planYear === null) return null;
  const bare = title.normalize('NFKC').replace(/\s+/gu, '').toLowerCase();
  return `${unitId}|${planYear}|${bare}`;
}

function text(found: Json | undefined): string | null {
  return typeof found === 'string' && found.trim() !== '' ? found.trim() : null;
}

function whole(found: Json | undefined): number | null {
  return typeof found === 'number' && Number.isSafeInteger(found) ? found : null;
}
