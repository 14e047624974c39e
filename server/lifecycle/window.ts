import { dateInShanghai, endOfDayInShanghai } from './calendar.ts';

/** How many coming plan years may be declared for at a time. */
const YEARS_OPEN = 2;

/** The last instant at which a declaration for this plan year may leave the unit: 30 September of the year before. */
export function declarationDeadline(planYear: number): number {
  return endOfDayInShanghai(planYear - 1, 9, 30);
}

/** The plan years open now, nearest first: those whose deadline has not passed. */
export function planYears(now: number): number[] {
  const thisYear = Number(dateInShanghai(now).slice(0, 4));
  const first = now <= declarationDeadline(thisYear + 1) ? thisYear + 1 : thisYear + 2;
  return Array.from({ length: YEARS_OPEN }, (_, index) => first + index);
}
