import { describe, expect, test } from '@jest/globals';
import { daysOf, monthOf, readDate, shiftMonth } from '../../miniapp/src/fields/dates.ts';

test.each([
  ['20260930', '2026-09-30'],
  ['2026-9-3', '2026-09-03'],
  ['2026/9/30', '2026-09-30'],
  ['2026.09.30', '2026-09-30'],
  ['2026年9月30日', '2026-09-30'],
  ['2028-02-29', '2028-02-29'],
  ['2027-02-29', null],
  ['2026-13-01', null],
  ['2026-09-31', null],
  ['202609', null],
  ['2026年9月', null],
  ['26-9-30', null],
  ['明天', null],
  ['', null],
])('%s typed as a date is %s', (typed, date) => {
  expect(readDate(typed)).toBe(date);
});

describe('the calendar', () => {
  test('knows the month of a date', () => {
    expect(monthOf('2026-09-30')).toEqual({ year: 2026, month: 9 });
  });

  test.each([
    [12, 1, { year: 2027, month: 1 }],
    [1, -1, { year: 2025, month: 12 }],
    [9, 0, { year: 2026, month: 9 }],
    [3, 24, { year: 2028, month: 3 }],
    [3, -27, { year: 2023, month: 12 }],
  ])('from month %d of 2026, %d months on', (month, by, shifted) => {
    expect(shiftMonth({ year: 2026, month }, by)).toEqual(shifted);
  });

  test.each([
    // The first of the month is a Tuesday, a Monday, a Sunday.
    [2026, 9, 1, 30],
    [2026, 6, 0, 30],
    [2026, 11, 6, 30],
    [2026, 12, 1, 31],
    [2028, 2, 1, 29],
    [2027, 2, 0, 28],
  ])('%d-%d begins after %d empty days and has %d', (year, month, empty, count) => {
    const days = daysOf({ year, month });
    const first = `${year}-${String(month).padStart(2, '0')}`;
    expect(days.findIndex((day) => day !== null)).toBe(empty);
    expect(days[empty]).toBe(`${first}-01`);
    expect(days.slice(empty)).toHaveLength(count);
    expect(days.at(-1)).toBe(`${first}-${count}`);
    expect(days.slice(empty).every((day) => day !== null && readDate(day) === day)).toBe(true);
  });
});
