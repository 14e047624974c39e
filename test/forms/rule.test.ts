import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Data, Json, Rule } from '../../forms/language/dialect.ts';
import { OPERATORS } from '../../forms/language/operators.ts';
import { readsOf } from '../../forms/language/reads.ts';
import { holds, RuleError, scopeOf, value } from '../../forms/language/rule.ts';
import { env } from '../support/forms.ts';

const data: Data = {
  name: '平台',
  total: 1200,
  done: true,
  kinds: ['a', 'b'],
  period: { start: '2027-01-01', end: '2027-12-31' },
  items: [
    { amount: 10, ok: true },
    { amount: 20.5, ok: false },
  ],
};
const workdays = {
  years: [2026],
  off: ['2026-10-01', '2026-10-02', '2026-10-05', '2026-10-06', '2026-10-07'],
  on: ['2026-10-10'],
};
const DAYS: Rule = { var: 'env.workdays' };
const scope = scopeOf(data, { ...env, workdays });
const row = { price: 1999, quantity: 2.5 };

describe('operators', () => {
  const cases: [string, Rule, Json][] = [
    ['reads a field', { var: 'total' }, 1200],
    ['reads inside a period', { var: 'period.end' }, '2027-12-31'],
    ['reads the row', { var: 'row.price' }, 1999],
    ['reads the environment', { var: 'env.unit.code' }, 'jtj'],
    ['reads nothing as null', { var: 'absent.deep' }, null],
    ['reads an item of a list', { var: 'kinds.1' }, 'b'],
    ['reads no item that is not there', { var: 'kinds.7' }, null],
    ['reads something else where nothing stands', { var: ['absent', 'instead'] }, 'instead'],
    ['does not read the length of a list', { var: 'items.length' }, null],
    [
      'chooses the first arm that holds',
      { if: [{ '>': [{ var: 'total' }, 2000] }, 'a', { var: 'done' }, 'b', 'c'] },
      'b',
    ],
    ['falls through to the last arm', { if: [false, 'a', 'c'] }, 'c'],
    ['gives null where no arm holds', { if: [false, 'a'] }, null],
    ['and gives what settled it', { and: [{ var: 'done' }, { var: 'name' }] }, '平台'],
    ['or', { or: [false, { var: 'done' }] }, true],
    ['not, without brackets', { '!': { var: 'absent' } }, true],
    ['equal without coercion', { '===': ['1', 1] }, false],
    ['unequal', { '!==': ['1', 1] }, true],
    ['at least', { '>=': [5, 5] }, true],
    ['missing equals missing', { '===': [{ var: 'absent' }, null] }, true],
    ['lists are never equal', { '===': [['a'], ['a']] }, false],
    ['compares dates', { '<': ['2026-09-30', '2026-10-01'] }, true],
    ['compares nothing with null', { '<=': [{ var: 'absent' }, 5] }, false],
    ['a text beside a number counts as one', { '>': ['5', 3] }, true],
    ['a text that is no number is never in order', { '>': ['x', 3] }, false],
    ['between', { '<': [1, 2, 3] }, true],
    ['adds decimals', { '+': [0.1, 0.2] }, 0.3],
    ['adds what is there', { '+': [1, { var: 'absent' }] }, 1],
    ['adds nothing to nothing', { '+': [{ var: 'absent' }] }, null],
    ['subtracts decimals', { '-': [0.3, 0.1] }, 0.2],
    ['subtracts nothing from nothing', { '-': [{ var: 'absent' }, 1] }, null],
    ['money times quantity, half up', { times: [{ var: 'row.price' }, { var: 'row.quantity' }] }, 4998],
    ['a product binary fractions would round down', { times: [1_005, 0.1] }, 101],
    ['per cent of', { percentOf: [1, 3] }, 33.33],
    ['per cent of nothing', { percentOf: [1, 0] }, null],
    ['in', { in: ['a', { var: 'kinds' }] }, true],
    ['in, missing', { in: [{ var: 'absent' }, [null]] }, false],
    ['includes', { includes: [{ var: 'kinds' }, 'c'] }, false],
    ['text put together', { cat: ['XY-', { var: 'total' }, { var: 'absent' }] }, 'XY-1200'],
    ['days between', { daysBetween: ['2027-02-28', '2027-03-01'] }, 1],
    ['days before', { daysBetween: ['2027-03-01', '2027-02-28'] }, -1],
    ['days between a date and nothing', { daysBetween: ['2027-03-01', { var: 'absent' }] }, null],
    ['days later, over a leap day', { plusDays: ['2028-02-28', 2] }, '2028-03-01'],
    ['months later, where the month is shorter', { plusMonths: ['2027-01-31', 1] }, '2027-02-28'],
    ['the last day of a year', { lastOfYear: [{ var: 'period.start' }] }, '2027-12-31'],
    ['working days over a holiday', { plusWorkdays: ['2026-09-30', 1, DAYS] }, '2026-10-08'],
    ['working days with a make-up Saturday', { plusWorkdays: ['2026-10-09', 1, DAYS] }, '2026-10-10'],
    ['working days of a year nobody knows', { plusWorkdays: ['2026-12-31', 1, DAYS] }, null],
    ['working days between', { workdaysBetween: ['2026-09-30', '2026-10-10', DAYS] }, 3],
    ['working days back', { workdaysBetween: ['2026-10-10', '2026-09-30', DAYS] }, -3],
    ['working days of no calendar', { workdaysBetween: ['2026-10-10', '2026-09-30', null] }, null],
    ['sum', { sum: [{ var: 'items' }, 'amount'] }, 30.5],
    ['sum of no table', { sum: [{ var: 'absent' }, 'amount'] }, 0],
    ['count', { count: [{ var: 'items' }] }, 2],
    ['some', { someRow: [{ var: 'items' }, { var: 'row.ok' }] }, true],
    ['all', { everyRow: [{ var: 'items' }, { var: 'row.ok' }] }, false],
    ['all of nothing', { everyRow: [{ var: 'absent' }, false] }, true],
    ['none', { noRow: [{ var: 'items' }, { '>': [{ var: 'row.amount' }, 100] }] }, true],
    ['some of plain values', { someRow: [{ var: 'kinds' }, { '===': [{ var: 'row' }, 'b'] }] }, true],
    ['filled', { filled: [{ var: 'name' }] }, true],
    ['blank text is not filled', { filled: '  ' }, false],
    ['zero and no are answers', { and: [{ filled: 0 }, { filled: false }] }, true],
    ['length in characters', { length: '𠮷野' }, 2],
    ['length of a list', { length: [{ var: 'kinds' }] }, 2],
    ['min', { min: [3, { var: 'absent' }, 2] }, 2],
    ['max', { max: [3, 2] }, 3],
    ['months of a full year', { monthsBetween: [{ var: 'period.start' }, { var: 'period.end' }] }, 12],
    ['a begun month counts', { monthsBetween: ['2027-01-15', '2027-02-15'] }, 2],
    ['months backwards', { monthsBetween: ['2027-02-01', '2027-01-01'] }, null],
    ['year', { year: '2028-02-29' }, 2028],
    ['year of no date', { year: '2027-02-29' }, null],
  ];
  test.each(cases)('%s', (_, rule, expected) => expect(value(rule, scope, row)).toEqual(expected));

  test('every operator of the list is exercised', () => {
    const written = JSON.stringify(cases);
    expect(Object.keys(OPERATORS).filter((name) => !written.includes(`{"${name}":`))).toEqual([]);
  });

  test('a malformed rule is a defect, not a value', () => {
    for (const rule of [
      { eval: ['1'] },
      { var: 'a', if: [] },
      {},
      { '===': [1] },
      { var: [['a']] },
      { constructor: [1] },
    ]) {
      expect(() => value(rule as unknown as Rule, scope, row)).toThrow(RuleError);
    }
  });
});

describe('prototypes', () => {
  const inherited = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', 'poison'];

  test('no path reaches what is inherited', () => {
    const poisoned = Object.create({ poison: 'reached' }) as Data;
    poisoned['inner'] = Object.create({ poison: 'reached' }) as Data;
    fc.assert(
      fc.property(fc.array(fc.constantFrom('inner', 'row', ...inherited), { minLength: 1, maxLength: 4 }), (parts) => {
        fc.pre(parts.some((part) => inherited.includes(part)));
        const nested = Object.assign(Object.create({ poison: 'reached' }) as Data, {
          inner: poisoned['inner'],
          row: poisoned,
        });
        return value({ var: parts.join('.') }, nested) === null;
      }),
    );
  });

  test('a sum over an inherited column is nothing', () => {
    const row = Object.create({ amount: 5 }) as Data;
    expect(value({ sum: [{ var: 'items' }, 'amount'] }, { items: [row] })).toBe(0);
  });

  test('a key named __proto__ in the data is only a key', () => {
    const hostile = JSON.parse('{"__proto__":{"done":true}}') as Data;
    expect(value({ var: 'done' }, scopeOf(hostile, env))).toBeNull();
    expect(value({ var: 'done' }, { ...hostile })).toBeNull();
  });
});

test('exact multiplication agrees with BigInt', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1_000_000_000 }),
      fc.integer({ min: 0, max: 99_999_999 }),
      (fen, hundredths) => {
        const exact = Number((BigInt(fen) * BigInt(hundredths) + 50n) / 100n);
        const quantity = Number(`${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}`);
        expect(value({ times: [fen, quantity] }, {})).toBe(Number.isSafeInteger(exact) ? exact : null);
      },
    ),
  );
});

test('readsOf names every path, through rows too', () => {
  const rule: Rule = {
    and: [
      { '>': [{ sum: [{ var: 'items' }, 'amount'] }, { var: 'row.price' }] },
      { someRow: [{ var: 'items' }, { '===': [{ var: 'row.kind' }, { var: 'env.today' }] }] },
      { filled: { var: 'period.start' } },
      { filled: { var: 'period.start' } },
    ],
  };
  expect(readsOf(rule)).toEqual(['items.amount', 'row.price', 'items', 'items.kind', 'env.today', 'period.start']);
});

test('holds means exactly true', () => {
  expect([true, 1, 'true', null, []].map((rule) => holds(rule, {}))).toEqual([true, false, false, false, false]);
});
