/** Calendar dates as text, `YYYY-MM-DD`. No clock and no time zone: a date is a date, counted as if at Greenwich. */

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

const DAY_MS = 86_400_000;

/** Whole days from the first date to the second; negative when that lies before. Null when either is no date. */
export function daysBetween(first: unknown, second: unknown): number | null {
  return isDate(first) && isDate(second) ? (Date.parse(second) - Date.parse(first)) / DAY_MS : null;
}

/** The date this many days later; null when it is no date, or beyond the years that are written with four digits. */
export function plusDays(date: unknown, days: unknown): string | null {
  if (!isDate(date) || typeof days !== 'number' || !Number.isInteger(days)) return null;
  return dateOf(Date.parse(date) + days * DAY_MS);
}

/** The same day this many months later, or the month's last where it is shorter: 2027-01-31 plus 1 is 2027-02-28. */
export function plusMonths(date: unknown, months: unknown): string | null {
  if (!isDate(date) || typeof months !== 'number' || !Number.isInteger(months)) return null;
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return dateOf(Date.UTC(year, month - 1 + months, Math.min(day, last)));
}

/** 0 is Sunday. */
export function weekdayOf(date: string): number {
  return new Date(Date.parse(date)).getUTCDay();
}

function dateOf(moment: number): string | null {
  if (Number.isNaN(new Date(moment).getTime())) return null;
  const text = new Date(moment).toISOString().slice(0, 10);
  return isDate(text) ? text : null;
}

const WEEKDAYS = ['日', '一', '二', '三', '四', '五', '六'];

/** `2026-09-30 周三`; text that is no date is returned as it is. */
export function withWeekday(date: string): string {
  if (!isDate(date)) return date;
  return `${date} 周${WEEKDAYS[weekdayOf(date)] ?? ''}`;
}
