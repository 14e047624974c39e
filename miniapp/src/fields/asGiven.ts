import { isEmpty } from '../../../forms/language/components.ts';
import type { Data, Field } from '../../../forms/language/dialect.ts';
import { columnsOf } from '../../../forms/language/outline.ts';
import { givenColumns } from './questions.ts';

/** The sum each line brings, the one asked for in return, and what others propose for it. */
export interface AsGiven {
  given: string;
  answer: string;
  proposals: string[];
  /** Of the sum each line brings. */
  title: string;
}

/** Null unless one sum is given and one is asked for: then there is nothing to be taken over as it is. */
export function asGiven(field: Field, isOwn: (key: string) => boolean): AsGiven | null {
  const given = givenColumns(field);
  const sums = columnsOf(field).filter(([, cell]) => cell['x-component'] === 'Money');
  const [source, ...moreSources] = sums.filter(([key]) => given.has(key));
  const asked = sums.filter(([key]) => !given.has(key));
  const [answer, ...moreAnswers] = asked.filter(([key]) => isOwn(key));
  if (!source || !answer || moreSources.length > 0 || moreAnswers.length > 0) return null;
  const proposals = asked.map(([key]) => key).filter((key) => key !== answer[0]);
  return { given: source[0], answer: answer[0], proposals, title: source[1].title };
}

/**
 * Lines without an answer, by their place: those to be taken as they are, and those for which somebody proposed another
 * sum, which wait for a decision.
 */
export function openLines(
  rows: Data[],
  { given, answer, proposals }: AsGiven,
): { plain: number[]; proposed: number[] } {
  const open = rows.flatMap((row, at) => (isEmpty(row[answer]) && !isEmpty(row[given]) ? [at] : []));
  const isProposed = (at: number) =>
    proposals.some((key) => !isEmpty(rows[at]?.[key]) && rows[at]?.[key] !== rows[at]?.[given]);
  return { plain: open.filter((at) => !isProposed(at)), proposed: open.filter(isProposed) };
}
