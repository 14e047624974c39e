/** Calendar dates as text, `YYYY-MM-DD`. No clock and no time zone: a date is a date. */

/** Every real calendar day, leap years included, in a pattern that RE2 and the `u` flag accept. */
export const DATE_PATTERN =
  '^(?:\\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)|02-(?:0[1-9]|1\\d|2[0-8]))' +
  '|(?:\\d{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)$';

const DATE = new RegExp(DATE_PATTERN);

/** Whether the value is a day that exists. */
export function isDate(value: unknown): value is string {
  return typeof value === 'string' && DATE.test(value);
}

/** The year of a date, or null. */
export function yearOf(value: unknown): number | null {
  return isDate(value) ? Number(value.slice(0, 4)) : null;
}

/**
 * Months from the first to the last day, both counted, a begun month counted whole:
 * 2027-01-01 to 2027-12-31 is 12. Null when either is no date or the last day lies before the first.
 */
export function monthsBetween(first: unknown, last: unknown): number | null {
  if (!isDate(first) || !isDate(last) || last < first) return null;
  const part = (date: string, from: number, to: number): number => Number(date.slice(from, to));
  const months = (part(last, 0, 4) - part(first, 0, 4)) * 12 + part(last, 5, 7) - part(first, 5, 7);
  return part(last, 8, 10) >= part(first, 8, 10) ? months + 1 : months;
}

const WEEKDAYS = ['日', '一', '二', '三', '四', '五', '六'];

/** `2026-09-30 周三`; text that is no date is returned as it is. */
export function withWeekday(date: string): string {
  if (!isDate(date)) return date;
  const day = new Date(`${date}T00:00:00Z`).getUTCDay();
  return `${date} 周${WEEKDAYS[day] ?? ''}`;
}
