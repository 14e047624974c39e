import { isDate } from '../../../forms/language/dates.ts';

const DAY_MS = 86_400_000;
const two = (value: number | string) => String(value).padStart(2, '0');

/** `20260930`, `2026/9/30`, `2026年9月30日` → `2026-09-30`; null while it is not a real date. */
export function readDate(typed: string): string | null {
  const [year = '', month = '', day = ''] = /^\d{8}$/.test(typed)
    ? [typed.slice(0, 4), typed.slice(4, 6), typed.slice(6)]
    : typed.split(/\D+/);
  const date = `${year}-${two(month)}-${two(day)}`;
  return isDate(date) ? date : null;
}

export interface Month {
  year: number;
  month: number;
}

export function monthOf(date: string): Month {
  return { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)) };
}

export function shiftMonth({ year, month }: Month, by: number): Month {
  const count = year * 12 + (month - 1) + by;
  return { year: Math.floor(count / 12), month: (count % 12) + 1 };
}

/** The days of a month in weeks from Monday; null pads the first week. UTC is only arithmetic here. */
export function daysOf({ year, month }: Month): (string | null)[] {
  const first = Date.UTC(year, month - 1, 1);
  const count = (Date.UTC(year, month, 1) - first) / DAY_MS;
  const pad = (new Date(first).getUTCDay() + 6) % 7;
  return [
    ...Array.from({ length: pad }, () => null),
    ...Array.from({ length: count }, (_, index) => `${year}-${two(month)}-${two(index + 1)}`),
  ];
}
