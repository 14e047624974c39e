/**
 * Operators named as in JsonLogic mean what they mean there: the same rules are given to json-logic-js, the
 * implementation by the language's author, and to ours.
 */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createRequire } from 'node:module';
import type { Data, Json, Rule } from '../../forms/language/dialect.ts';
import { OPERATORS } from '../../forms/language/operators.ts';
import { value } from '../../forms/language/rule.ts';

const reference = createRequire(import.meta.url)('json-logic-js') as { apply: (rule: Rule, data: Data) => Json };

const SHARED = [
  ...['var', 'if', 'and', 'or', '!', '===', '!==', '<', '<=', '>', '>='],
  ...['+', '-', 'min', 'max', 'in', 'cat'],
];

const data: Data = {
  n: 7,
  zero: 0,
  text: 'pie',
  digits: '12',
  blank: '',
  yes: true,
  no: false,
  nothing: null,
  none: [],
  kinds: ['apple', 'pie', 3],
  deep: { er: { still: 'there' } },
  rows: [{ qty: 2 }, { qty: 5 }],
};

const read = (path: string): Rule => ({ var: path });
const THINGS: Rule[] = [0, 1, -1, 3.5, '', '0', 'pie', true, false, null, [], [0], ...Object.keys(data).map(read)];

/** One list of arguments for each way an operator of the shared set can be asked. */
const CASES: Record<string, Rule[]> = {
  var: [...Object.keys(data), 'deep.er.still', 'deep.er.lost', 'kinds.1', 'kinds.9', 'rows.1.qty', 'lost', '', [], null]
    .map((path): Rule => ({ var: path }))
    .concat([{ var: ['lost', 26] }, { var: ['zero', 9] }, { var: ['lost', read('n')] }]),
  if: [
    ...THINGS.flatMap((thing): Rule[] => [{ if: [thing, 'then', 'else'] }, { if: [thing] }, { if: [thing, 'then'] }]),
    { if: [] },
    ...[0, 1, 2, 3, 4, 5, 6, 7].map((bits): Rule => {
      const [first, second, third] = [1, 2, 4].map((bit) => (bits & bit) > 0);
      return { if: [first ?? null, 'a', second ?? null, 'b', third ?? null, 'c', 'd'] };
    }),
    { if: [{ '>': [read('n'), 3] }, { cat: ['big ', read('text')] }, { cat: ['small ', read('text')] }] },
  ],
  and: THINGS.flatMap((left) => THINGS.map((right): Rule => ({ and: [left, right] }))).concat([{ and: [1, 2, 0, 3] }]),
  or: THINGS.flatMap((left) => THINGS.map((right): Rule => ({ or: [left, right] }))).concat([{ or: [0, '', 2, 3] }]),
  '!': THINGS.flatMap((thing): Rule[] => [{ '!': [thing] }, ...(Array.isArray(thing) ? [] : [{ '!': thing }])]),
  '===': [
    [1, 1],
    [1, '1'],
    [1, 2],
    [0, false],
    [null, null],
    [read('lost'), null],
    [read('text'), 'pie'],
  ].map((args): Rule => ({ '===': args })),
  '!==': [
    [1, 1],
    [1, '1'],
    [1, 2],
    [0, false],
    [null, null],
    [read('text'), 'pie'],
  ].map((args): Rule => ({ '!==': args })),
  ...Object.fromEntries(
    ['<', '<=', '>', '>='].map((name): [string, Rule[]] => {
      const pairs: Rule[][] = [1, 2, '1', '2', '12', 9, '9'].flatMap((left) =>
        [1, 2, '1', '2', '12', 9, '9'].map((right) => [left, right]),
      );
      const between: Rule[][] = name.startsWith('<') ? [1, 2, 3].flatMap((a) => [1, 2, 3].map((b) => [a, 2, b])) : [];
      return [name, [...pairs, ...between, ['2026-09-30', '2026-10-01']].map((args) => ({ [name]: args }))];
    }),
  ),
  '+': [[1, 2], [2, 2, 2], [1], ['1', 1], ['3.14'], [-1, 1], [read('n'), read('digits')]].map((args) => ({
    '+': args,
  })),
  '-': [[2, 3], [3, 2], [3], ['1', 1], [read('n'), 10]].map((args) => ({ '-': args })),
  min: [[1, 2, 3], [1, 1, 3], [3, 2, 1], [1], [read('n'), -2]].map((args) => ({ min: args })),
  max: [[1, 2, 3], [1, 3, 3], [3, 2, 1], [1], [read('n'), -2]].map((args) => ({ max: args })),
  in: [
    ['pie', read('kinds')],
    [3, read('kinds')],
    ['3', read('kinds')],
    ['pear', read('kinds')],
    ['pi', read('text')],
    ['team', 'i'],
    ['pie', read('lost')],
    ['pie', []],
  ].map((args): Rule => ({ in: args })),
  cat: [['ice'], ['ice', 'cream'], [1, 2], ['Robocop', 2], ['x', true, 1.5], ['XY-', read('n')]].map((args) => ({
    cat: args,
  })),
};

describe('the same rule, the same answer', () => {
  test('every operator the two languages share has its cases, and is one of ours', () => {
    expect(Object.keys(CASES).sort()).toEqual([...SHARED].sort());
    expect(SHARED.filter((name) => OPERATORS[name] === undefined)).toEqual([]);
  });

  test.each(Object.entries(CASES))('%s', (_name, rules) => {
    expect(rules.length).toBeGreaterThan(4);
    for (const rule of rules) expect([rule, value(rule, data)]).toEqual([rule, reference.apply(rule, data)]);
  });
});

const { number, text, question } = fc.letrec<{ number: Rule; text: Rule; question: Rule }>((tie) => {
  const some = (name: 'number' | 'text' | 'question') => fc.array(tie(name), { minLength: 1, maxLength: 3 });
  const pair = (name: 'number' | 'text' | 'question') => fc.tuple(tie(name), tie(name));
  const asking = (names: string[], args: fc.Arbitrary<Rule[]>): fc.Arbitrary<Rule> =>
    fc.tuple(fc.constantFrom(...names), args).map(([name, inside]) => ({ [name]: inside }));
  const choosing = (name: 'number' | 'text' | 'question') =>
    asking(['if'], fc.tuple(tie('question'), tie(name), tie(name)));
  return {
    number: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.integer({ min: -99, max: 99 }),
      fc.constantFrom(read('n'), read('zero'), read('rows.1.qty')),
      asking(['+', 'min', 'max'], some('number')),
      asking(['-'], pair('number')),
      choosing('number'),
    ),
    text: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.string({ maxLength: 4 }),
      fc.constantFrom(read('text'), read('blank'), read('deep.er.still')),
      asking(['cat'], some('text')),
      choosing('text'),
    ),
    question: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.boolean(),
      fc.constantFrom(read('yes'), read('no')),
      asking(['<', '<=', '>', '>=', '===', '!=='], pair('number')),
      asking(['<', '<=', '>', '>=', '===', '!==', 'in'], pair('text')),
      asking(['and', 'or'], some('question')),
      asking(['!'], fc.tuple(tie('question'))),
      choosing('question'),
    ),
  };
});

/** Zero has no sign in a form. */
const unsigned = (found: Json): Json => (found === 0 ? 0 : found);

test.each([
  ['number', number],
  ['text', text],
  ['question', question],
])('whatever %s is asked for', (_kind, rules) => {
  fc.assert(
    fc.property(rules, (rule) => {
      expect(unsigned(value(rule, data))).toEqual(unsigned(reference.apply(rule, data)));
    }),
    { numRuns: 500 },
  );
});

/** What JavaScript settles by chance there is settled here: what is missing is never a number, and tenths add up. */
const ON_PURPOSE: [string, Rule, Json, unknown][] = [
  ['what is missing does not count in a sum', { '+': [1, read('lost')] }, 1, NaN],
  ['nothing minus one is nothing', { '-': [read('lost'), 1] }, null, -1],
  ['an answer of nothing is no answer', { var: ['nothing', 'else'] }, 'else', null],
  ['a text that is no number adds nothing', { '+': ['pie'] }, null, NaN],
  ['tenths add up', { '+': [0.1, 0.2] }, 0.3, 0.1 + 0.2],
  ['the smallest of what is there', { min: [read('lost'), 2] }, 2, 0],
  ['nothing is in no order', { '<=': [read('lost'), 5] }, false, true],
  ['no is in no order', { '<': [read('no'), 5] }, false, true],
  ['nothing is in no list', { in: [read('lost'), [null]] }, false, true],
];

test.each(ON_PURPOSE)('differs on purpose: %s', (_why, rule, ours, theirs) => {
  expect([value(rule, data), reference.apply(rule, data)]).toEqual([ours, theirs]);
});
