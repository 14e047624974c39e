import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { carryOver } from '../../forms/language/carry.ts';
import type { Data, Field, Form, Json } from '../../forms/language/dialect.ts';
import { fieldsOf } from '../../forms/language/submission.ts';

type Part = Partial<Omit<Field, 'x-rows'>> & { 'x-component': Field['x-component']; 'x-rows'?: Data[] };

const field = (key: string, at: number, part: Part): Field => ({ type: 'string', title: key, 'x-index': at, ...part });
const columns = (parts: Record<string, Part>) => ({
  type: 'object' as const,
  properties: Object.fromEntries(Object.entries(parts).map(([key, part], at) => [key, field(key, at, part)])),
});
const form = (parts: Record<string, Part>): Form => ({
  dialect: 1,
  type: 'object',
  key: 'f',
  title: '表',
  abbreviation: 'F',
  articles: [],
  properties: columns(parts).properties,
});
const text = { 'x-component': 'Text' as const };
const table = (parts: Record<string, Part>, rest: Partial<Part> = {}): Part => ({
  ...rest,
  type: 'array',
  'x-component': 'Table',
  items: columns(parts),
});

describe('carrying answers to another version', () => {
  test('what both ask goes along, what is gone or asks something else is named', () => {
    const from = form({ kept: text, gone: text, changed: text, longer: text, choice: { 'x-component': 'Select' } });
    const to = form({
      kept: text,
      changed: { 'x-component': 'Integer', type: 'integer' },
      longer: { 'x-component': 'TextArea' },
      choice: { 'x-component': 'Select', 'x-options': [{ value: 'a', label: '甲' }] },
      asked: { ...text, 'x-required': true },
      maybe: { ...text, 'x-required': { '==': [{ var: 'kept' }, 'x'] } },
    });
    const over = carryOver(from, to, { kept: '1', gone: '2', changed: '3', longer: '4', choice: 'b' });
    expect(over).toEqual({
      data: { kept: '1', longer: '4' },
      carried: ['kept', 'longer'].map((path) => ({ path, title: path })),
      dropped: [
        { path: 'gone', title: 'gone', why: 'gone' },
        { path: 'changed', title: 'changed', why: 'changed' },
        { path: 'choice', title: 'choice', why: 'notOffered' },
      ],
      newlyRequired: [
        { path: 'asked', title: 'asked', when: 'always' },
        { path: 'maybe', title: 'maybe', when: 'sometimes' },
      ],
    });
  });

  test('a table goes along column by column, with what its rows newly lack', () => {
    const from = form({ rows: table({ name: text, old: text }) });
    const to = form({ rows: table({ name: text, fresh: { ...text, 'x-required': true } }) });
    expect(carryOver(from, to, { rows: [{ name: 'a', old: 'x' }, { name: 'b' }] })).toMatchObject({
      data: { rows: [{ name: 'a' }, { name: 'b' }] },
      dropped: [{ path: 'rows.old', title: 'rows old', why: 'gone' }],
      newlyRequired: [{ path: 'rows.fresh', when: 'always' }],
    });
  });

  test('answers stay with the given row they were written beside, wherever it stands now', () => {
    const given = (...items: string[]): Partial<Part> => ({ 'x-rows': items.map((item) => ({ item })) });
    const cells = { item: text, answer: text };
    const over = carryOver(
      form({ list: table(cells, given('a', 'b', 'c')) }),
      form({ list: table(cells, given('new', 'c', 'a')) }),
      { list: ['a', 'b', 'c'].map((item) => ({ item, answer: `of ${item}` })) },
    );
    expect(over.data['list']).toEqual([{ item: 'new' }, { item: 'c', answer: 'of c' }, { item: 'a', answer: 'of a' }]);
  });

  test('what the system stamped goes along unmentioned, what is computed is left to be computed', () => {
    const both = form({ stamp: { 'x-component': 'Auto' }, sum: { ...text, 'x-value': '1' } });
    expect(carryOver(both, both, { stamp: '已查重', sum: '1' })).toEqual({
      data: { stamp: '已查重' },
      carried: [],
      dropped: [],
      newlyRequired: [],
    });
  });

  const parts = fc.dictionary(
    fc.constantFrom('a', 'b', 'c', 'd'),
    fc.constantFrom<Part>(
      text,
      { 'x-component': 'TextArea' },
      { 'x-component': 'Integer', type: 'integer' },
      { ...text, 'x-required': true },
      table({ name: text }),
      table({ name: text, more: text }),
    ),
  );
  const valueOf = ({ field: { type } }: ReturnType<typeof fieldsOf>[number]): Json =>
    type === 'integer' ? 7 : type === 'array' ? [{ name: 'n', more: 'm' }] : 't';

  test('for any two versions: every answer is carried or named, nothing is invented, and the same version loses nothing', () => {
    fc.assert(
      fc.property(parts, parts, (before, after) => {
        const [from, to] = [form(before), form(after)];
        const data = Object.fromEntries(fieldsOf(from).map((placed) => [placed.key, valueOf(placed)]));
        const original = structuredClone(data);
        const { data: kept, carried, dropped } = carryOver(from, to, data);
        expect(data).toEqual(original);
        const told = [...carried, ...dropped.filter(({ path }) => !path.includes('.'))].map(({ path }) => path);
        expect(told.sort()).toEqual(Object.keys(data).sort());
        expect(Object.keys(kept).sort()).toEqual(carried.map(({ path }) => path).sort());
        const known = new Set(fieldsOf(to).map(({ key }) => key));
        expect(Object.keys(kept).every((key) => known.has(key))).toBe(true);
        expect(carryOver(to, to, kept)).toMatchObject({ data: kept, dropped: [], newlyRequired: [] });
      }),
    );
  });
});
