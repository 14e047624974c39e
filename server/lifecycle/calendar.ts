const DAY = 86_400_000;
/** Asia/Shanghai has kept UTC+8 without summer time since 1991, so no time-zone table is needed. */
const SHANGHAI = 8 * 3_600_000;

/** The calendar date in Shanghai, `YYYY-MM-DD`. */
export function dateInShanghai(instant: number): string {
  return new Date(instant + SHANGHAI).toISOString().slice(0, 10);
}

/** The last millisecond of a Shanghai calendar day. */
export function endOfDayInShanghai(year: number, month: number, day: number): number {
  return Date.UTC(year, month - 1, day + 1) - SHANGHAI - 1;
}

/** For how many days someone has held a task: midnights passed in Shanghai, 0 on the day it arrived. */
export function daysHeld(since: number, now: number): number {
  const dayOf = (instant: number) => Math.floor((instant + SHANGHAI) / DAY);
  return Math.max(0, dayOf(now) - dayOf(since));
}
