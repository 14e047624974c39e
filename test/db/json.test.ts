import { expect, test } from '@jest/globals';
import { newId } from '../../server/db/ids.ts';
import { canonical, contentHash } from '../../server/db/json.ts';

test('the text of a value does not depend on the order in which it was written', () => {
  expect(canonical({ b: [1, { d: null, c: '𠮷' }], a: true })).toBe('{"a":true,"b":[1,{"c":"𠮷","d":null}]}');
  expect(contentHash({ a: 1, b: 2 })).toBe(contentHash({ b: 2, a: 1 }));
  expect(contentHash([1, 2])).not.toBe(contentHash([2, 1]));
});

test('absent members are absent; what JSON cannot carry is refused', () => {
  expect(canonical({ a: undefined })).toBe('{}');
  for (const value of [
    undefined,
    Number.NaN,
    Infinity,
    1n,
    () => 1,
    Symbol('x'),
    new Date(0),
    new Map(),
    [undefined],
  ]) {
    expect(() => canonical(value)).toThrow('Not a JSON value');
  }
});

test('ids made in one millisecond differ and sort in the order they were made', () => {
  const ids = Array.from({ length: 2000 }, () => newId(1_700_000_000_000));
  expect(new Set(ids).size).toBe(2000);
  expect([...ids].sort()).toEqual(ids);
  expect(ids[0]).toMatch(/^018bcfe5-6800-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect([newId(2), newId(1)].sort()[0]).toMatch(/^00000000-0001-/);
});
