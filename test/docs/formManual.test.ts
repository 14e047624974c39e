import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { BOUNDS_WORDS } from '../../forms/language/bounds.ts';
import { COMPONENTS } from '../../forms/language/components.ts';
import type { Check, Data, Env, FieldRights, Form, Json, Node, Right, Rule } from '../../forms/language/dialect.ts';
import { boundsOf } from '../../forms/language/formBounds.ts';
import { lint } from '../../forms/language/lint.ts';
import type { Known } from '../../forms/language/lint.ts';
import { OPERATORS } from '../../forms/language/operators.ts';
import { problems } from '../../forms/language/problems.ts';
import { rightOf } from '../../forms/language/rights.ts';
import { scopeOf, value } from '../../forms/language/rule.ts';
import { readFormFiles } from '../../scripts/forms.ts';
import { ENV_NAMES, SOURCES } from '../../server/commands/publishing/inspect.ts';
import { projectFiles, textOf } from '../house/files.ts';
import { DICTIONARIES, readForms } from '../support/declaration.ts';
import { formOf } from '../support/forms.ts';

const MANUAL = textOf('docs/form-manual.md');
const DIALECT = readForms<Schema>('language/dialect.schema.json');
const ENV: Env = { today: '2026-08-20' };

const known: Known = {
  dictionaries: Object.keys(DICTIONARIES),
  options: DICTIONARIES,
  sources: [...SOURCES, ...Object.keys(readForms<object>('catalogue/sources.json'))],
  articles: readForms<{ articles: { no: string }[] }>('policy/articles.json').articles.map(({ no }) => no),
  env: ENV_NAMES,
  forms: (await readFormFiles()).map(({ form }) => form),
};
const satisfies = new Ajv2020({ strict: false }).compile(DIALECT);

/** What the blocks of one kind say; a block may hold a list. */
function blocksOf<T>(kind: string): T[] {
  return [...MANUAL.matchAll(/^```json (\w+)\n([\s\S]*?)^```$/gm)]
    .filter(([, marked]) => marked === kind)
    .flatMap(([, , text = '']) => JSON.parse(text) as T | T[]);
}

interface RuleExample {
  rule: Rule;
  data: Data;
  env?: Env;
  gives: Json;
}

const forms = [
  ...blocksOf<Form>('form'),
  ...blocksOf<Record<string, Node>>('field').map((properties) => formOf(properties)),
];
const checks = blocksOf<{ properties: Record<string, Node>; check: Check; data: Data; gives: string[] }>('check');
const rules = blocksOf<RuleExample>('rule');
const refused = blocksOf<{ code: string; properties: Record<string, Node> }>('refused');
const rights = blocksOf<{ rights: FieldRights; gives: Record<string, Right> }>('rights');

describe('every example', () => {
  const faultsOf = (form: Form) => [
    ...boundsOf(form),
    ...(satisfies(form) ? [] : (satisfies.errors ?? [])),
    ...lint(form, known),
  ];

  test('is of a kind that is run', () => {
    const kinds = [...MANUAL.matchAll(/^```(.*)$/gm)].map(([, kind = '']) => kind).filter((kind) => kind !== '');
    expect(new Set(kinds)).toEqual(
      new Set(['json form', 'json field', 'json check', 'json rule', 'json rights', 'json refused']),
    );
  });

  test.each(forms.map((form): [string, Form] => [Object.keys(form.properties).join(), form]))(
    'of fields may be published: %s',
    (_fields, form) => expect(faultsOf(form)).toEqual([]),
  );

  test.each(checks.map((example): [string, typeof example] => [example.check.id, example]))(
    'of a check finds what it says: %s',
    (_id, { properties, check, data, gives }) => {
      const form = formOf(properties, [check]);
      expect(faultsOf(form)).toEqual([]);
      const found = problems(form, data, { env: ENV, dictionaries: DICTIONARIES, rights: { '*': 'edit' } });
      expect(found.map(({ code, path }) => [code, path])).toEqual(gives.map((path) => [check.id, path]));
    },
  );

  test.each(rules.map((example): [string, RuleExample] => [JSON.stringify(example.rule), example]))(
    'of a rule gives what it says: %s',
    (_rule, { rule, data, env, gives }) => expect(value(rule, scopeOf(data, env ?? ENV))).toEqual(gives),
  );

  test.each(rights)('of rights opens what it says', ({ rights: given, gives }) => {
    const opened = Object.keys(gives).map((path): [string, Right] => {
      const [key = '', column = null] = path.split('.');
      return [path, rightOf(given, key, column)];
    });
    expect(Object.fromEntries(opened)).toEqual(gives);
  });

  test.each(refused.map((example): [string, Record<string, Node>] => [example.code, example.properties]))(
    'of what is refused is refused: %s',
    (code, properties) => {
      const form = formOf(properties);
      const bounds = boundsOf(form);
      const found = bounds.length > 0 ? bounds : lint(form, known);
      expect(found.map((finding) => finding.code)).toContain(code);
    },
  );
});

describe('nothing is left out', () => {
  /** The first cells of all tables. */
  const rows = new Set([...MANUAL.matchAll(/^\| `([^`]+)` +\|/gm)].map(([, name = '']) => name));
  const without = (names: readonly string[], there: ReadonlySet<string>) => names.filter((name) => !there.has(name));
  const shown = JSON.stringify([forms, checks]);
  const keywords = [...keywordsIn(DIALECT)];

  test('every keyword has its line and stands in an example', () => {
    expect(keywords).toEqual(expect.arrayContaining(['x-visible', 'extensions', 'each', 'x-sections']));
    expect(without(keywords, rows)).toEqual([]);
    expect(keywords.filter((keyword) => !shown.includes(`"${keyword}":`))).toEqual([]);
  });

  test('every component and layout has its line and stands in an example', () => {
    const names = [...Object.keys(COMPONENTS), ...(DIALECT.$defs?.layout?.properties?.['x-component']?.enum ?? [])];
    expect(names.length).toBe(Object.keys(COMPONENTS).length + 3);
    expect(without(names, rows)).toEqual([]);
    expect(names.filter((name) => !shown.includes(`"x-component":"${name}"`))).toEqual([]);
  });

  test('every operator has its line and stands in an example', () => {
    const names = Object.keys(OPERATORS);
    expect(without(names, rows)).toEqual([]);
    const asked = rules.map(({ rule }) => Object.keys(rule as Record<string, Rule>)[0]);
    expect(names.filter((name) => !asked.includes(name))).toEqual([]);
  });

  test('every right has its line', () => {
    const names = [...new Set(rights.flatMap(({ gives }) => Object.values(gives)))];
    expect(names.sort()).toEqual(['edit', 'hidden', 'read', 'require']);
    expect(without(names, rows)).toEqual([]);
  });

  test('every finding has its line, and no line is of a finding that is gone', () => {
    const linters = projectFiles().filter((file) => /^forms\/language\/lint\w*\.ts$/.test(file));
    const reported = linters.flatMap((file) =>
      [...textOf(file).matchAll(/report\(\s*'(\w+)'/g)].map(([, code = '']) => code),
    );
    const codes = [...new Set([...reported, ...Object.keys(BOUNDS_WORDS), 'reference'])];
    expect(codes).toEqual(expect.arrayContaining(['badRowsFrom', 'nobodyFills', 'notAQuestion']));
    const lines = [...(MANUAL.split('## What is refused')[1] ?? '').matchAll(/^\| `(\w+)` +\|/gm)];
    expect(lines.map(([, code = '']) => code).sort()).toEqual(codes.sort());
  });
});

interface Schema {
  [keyword: string]: unknown;
  properties?: Record<string, Schema>;
  items?: Schema;
  enum?: string[];
  $defs?: Record<string, Schema>;
}

/** The names of everything a form may have; the operators of rules are another list. */
function keywordsIn({ properties = {}, items, $defs = {} }: Schema): Set<string> {
  const operators = ['rule', 'one', 'two', 'reading'];
  const inside = Object.entries($defs).filter(([name]) => !operators.includes(name));
  const parts = [...Object.values(properties), ...(items ? [items] : []), ...inside.map(([, schema]) => schema)];
  return new Set([...Object.keys(properties), ...parts.flatMap((part) => [...keywordsIn(part)])]);
}
