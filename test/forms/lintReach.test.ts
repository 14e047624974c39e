import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { boundsOf } from '../../forms/language/formBounds.ts';
import type { Check, Field, Form, Json, Node, Rule } from '../../forms/language/dialect.ts';
import { lint } from '../../forms/language/lint.ts';
import { holds, scopeOf } from '../../forms/language/rule.ts';
import { DECLARATION, DICTIONARIES } from '../support/declaration.ts';
import { env, field, formOf } from '../support/forms.ts';

const kinds = [
  { value: 'a', label: '甲' },
  { value: 'b', label: '乙' },
];
const base = (): Record<string, Node> => ({
  kind: field('Select', '类别', 1, { 'x-options': kinds }),
  count: field('Integer', '数量', 2, { maximum: 10 }),
  done: field('Boolean', '是否完成', 3),
});
const codes = (form: Form): string[] => lint(form).map(({ code, path }) => `${code} ${path}`);
const withField = (rest: Partial<Field>): Form => formOf({ ...base(), name: field('Text', '名称', 4, rest) });
const withCheck = (change: Partial<Check>): Form => ({
  ...formOf(base()),
  checks: [{ id: 'c', level: 'block', holds: { var: 'done' }, message: '请核对。', at: ['kind'], ...change }],
});
const is = (value: string): Rule => ({ '===': [{ var: 'kind' }, value] });

describe('what never happens is found', () => {
  const found: [string, string, Form][] = [
    ['an option that does not exist', 'neverShown name', withField({ 'x-visible': is('c') })],
    ['two options at once', 'neverShown name', withField({ 'x-visible': { and: [is('a'), is('b')] } })],
    ['beyond the limit', 'neverShown name', withField({ 'x-visible': { '>': [{ var: 'count' }, 10] } })],
    ['below the limit, mirrored', 'neverShown name', withField({ 'x-visible': { '>': [0, { var: 'count' }] } })],
    ['none of the options', 'neverShown name', withField({ 'x-visible': { in: [{ var: 'kind' }, ['c', 'd']] } })],
    ['not what is always so', 'neverShown name', withField({ 'x-visible': { '!': { or: [is('a'), true] } } })],
    ['required and never shown', 'requiredHidden name', withField({ 'x-visible': is('c'), 'x-required': true })],
    ['never required', 'neverRequired name', withField({ 'x-required': is('c') })],
    ['nobody fills it in', 'nobodyFills name', withField({ 'x-editable': false })],
    ['a check that never applies', 'checkNeverApplies checks.c', withCheck({ when: is('c') })],
    ['a check that never holds', 'checkNeverHolds checks.c', withCheck({ holds: is('c') })],
    ['a check that always holds', 'checkAlwaysHolds checks.c', withCheck({ holds: { '!==': [{ var: 'kind' }, 'c'] } })],
    ['markup in a title', 'markup name', formOf({ ...base(), name: field('Text', '<script>alert(1)</script>', 4) })],
    ['markup in a hint', 'markup name', withField({ description: '见<img src=x onerror=alert(1)>' })],
  ];
  test.each(found)('%s', (_, finding, form) => expect(codes(form)).toContain(finding));

  test('what may happen is left alone', () => {
    for (const rule of [is('a'), { and: [is('a'), { var: 'done' }] }, { '>': [{ var: 'count' }, 9] }])
      expect(codes(withField({ 'x-visible': rule }))).toEqual([]);
    expect(codes(withField({ 'x-editable': false, 'x-default': '区教体局' }))).toEqual([]);
    expect(lint(DECLARATION, { options: DICTIONARIES })).toEqual([]);
  });

  test('what is called never holds for no data, and what is called always for all', () => {
    const leaf = fc.oneof<fc.Arbitrary<Rule>[]>(
      fc.constantFrom('a', 'b', 'c').map(is),
      fc.tuple(fc.constantFrom('<', '<=', '>', '>='), fc.integer({ min: -2, max: 13 })).map(([name, limit]) => ({
        [name]: [{ var: 'count' }, limit],
      })),
      fc.boolean(),
      fc.constant({ var: 'done' }),
    );
    const { rule } = fc.letrec<{ rule: Rule }>((tie) => ({
      rule: fc.oneof(
        { maxDepth: 4 },
        leaf,
        fc.array(tie('rule'), { minLength: 1, maxLength: 3 }).map((parts) => ({ and: parts })),
        fc.array(tie('rule'), { minLength: 1, maxLength: 3 }).map((parts) => ({ or: parts })),
        tie('rule').map((part) => ({ '!': [part] })),
      ),
    }));
    const filled = fc.record(
      { kind: fc.constantFrom('a', 'b'), count: fc.integer({ min: 0, max: 10 }), done: fc.boolean() },
      { requiredKeys: ['kind', 'count'] },
    );
    fc.assert(
      fc.property(rule, filled, (asked, data) => {
        const said = codes(withCheck({ holds: asked }));
        const answer = holds(asked, scopeOf(data, env));
        if (said.includes('checkNeverHolds checks.c')) expect(answer).toBe(false);
        if (said.includes('checkAlwaysHolds checks.c')) expect(answer).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe('hostile forms are stopped at the door', () => {
  const deep = (levels: number): Json => {
    let form: Json = {};
    for (let at = 0; at < levels; at += 1) form = { and: [form] };
    return form;
  };
  const hostile: [string, string, unknown][] = [
    ['a key of the prototype', 'forbiddenName', JSON.parse('{"properties":{"__proto__":{"type":"string"}}}')],
    ['the constructor', 'forbiddenName', { properties: { constructor: {} } }],
    ['a reference to a file', 'reference', { properties: { a: { $ref: 'file:///etc/passwd' } } }],
    ['a reference to an address', 'reference', { $ref: 'https://example.org/schema' }],
    ['two hundred levels', 'tooDeep', deep(200)],
    ['a rule a thousand deep', 'tooDeep', deep(1000)],
    ['ten megabytes in one text', 'tooMuchText', { title: 'x'.repeat(10_000_000) }],
    ['ten megabytes in many', 'tooMuchText', { list: new Array(1000).fill('x'.repeat(10_000)) }],
    ['a hundred thousand values', 'tooManyValues', { list: new Array(100_000).fill(1) }],
  ];
  test.each(hostile)('%s', (_, code, form) => {
    const [finding] = boundsOf(form);
    expect(finding).toMatchObject({ code });
    expect(finding?.message).toMatch(/请/);
    expect((finding?.path ?? '').length).toBeLessThanOrEqual(200);
  });

  test('the place is named', () => {
    expect(boundsOf({ properties: { a: { 'x-visible': { $ref: 'x' } } } })[0]?.path).toBe(
      'properties.a.x-visible.$ref',
    );
  });

  test('five thousand fields are refused by the linter', () => {
    const many = Object.fromEntries(
      Array.from({ length: 5000 }, (_, at) => [`f${at}`, field('Text', `第${at}项`, at)] as const),
    );
    expect(codes(formOf(many))).toContain('tooManyFields sample');
  });

  test('a form of ours passes', () => expect(boundsOf(DECLARATION)).toEqual([]));
});
