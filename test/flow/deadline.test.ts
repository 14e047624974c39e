import { expect, test } from '@jest/globals';
import { dueAt } from '../../server/flow/deadline.ts';

const shanghai = (text: string) => Date.parse(`${text}+08:00`);

test.each([
  ['in the morning', '2026-09-01T09:00:00', 3, '2026-09-04T23:59:59.999'],
  ['just before midnight', '2026-09-01T23:59:59', 1, '2026-09-02T23:59:59.999'],
  ['just after midnight, still the day before in UTC', '2026-09-02T00:00:00', 1, '2026-09-03T23:59:59.999'],
  ['across the year', '2026-12-31T12:00:00', 1, '2027-01-01T23:59:59.999'],
])('a task opened %s is due at the end of its last day in Shanghai', (_when, opened, days, due) => {
  expect(dueAt({ days }, shanghai(opened))).toBe(shanghai(due));
});

test('a step without a clock is never due', () => {
  expect(dueAt({}, 0)).toBeNull();
});
