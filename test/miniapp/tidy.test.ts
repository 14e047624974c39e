import { describe, expect, test } from '@jest/globals';
import { halfWidth, parseNumber, tidyNumber } from '../../miniapp/src/fields/tidy.ts';

test.each([
  ['１３８００００１２３４', '13800001234'],
  ['ＡＢｃ－１', 'ABc-1'],
  ['12。5', '12.5'],
  ['浔阳 区', '浔阳 区'],
])('%s from a Chinese keyboard is %s', (typed, plain) => {
  expect(halfWidth(typed)).toBe(plain);
});

describe('a number as it is being typed', () => {
  test.each<[string, number, boolean, string]>([
    // What is pasted from a document.
    ['1,234.50', 2, false, '1234.50'],
    ['约 300 万元', 2, false, '300'],
    ['３００．５', 2, false, '300.5'],
    // What is half typed stays so.
    ['', 2, false, ''],
    ['12.', 2, false, '12.'],
    ['.5', 2, false, '0.5'],
    ['-', 2, true, '-'],
    ['-.5', 2, true, '-0.5'],
    // What may not stand here goes away.
    ['12.345678', 6, false, '12.345678'],
    ['12.3456789', 6, false, '12.345678'],
    ['12.5', 0, false, '12'],
    ['1.2.3', 2, false, '1.23'],
    ['-12', 0, false, '12'],
    ['1-2', 0, true, '12'],
    ['007', 0, false, '7'],
    ['0', 0, false, '0'],
    ['00', 0, false, '0'],
    ['0.50', 2, false, '0.50'],
    ['1234567890123', 0, false, '123456789012'],
    ['1e5', 0, false, '15'],
    ['没有', 2, true, ''],
  ])('“%s” with %d decimals, negative %s, becomes “%s”', (typed, decimals, negative, tidy) => {
    expect(tidyNumber(typed, decimals, negative)).toBe(tidy);
    expect(tidyNumber(tidy, decimals, negative)).toBe(tidy);
  });

  test.each([
    ['', undefined],
    ['-', undefined],
    ['.', undefined],
    ['0', 0],
    ['12.', 12],
    ['-0.5', -0.5],
    ['1.2.3', undefined],
  ])('“%s” is the number %s', (text, number) => {
    expect(parseNumber(text)).toBe(number);
  });
});
