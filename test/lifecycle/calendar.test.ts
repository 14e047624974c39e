import { expect, test } from '@jest/globals';
import { dateInShanghai, daysHeld, endOfDayInShanghai } from '../../server/lifecycle/calendar.ts';

const shanghai = (text: string) => Date.parse(`${text}+08:00`);

test.each([
  ['2026-09-30T00:00:00', '2026-09-30'],
  ['2026-09-30T23:59:59.999', '2026-09-30'],
  ['2027-01-01T00:00:00', '2027-01-01'],
  ['2028-02-29T12:00:00', '2028-02-29'],
])('the date in Shanghai at %s', (at, date) => {
  expect(dateInShanghai(shanghai(at))).toBe(date);
});

test('the end of a day, at the end of a month and of a year', () => {
  expect(endOfDayInShanghai(2026, 9, 30)).toBe(shanghai('2026-09-30T23:59:59.999'));
  expect(endOfDayInShanghai(2026, 12, 31)).toBe(shanghai('2026-12-31T23:59:59.999'));
});

test.each([
  ['the same day', '2026-09-01T00:00:00', '2026-09-01T23:59:59', 0],
  ['one minute over midnight', '2026-09-01T23:59:00', '2026-09-02T00:00:00', 1],
  ['a morning and a night', '2026-09-01T01:00:00', '2026-09-03T23:00:00', 2],
  ['a clock that ran ahead', '2026-09-02T09:00:00', '2026-09-01T09:00:00', 0],
])('days held: %s', (_case, since, now, days) => {
  expect(daysHeld(shanghai(since), shanghai(now))).toBe(days);
});
