import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { articleName, articleNo, clockOf, dayOf, daysText, momentOf } from '../../miniapp/src/format.ts';

/** An instant as Beijing's clocks show it. */
const beijing = (text: string) => Date.parse(`${text}+08:00`);

/** What a date says of the phone's own zone and language. */
const LOCAL = /^(get|set)(?!UTC|Time$)|^to(Locale\w*|\w*String)$/;
const NEUTRAL = ['toISOString', 'toUTCString'];

const { Intl } = globalThis;
beforeAll(() => {
  Reflect.deleteProperty(globalThis, 'Intl');
  for (const name of Object.getOwnPropertyNames(Date.prototype)) {
    if (!LOCAL.test(name) || NEUTRAL.includes(name)) continue;
    jest.spyOn(Date.prototype, name as 'getHours').mockImplementation(() => {
      throw new Error(`Date.${name} depends on the phone`);
    });
  }
});
afterAll(() => {
  jest.restoreAllMocks();
  globalThis.Intl = Intl;
});

describe('Beijing time, without asking the phone where it is, and without Intl', () => {
  test('days and clocks', () => {
    expect(() => new Date().getHours()).toThrow('depends on the phone');
    expect(dayOf(beijing('2026-09-30T23:59:59'))).toBe('2026-09-30 周三');
    expect(dayOf(beijing('2026-10-01T00:00:00'))).toBe('2026-10-01 周四');
    expect(dayOf(beijing('2026-10-04T07:59:59'))).toBe('2026-10-04 周日');
    expect(clockOf(beijing('2026-09-30T00:05:59'))).toBe('00:05');
    expect(clockOf(beijing('2026-09-30T14:03:00'))).toBe('14:03');
  });

  test('a moment leaves out the year while it is this one in Beijing', () => {
    const newYear = beijing('2027-01-01T00:30:00');
    const before = beijing('2026-12-31T23:30:00');
    expect(momentOf(newYear, newYear)).toBe('01-01 00:30');
    expect(momentOf(before, before)).toBe('12-31 23:30');
    expect(momentOf(before, newYear)).toBe('2026-12-31 23:30');
    expect(momentOf(newYear, before)).toBe('2027-01-01 00:30');
  });
});

test.each([
  [-1, '今天'],
  [0, '今天'],
  [1, '1天'],
  [30, '30天'],
])('%d days are %s', (days, words) => {
  expect(daysText(days)).toBe(words);
});

describe('articles of the regulation', () => {
  test.each([
    ['1', '第一条'],
    ['7', '第七条'],
    ['10', '第十条'],
    ['11', '第十一条'],
    ['20', '第二十条'],
    ['25', '第二十五条'],
    ['99', '第九十九条'],
    ['7之一', '第7之一条'],
    ['0', '第0条'],
  ])('%s is %s', (no, name) => {
    expect(articleName(no)).toBe(name);
  });

  test('a name leads back to its number', () => {
    for (let no = 1; no <= 99; no += 1) {
      expect(articleNo(articleName(String(no)).slice(1, -1))).toBe(String(no));
    }
  });
});
