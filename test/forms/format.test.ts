import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { usccCheckDigit, usccIsValid } from '../../forms/language/checkdigit.ts';
import { isDate, monthsBetween } from '../../forms/language/dates.ts';
import { formatMoney, formatValue, parseMoney } from '../../forms/language/format.ts';
import { dictionaries, field } from '../support/forms.ts';

const amounts = fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 });

describe('money', () => {
  test.each([
    [0, '0.00'],
    [1, '0.000001'],
    [1_000_000, '1.00'],
    [123_450_000, '123.45'],
    [123_456_700, '123.4567'],
    [-10_000, '-0.01'],
    [1_000_000_000_000, '1000000.00'],
  ])('%d fen are written %s', (fen, text) => expect(formatMoney(fen)).toBe(text));

  test('what is written is read back', () => {
    fc.assert(fc.property(amounts, (fen) => expect(parseMoney(formatMoney(fen))).toBe(fen)));
  });

  test('two to six decimals, always', () => {
    fc.assert(fc.property(amounts, (fen) => expect(formatMoney(fen)).toMatch(/^-?\d+\.\d{2,6}$/)));
  });

  test.each([
    ['1,234.5', 1_234_500_000],
    ['１２．５万元', 12_500_000],
    [' 3 ', 3_000_000],
    ['0.5000000', 500_000],
    ['7.', 7_000_000],
  ])('%s is understood', (text, fen) => expect(parseMoney(text)).toBe(fen));

  test.each(['', '-', '.', 'abc', '1.2.3', '0.0000001', '1e5', '9999999999999', '1元'])('“%s” is refused', (text) =>
    expect(parseMoney(text)).toBeNull(),
  );
});

describe('values as people read them', () => {
  test.each([
    [field('Money', '金额', 1), 123_450_000, '123.45 万元'],
    [field('Boolean', '是否', 1), false, '否'],
    [field('Date', '日期', 1), '2026-09-30', '2026-09-30 周三'],
    [field('DateRange', '周期', 1), { start: '2027-01-01', end: '2027-12-31' }, '2027-01-01 至 2027-12-31'],
    [field('Select', '性质', 1, { 'x-dictionary': 'nature' }), 'new', '新建'],
    [field('Select', '性质', 1, { 'x-dictionary': 'nature' }), 'gone', 'gone'],
    [field('Units', '单位', 1), ['jtj', 'wjw'], '区教体局、区卫健委'],
    [field('Integer', '人数', 1, { 'x-unit': '人' }), 30, '30 人'],
    [
      field('Files', '附件', 1),
      [
        { id: '1', name: '甲.pdf', size: 1 },
        { id: '2', name: '乙.pdf', size: 1 },
      ],
      '甲.pdf、乙.pdf',
    ],
    [field('Reference', '原项目', 1), { id: '1', label: '智慧校园' }, '智慧校园'],
    [field('Table', '内容', 1), [{}, {}], '共 2 行'],
    [field('Year', '年度', 1), 2027, '2027 年'],
    [field('Text', '名称', 1), null, ''],
  ])('%# %j', (asked, value, text) => expect(formatValue(asked, value, dictionaries)).toBe(text));
});

describe('统一社会信用代码', () => {
  test.each(['91350100M000100Y43', '91110000802100433B', '91330106673959654P'])('%s is right', (code) =>
    expect(usccIsValid(code)).toBe(true),
  );

  test('any single wrong character is noticed', () => {
    const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'.split('');
    const code = '91350100M000100Y43';
    fc.assert(
      fc.property(fc.nat(17), fc.constantFrom(...alphabet), (at, wrong) => {
        fc.pre(code.charAt(at) !== wrong);
        expect(usccIsValid(code.slice(0, at) + wrong + code.slice(at + 1))).toBe(false);
      }),
    );
  });

  test('every code has exactly one check character', () => {
    const characters = fc.constantFrom(...'0123456789ABCDEFGHJKLMNPQRTUWXY'.split(''));
    fc.assert(
      fc.property(fc.array(characters, { minLength: 17, maxLength: 17 }), (first) =>
        expect(usccCheckDigit(first.join(''))).toMatch(/^[0-9A-HJ-NPQRTUWXY]$/),
      ),
      { numRuns: 1000 },
    );
  });

  test('letters that are not used, and wrong lengths', () => {
    expect(usccCheckDigit('9135010OM000100Y4')).toBeNull();
    expect(['', '91350100M000100Y4', '91350100M000100Y433', '91350100m000100y43'].map(usccIsValid)).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });
});

describe('dates', () => {
  test('a day exists exactly when the calendar has it', () => {
    const two = (number: number): string => String(number).padStart(2, '0');
    fc.assert(
      fc.property(
        fc.integer({ min: 1000, max: 9999 }),
        fc.integer({ min: 0, max: 13 }),
        fc.integer({ min: 0, max: 32 }),
        (year, month, day) => {
          const made = new Date(Date.UTC(year, month - 1, day));
          const real = made.getUTCFullYear() === year && made.getUTCMonth() === month - 1 && made.getUTCDate() === day;
          expect(isDate(`${year}-${two(month)}-${two(day)}`)).toBe(real);
        },
      ),
      { numRuns: 2000 },
    );
  });

  test.each([
    ['2027-01-01', '2027-01-01', 1],
    ['2027-01-31', '2027-02-28', 1],
    ['2026-11-15', '2028-02-14', 15],
  ])('from %s to %s are %d months', (first, last, months) => expect(monthsBetween(first, last)).toBe(months));
});
