import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { COMPONENTS } from '../../forms/language/components.ts';
import type { Check, Field, Form, Json, Node, Rule } from '../../forms/language/dialect.ts';
import { lint } from '../../forms/language/lint.ts';
import type { Known } from '../../forms/language/lint.ts';
import { patternFault } from '../../forms/language/pattern.ts';
import { OPERATORS } from '../../forms/language/operators.ts';
import { field, formOf, sampleForm } from '../support/forms.ts';

const known: Known = { dictionaries: ['nature'], sources: ['project'], articles: ['7'], env: ['today', 'unit'] };

test('the sample form has nothing to find', () => expect(lint(sampleForm(), known)).toEqual([]));

const name = (rest: Partial<Field> = {}): Record<string, Node> => ({ name: field('Text', '名称', 1, rest) });
const table = (columns: Record<string, Field>, rest: Partial<Field> = {}): Record<string, Node> => ({
  rows: field('Table', '表', 1, { items: { type: 'object', properties: columns }, ...rest }),
});
const section = (properties: Record<string, Node>, index = 1): Node => ({
  type: 'void',
  title: '分节',
  'x-index': index,
  'x-component': 'Section',
  properties,
});
const amount = { amount: field('Money', '金额', 1) };
const lines = { form: 'plan', table: 'lines', columns: { amount: 'price' } };
const from = (columns: Record<string, Field>, rest: Partial<Field> = {}): Form =>
  formOf(table(columns, { 'x-rows-from': lines, ...rest }));
const check = (change: Partial<Check>): Check[] => [
  { id: 'c', level: 'block', holds: true, message: '错。', at: ['name'], ...change },
];

const mistakes: [string, string, Form][] = [
  ['badKey', 'Name', formOf({ Name: field('Text', '名称', 1) })],
  ['badKey', 'row', formOf({ row: field('Text', '行', 1) })],
  ['badKey', 'constructor', formOf({ constructor: field('Text', '名', 1) })],
  ['badKey', 'rows.env', formOf(table({ env: field('Text', '环境', 1) }))],
  ['duplicateKey', 'name', formOf({ one: section(name()), two: section(name(), 2) })],
  ['duplicateIndex', 'other', formOf({ ...name(), other: field('Text', '其他', 1) })],
  ['duplicateIndex', 'rows', formOf(table({ ...amount, other: field('Text', '其他', 1) }))],
  ['noTitle', 'name', formOf({ name: field('Text', ' ', 1) })],
  ['noFields', 'sample', formOf({})],
  ['emptyLayout', 'part', formOf({ ...name(), part: section({}, 2) })],
  ['nestedSection', 'inner', formOf({ outer: section({ inner: section(name()) }) })],
  ['unknownComponent', 'name', formOf(name({ 'x-component': 'Html' as Field['x-component'] }))],
  ['wrongType', 'name', formOf(name({ type: 'integer' }))],
  ['misplacedKeyword', 'name', formOf(name({ minimum: 1 }))],
  ['computedAndTyped', 'name', formOf(name({ 'x-value': 'a', 'x-required': true }))],
  ['noOptions', 'kind', formOf({ kind: field('Select', '类别', 1) })],
  ['noOptions', 'kind', formOf({ kind: field('Select', '类别', 1, { 'x-options': [] }) })],
  [
    'twoOptionSources',
    'kind',
    formOf({
      kind: field('Select', '类别', 1, { 'x-options': [{ value: 'a', label: '甲' }], 'x-dictionary': 'nature' }),
    }),
  ],
  [
    'duplicateOption',
    'kind',
    formOf({
      kind: field('Select', '类别', 1, {
        'x-options': [
          { value: 'a', label: '甲' },
          { value: 'a', label: '乙' },
        ],
      }),
    }),
  ],
  ['unknownDictionary', 'kind', formOf({ kind: field('Select', '类别', 1, { 'x-dictionary': 'gone' }) })],
  ['noSource', 'link', formOf({ link: field('Reference', '关联', 1) })],
  ['unknownSource', 'link', formOf({ link: field('Reference', '关联', 1, { 'x-source': 'gone' }) })],
  ['unknownArticle', 'name', formOf(name({ 'x-article': '99' }))],
  ['impossibleLimits', 'name', formOf(name({ minLength: 10, maxLength: 5 }))],
  ['impossibleLimits', 'count', formOf({ count: field('Integer', '数', 1, { maximum: -1 }) })],
  ['limitTooHigh', 'rows', formOf(table(amount, { maxItems: 10_000 }))],
  ['badPattern', 'name', formOf(name({ pattern: '^(a+)+$' }))],
  ['badPattern', 'name', formOf(name({ pattern: '^a$', maxLength: 2000 }))],
  ['noColumns', 'rows', formOf(table({}))],
  [
    'notAColumn',
    'rows.inner',
    formOf(table({ inner: field('Table', '内表', 1, { items: { type: 'object', properties: amount } }) })),
  ],
  ['badTotal', 'rows', formOf(table({ note: field('Text', '说明', 1) }, { 'x-totals': ['note'] }))],
  ['badRows', 'rows', formOf(table(amount, { 'x-rows': [{ gone: 1 }] }))],
  ['badRows', 'rows', formOf(table(amount, { 'x-rows': [{ amount: 1 }, { amount: 1 }] }))],
  ['misplacedKeyword', 'name', formOf(name({ 'x-rows-from': lines }))],
  ['twoRowSources', 'rows', from(amount, { 'x-rows': [{ amount: 1 }] })],
  ['badRowsFrom', 'rows', from(amount, { 'x-rows-from': { ...lines, form: 'sample' } })],
  ['badRowsFrom', 'rows', from(amount, { 'x-rows-from': { ...lines, columns: {} } })],
  ['badRowsFrom', 'rows.gone', from(amount, { 'x-rows-from': { ...lines, columns: { gone: 'price' } } })],
  ['badRowsFrom', 'rows', from(amount, { 'x-required': true })],
  ['badRowsFrom', 'rows', from(amount, { minItems: 1 })],
  ['badRowsFrom', 'rows.amount', from({ amount: field('Money', '金额', 1, { 'x-value': 1 }) })],
  ['badRowsFrom', 'rows.amount', from({ amount: field('Money', '金额', 1, { 'x-required': true }) })],
  ['badRowsFrom', 'rows.amount', from({ amount: field('Money', '金额', 1, { 'x-visible': true }) })],
  ['badRowsFrom', 'rows.note', from({ ...amount, note: field('Text', '说明', 2, { 'x-default': '无' }) })],
  ['unknownOperator', 'name', formOf(name({ 'x-visible': { eval: ['1'] } }))],
  ['wrongArguments', 'name', formOf(name({ 'x-visible': { '===': [1] } }))],
  ['badRule', 'name', formOf(name({ 'x-visible': { '===': [1, 1], '!': [true] } }))],
  ['badRule', 'name', formOf(name({ 'x-visible': { '===': [{ var: [{ var: 'a' }] }, 1] } }))],
  [
    'ruleTooDeep',
    'name',
    formOf(name({ 'x-visible': Array.from({ length: 30 }).reduce<Rule>((inner) => ({ '!': [inner] }), true) })),
  ],
  ['unknownRead', 'name', formOf(name({ 'x-visible': { filled: { var: 'gone' } } }))],
  ['unknownRead', 'name', formOf(name({ 'x-visible': { filled: { var: 'row.amount' } } }))],
  ['unknownRead', 'name', formOf(name({ 'x-visible': { filled: { var: 'env.secret' } } }))],
  [
    'unknownRead',
    'rows.amount',
    formOf(table({ amount: field('Money', '金额', 1, { 'x-value': { var: 'row.gone' } }) })),
  ],
  [
    'unknownRead',
    'name',
    formOf({ ...table(amount), name: field('Integer', '数', 2, { 'x-value': { sum: [{ var: 'rows' }, 'gone'] } }) }),
  ],
  [
    'sumOfText',
    'total',
    formOf({
      ...table({ note: field('Text', '说明', 1) }),
      total: field('Integer', '数', 2, { 'x-value': { sum: [{ var: 'rows' }, 'note'] } }),
    }),
  ],
  ['notAQuestion', 'name', formOf(name({ 'x-required': { var: 'name' } }))],
  [
    'notAQuestion',
    'other',
    formOf({ ...name(), other: field('Text', '其他', 2, { 'x-visible': { and: [{ var: 'name' }] } }) }),
  ],
  [
    'defaultReadsForm',
    'other',
    formOf({ ...name(), other: field('Text', '其他', 2, { 'x-default': { var: 'name' } }) }),
  ],
  [
    'cycle',
    'one',
    formOf({
      one: field('Integer', '一', 1, { 'x-value': { var: 'two' } }),
      two: field('Integer', '二', 2, { 'x-value': { var: 'one' } }),
    }),
  ],
  ['cycle', 'name', formOf(name({ 'x-visible': { filled: { var: 'name' } } }))],
  ['duplicateCheck', 'checks.c', formOf(name(), [...check({}), ...check({})])],
  ['unknownTable', 'checks.c', formOf(name(), check({ each: 'name' }))],
  ['unknownPlace', 'checks.c', formOf(name(), check({ at: ['gone'] }))],
  [
    'unknownPlace',
    'checks.c',
    formOf({ ...table(amount), name: field('Text', '名', 2) }, check({ each: 'rows', at: ['name'] })),
  ],
  ['unknownRead', 'checks.c', formOf(name(), check({ when: { filled: { var: 'gone' } } }))],
  ['expression', 'sample', formOf(name({ description: '{{ $self.value }}' }))],
];

describe('one fixture per mistake', () => {
  test.each(mistakes)('%s at %s', (code, path, form) => {
    const found = lint(form, known);
    expect(found.map((finding) => [finding.code, finding.path])).toContainEqual([code, path]);
    for (const finding of found) expect(finding.message).toMatch(/[一-龥].*。$/);
  });
});

describe('patterns', () => {
  test.each([
    ['^[A-Z]{2}-\\d{4}$', null],
    ['^(?:甲|乙)\\d+号$', null],
    ['^[一-龥]{2,8}(?:\\(\\d{1,3}\\))?$', null],
    ['^a$|^b$', null],
    ['abc', 'notAnchored'],
    ['^abc\\$', 'notAnchored'],
    ['^(abc$', 'invalid'],
    ['^[\\-]$', null],
    ['^\\s$', 'notPortable'],
    ['^\\u4e00$', 'notPortable'],
    ['^(?=a)a$', 'notPortable'],
    ['^(?<n>a)$', 'notPortable'],
    ['^(a)\\1$', 'notPortable'],
    ['^(a+)+$', 'couldHang'],
    ['^(a|a)*$', 'couldHang'],
    ['^((a|b)c){9}$', 'couldHang'],
    ['^(a?){30}$', 'couldHang'],
    ['^\\d*\\d*\\d*\\d*$', 'couldHang'],
  ])('%s: %s', (pattern, fault) => expect(patternFault(pattern)).toBe(fault));
});

describe('a table that takes its rows from another form', () => {
  const plan = {
    ...formOf({
      lines: field('Table', '明细', 1, {
        items: { type: 'object', properties: { price: field('Money', '价', 1), title: field('Text', '名', 2) } },
      }),
    }),
    key: 'plan',
  };
  const found = (columns: Record<string, string>, where = 'lines') =>
    lint(from(amount, { 'x-rows-from': { form: 'plan', table: where, columns } }), { ...known, forms: [plan] });

  test('finds its source among the forms', () => {
    expect(found({ amount: 'price' })).toEqual([]);
  });

  test.each<[string, Record<string, string>, string | undefined]>([
    ['rows', { amount: 'price' }, 'gone'],
    ['rows.amount', { amount: 'gone' }, undefined],
    ['rows.amount', { amount: 'title' }, undefined],
  ])('%s is reported for %j', (path, columns, where) => {
    expect(found(columns, where).map((one) => [one.code, one.path])).toEqual([['badRowsFrom', path]]);
  });
});

describe('the schemas', () => {
  const read = (file: string): Record<string, Json> =>
    JSON.parse(readFileSync(`forms/language/${file}.schema.json`, 'utf8')) as Record<string, Json>;
  const ajv = new Ajv2020({ strict: true, allErrors: true });
  const dialect = ajv.compile(read('dialect'));

  test.each(['stage', 'flow'])('%s.schema.json is a strict schema', (file) =>
    expect(() => ajv.compile(read(file))).not.toThrow(),
  );

  test('the sample form satisfies the dialect', () =>
    expect([dialect(sampleForm()), dialect.errors]).toEqual([true, null]));

  test.each(['dialect', 'stage', 'flow'])(
    '%s.schema.json lists exactly our operators, with their arguments',
    (file) => {
      const defs = read(file)['$defs'] as unknown as {
        rule: { anyOf: { properties?: Record<string, { $ref?: string; minItems?: number; maxItems?: number }> }[] };
      };
      const listed = defs.rule.anyOf.at(-1)?.properties ?? {};
      expect(Object.keys(listed).sort()).toEqual(Object.keys(OPERATORS).sort());
      const counts: Record<string, [number, number]> = {
        '#/$defs/reading': [0, 2],
        '#/$defs/one': [1, 1],
        '#/$defs/two': [2, 2],
      };
      for (const [operator, { $ref, minItems, maxItems }] of Object.entries(listed)) {
        const { least, most } = OPERATORS[operator] ?? {};
        expect([operator, counts[$ref ?? ''] ?? [minItems, maxItems]]).toEqual([operator, [least, most]]);
      }
    },
  );

  test('a table may take its rows from another form, a step may give each seat its own rights', () => {
    const rows = field('Table', '表', 1, { 'x-rows-from': lines, items: { type: 'object', properties: amount } });
    expect([dialect(formOf({ rows })), dialect.errors]).toEqual([true, null]);
    expect(dialect(formOf({ rows: { ...rows, 'x-rows-from': { ...lines, columns: {} } } }))).toBe(false);

    const flow = ajv.compile(read('flow'));
    const seat = { seat: 'reviewer', unit: 'czj' };
    const step = {
      type: 'step',
      key: 'joint',
      title: '会签',
      kind: 'handle',
      mode: 'all',
      everyRound: true,
      returnsForm: true,
      seats: [{ ...seat, rights: { review: { '*': 'hidden', 'cuts.ours': 'edit' } } }],
      recusal: { namedBy: seat, candidates: [{ seat: 'reviewer', unit: 'sjj' }] },
    };
    const whole = { key: 'k', title: '流程', nodes: [step], withdraw: 'never', amends: [] };
    for (const reads of ['applicantReads', 'applicantReadsMeanwhile'])
      expect([flow({ ...whole, [reads]: { review: { '*': 'hidden', cuts: 'read' } } }), flow.errors]).toEqual([
        true,
        null,
      ]);
    for (const broken of [
      { ...whole, applicantReads: { review: { cuts: 'edit' } } },
      { ...whole, applicantReadsMeanwhile: { review: { cuts: 'edit' } } },
      { ...whole, nodes: [{ ...step, recusal: { namedBy: seat, candidates: [] } }] },
      { ...whole, nodes: [{ ...step, seats: [{ ...seat, rights: { review: { cuts: 'all' } } }] }] },
    ]) {
      expect(flow(broken)).toBe(false);
    }
  });

  test('the components are ours', () => {
    const defs = read('dialect')['$defs'] as unknown as {
      field: { properties: { 'x-component': { enum: string[] } } };
    };
    expect(defs.field.properties['x-component'].enum).toEqual(Object.keys(COMPONENTS));
  });

  test.each<[string, Record<string, unknown>]>([
    ['an unknown keyword', { onClick: 'alert(1)' }],
    ['required as JSON Schema has it', { required: ['a'] }],
    ['enum as Formily has it', { enum: [{ label: 'a', value: 'a' }] }],
    ['reactions', { 'x-reactions': '{{ run() }}' }],
    ['an unknown operator', { 'x-visible': { eval: ['1'] } }],
    ['two operators in one', { 'x-visible': { filled: { var: 'a' }, '!': true } }],
    ['a path into a prototype', { 'x-visible': { var: '__proto__.x' } }],
    ['an unknown component', { 'x-component': 'Html' }],
  ])('%s is refused', (_, extra) => {
    const form = { ...formOf({}), properties: { name: { ...field('Text', '名称', 1), ...extra } } };
    expect(dialect(form)).toBe(false);
  });

  test('a key that would pollute a prototype is refused', () => {
    const form = {
      ...formOf({}),
      properties: JSON.parse(`{"__proto__":${JSON.stringify(field('Text', '名', 1))}}`) as unknown,
    };
    expect(dialect(form)).toBe(false);
  });
});
