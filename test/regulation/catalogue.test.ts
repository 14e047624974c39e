import { describe, expect, test } from '@jest/globals';
import { usccIsValid } from '../../forms/language/checkdigit.ts';
import type { Dictionaries } from '../../forms/language/dialect.ts';
import { CLAUSES, PEOPLE, SEATS, UNIT_TYPES } from '../support/catalogue.ts';
import { readForms, UNITS } from '../support/declaration.ts';

const twice = (values: string[]): string[] => values.filter((value, at) => values.indexOf(value) !== at);

describe('the catalogue', () => {
  test('units have a code of their own and a credit code with a right check digit', () => {
    expect(twice(UNITS.map(({ code }) => code))).toEqual([]);
    const codes = UNITS.filter(({ kind }) => kind !== 'group').map(({ uscc }) => uscc ?? '');
    expect(twice(codes)).toEqual([]);
    expect(codes.filter((uscc) => !usccIsValid(uscc))).toEqual([]);
    expect(UNITS.filter(({ type }) => !UNIT_TYPES.includes(type))).toEqual([]);
  });

  test('people sit on seats their kind of unit has', () => {
    const misplaced = PEOPLE.flatMap(({ login, unit, seats }) => {
      const kind = UNITS.find(({ code }) => code === unit)?.kind ?? '';
      return seats
        .filter((key) => !SEATS.some((seat) => seat.key === key && seat.kinds.includes(kind)))
        .map((key) => `${login}: ${key}`);
    });
    expect(misplaced).toEqual([]);
    expect(twice(PEOPLE.map(({ login }) => login))).toEqual([]);
    expect(twice(PEOPLE.map(({ name }) => name))).toEqual([]);
  });

  test('the office that accepts declarations files none, because no unit reviews its own project', () => {
    const office = SEATS.filter(({ kinds }) => kinds.includes('office')).map(({ key }) => key);
    expect(office).toContain('intake');
    expect(office).not.toContain('clerk');
  });

  test('a leading group is no legal person: it has no credit code and files nothing', () => {
    const groups = UNITS.filter(({ kind }) => kind === 'group');
    expect(groups.map(({ code, uscc }) => [code, uscc])).toEqual([['ldxz', null]]);
    const seats = SEATS.filter(({ kinds }) => kinds.includes('group')).map(({ key }) => key);
    expect(seats).toEqual(['leader', 'deputyLeader']);
  });

  test('demo people have telephone numbers nobody can have', () => {
    expect(PEOPLE.filter(({ phone }) => !/^0792-0\d{6}$/.test(phone))).toEqual([]);
  });

  test('dictionaries hold each value and each label once', () => {
    const dictionaries = readForms<Dictionaries>('catalogue/dictionaries.json');
    for (const [key, options] of Object.entries(dictionaries)) {
      expect([key, twice(options.map(({ value }) => value)), twice(options.map(({ label }) => label))]).toEqual([
        key,
        [],
        [],
      ]);
    }
  });

  test('planning clauses are marked as samples', () => {
    expect(CLAUSES.filter(({ label }) => !label.startsWith('（示例）'))).toEqual([]);
  });
});
