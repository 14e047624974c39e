/** Working days, on a calendar that is an argument: nothing here knows a year by itself. */
import { isDate, plusDays, weekdayOf } from './dates.ts';
import type { Json } from './dialect.ts';

/** A working-day calendar: weekends are off except make-up days; years it says nothing about are unknown. */
interface Calendar {
  years: number[];
  /** Holidays that fall on working days. */
  off: string[];
  /** Days worked although they are a Saturday or Sunday. */
  on: string[];
}

/** Most steps walked: some ten years. */
const FARTHEST = 4000;

/** The day that lies this many working days after `from`; null where the calendar does not reach. */
export function plusWorkdays(from: Json | undefined, count: Json | undefined, days: Json | undefined): string | null {
  const calendar = calendarIn(days);
  if (!calendar || !isDate(from) || typeof count !== 'number' || !Number.isInteger(count) || count < 0) return null;
  let day: string | null = from;
  let left = count;
  for (let step = 0; left > 0 && day !== null && step < FARTHEST; step += 1) {
    day = plusDays(day, 1);
    const works: boolean | null = day === null ? null : isWorkday(day, calendar);
    if (works === null) return null;
    if (works) left -= 1;
  }
  return left === 0 ? day : null;
}

/** Working days after `first` up to and with `last`; negative when `last` is earlier; null where the calendar does not reach. */
export function workdaysBetween(
  first: Json | undefined,
  last: Json | undefined,
  days: Json | undefined,
): number | null {
  if (!isDate(first) || !isDate(last)) return null;
  if (last < first) {
    const back = workdaysBetween(last, first, days);
    return back === null || back === 0 ? back : -back;
  }
  const calendar = calendarIn(days);
  if (!calendar) return null;
  let count = 0;
  let day: string = first;
  for (let step = 0; day < last; step += 1) {
    const next = plusDays(day, 1);
    const works = next === null || step > FARTHEST ? null : isWorkday(next, calendar);
    if (next === null || works === null) return null;
    day = next;
    if (works) count += 1;
  }
  return count;
}

function isWorkday(day: string, { years, off, on }: Calendar): boolean | null {
  if (years.indexOf(Number(day.slice(0, 4))) < 0) return null;
  if (on.indexOf(day) >= 0) return true;
  const weekday = weekdayOf(day);
  return weekday !== 0 && weekday !== 6 && off.indexOf(day) < 0;
}

function calendarIn(found: Json | undefined): Calendar | null {
  if (found === null || found === undefined || typeof found !== 'object' || Array.isArray(found)) return null;
  const { years, off, on } = found;
  const whole = Array.isArray(years) && Array.isArray(off) && Array.isArray(on);
  return whole ? { years: years as number[], off: off as string[], on: on as string[] } : null;
}
