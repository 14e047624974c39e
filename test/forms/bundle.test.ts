import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { bundleOf, dictionariesOf, readBundle } from '../../forms/language/bundle.ts';
import type { Bundle } from '../../forms/language/bundle.ts';
import { canonicalText } from '../../forms/language/canonical.ts';
import { compareBundle } from '../../forms/language/compareBundle.ts';
import type { Field, Form } from '../../forms/language/dialect.ts';
import { canonical } from '../../server/db/json.ts';
import { dictionaries, field, formOf, sampleForm } from '../support/forms.ts';

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

const packed = (forms: Form[] = [sampleForm()]): Bundle => {
  const { bundle, faults } = bundleOf(forms, dictionaries, '某区政务数据局', hashOf);
  if (bundle === null) throw new Error(JSON.stringify(faults));
  return bundle;
};

/** The bundle with something else in it, and a hash that fits. */
const forged = (change: (bundle: Record<string, unknown>) => void): unknown => {
  const rest: Record<string, unknown> = { ...structuredClone(packed()) };
  delete rest['hash'];
  change(rest);
  return { ...rest, hash: hashOf(canonicalText(rest)) };
};
const codeOf = (document: unknown): string | undefined => readBundle(document, hashOf).faults[0]?.code;
const inForm = (change: (form: Record<string, unknown>) => void): unknown =>
  forged((bundle) => change((bundle['forms'] as Record<string, unknown>[])[0] ?? {}));
const withNode = (node: unknown): unknown => inForm((form) => Object.assign(form, { properties: { it: node } }));

describe('packing', () => {
  test('takes the dictionaries the forms name, also in columns, and no others', () => {
    const table = field('Table', '表', 1, {
      items: { type: 'object', properties: { kind: field('Select', '类', 1, { 'x-dictionary': 'nature' }) } },
    });
    const form = formOf({ rows: table, unit: field('Unit', '单位', 2) });
    expect(dictionariesOf(form)).toEqual(['nature']);
    expect(Object.keys(packed([form]).dictionaries)).toEqual(['nature']);
  });

  test('a dictionary that is missing is a fault', () => {
    const { bundle, faults } = bundleOf([sampleForm()], {}, '某区', hashOf);
    expect(bundle).toBeNull();
    expect(faults).toMatchObject([{ code: 'missingDictionary', path: 'sample' }]);
  });

  test('what goes through text comes back the same, whatever the order of its members', () => {
    const bundle = packed();
    expect(readBundle(JSON.parse(JSON.stringify(bundle)), hashOf)).toEqual({ bundle, faults: [] });
    expect(readBundle(JSON.parse(canonicalText(bundle)), hashOf).faults).toEqual([]);
  });

  test('the forms of the district can be packed', () => {
    const load = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
    const forms = ['10-declaration', '20-filing', '30-preliminary'].map((stage) =>
      load(`forms/stages/${stage}/form.json`),
    );
    const catalogue = load('forms/catalogue/dictionaries.json') as typeof dictionaries;
    expect(bundleOf(forms as Form[], catalogue, '本区', hashOf).faults).toEqual([]);
  });

  test('its text is the text the database hashes', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonicalText(value)).toBe(canonical(value));
        expect(canonicalText(JSON.parse(canonicalText(value)))).toBe(canonicalText(value));
      }),
    );
    expect(() => canonicalText(Number.NaN)).toThrow(TypeError);
  });
});

describe('reading', () => {
  test.each([[null], [3], ['{}'], [[]], [{}], [{ forms: [] }]])('%j is no bundle', (document) => {
    expect(codeOf(document)).toBe('notABundle');
  });

  test('a later version is not guessed at', () => expect(codeOf({ ...packed(), bundle: 2 })).toBe('otherVersion'));

  test('a changed word is noticed', () => {
    const bundle = structuredClone(packed());
    (bundle.forms[0] as Form).title = '别的';
    expect(codeOf(bundle)).toBe('wrongHash');
    expect(codeOf({ ...packed(), hash: '' })).toBe('wrongHash');
  });

  test('any change of any text is noticed', () => {
    const text = JSON.stringify(packed());
    fc.assert(
      fc.property(fc.nat(text.length - 1), (at) => {
        if (!/[a-z\u4e00-\u9fff]/.test(text.charAt(at))) return;
        const other = text.charAt(at) === 'z' ? 'y' : 'z';
        let document: unknown;
        try {
          document = JSON.parse(text.slice(0, at) + other + text.slice(at + 1));
        } catch {
          return;
        }
        expect(readBundle(document, hashOf).bundle).toBeNull();
      }),
      { numRuns: 300 },
    );
  });

  const text = { type: 'string', title: '名', 'x-index': 1, 'x-component': 'Text' };
  const wrong: [string, unknown][] = [
    ['badShape', forged((bundle) => Object.assign(bundle, { extra: 1 }))],
    ['badShape', forged((bundle) => Object.assign(bundle, { exportedFrom: 'x'.repeat(201) }))],
    ['badShape', { ...packed(), hash: 7 }],
    ['noForms', forged((bundle) => Object.assign(bundle, { forms: [] }))],
    [
      'tooManyForms',
      forged((bundle) => Object.assign(bundle, { forms: Array.from({ length: 101 }, () => sampleForm()) })),
    ],
    ['duplicateForm', forged((bundle) => Object.assign(bundle, { forms: [sampleForm(), sampleForm()] }))],
    [
      'badDictionary',
      forged((bundle) => Object.assign(bundle, { dictionaries: { nature: [{ value: 1, label: '一' }] } })),
    ],
    ['badForm', forged((bundle) => Object.assign(bundle, { forms: ['x'] }))],
    ['badForm', inForm((form) => Object.assign(form, { dialect: 2 }))],
    ['badForm', inForm((form) => Object.assign(form, { key: 'row' }))],
    ['badForm', inForm((form) => Object.assign(form, { articles: '7' }))],
    ['badForm', inForm((form) => Object.assign(form, { checks: [{ id: 'a' }] }))],
    ['badForm', inForm((form) => Object.assign(form, { properties: [] }))],
    ['badForm', inForm((form) => Object.assign(form, { properties: { 'a b': text } }))],
    ['badForm', withNode(null)],
    ['badForm', withNode({ ...text, title: 1 })],
    ['badForm', withNode({ ...text, 'x-index': '1' })],
    ['badForm', withNode({ ...text, 'x-component': 'Html' })],
    ['badForm', withNode({ ...text, type: 'void', properties: {} })],
    ['badForm', withNode({ ...text, type: 'date' })],
    ['badForm', withNode({ ...text, 'x-options': {} })],
    ['badForm', withNode({ ...text, 'x-totals': [null] })],
    ['badForm', withNode({ ...text, 'x-rows': [1] })],
    ['badForm', withNode({ ...text, 'x-rows-from': {} })],
    ['badForm', withNode({ ...text, 'x-files': { extensions: [1], maxBytes: 1 } })],
    ['badForm', withNode({ ...text, 'x-dictionary': 5 })],
    ['badForm', withNode({ ...text, items: { type: 'object', properties: { a: { ...text, items: {} } } } })],
  ];
  test.each(wrong)('%s', (code, document) => {
    const { bundle, faults } = readBundle(document, hashOf);
    expect(bundle).toBeNull();
    expect(faults[0]).toMatchObject({ code, message: expect.stringMatching(/。$/) });
  });

  test('names that reach a prototype, depth and size are refused with their place', () => {
    expect(codeOf(JSON.parse('{"bundle":1,"__proto__":{}}'))).toBe('forbiddenName');
    let deep: unknown = 1;
    for (let level = 0; level < 200; level += 1) deep = [deep];
    expect(codeOf(withNode({ ...text, 'x-required': deep }))).toBe('tooDeep');
    const { faults } = readBundle({ bundle: 1, forms: ['x'.repeat(10_000_000)] }, hashOf);
    expect(faults[0]).toMatchObject({ code: 'tooMuchText', path: 'forms.0' });
  });
});

describe('comparing', () => {
  const states = (forms: Form[], there: Form[], known = dictionaries): string[] =>
    compareBundle(packed(forms), { forms: there, dictionaries: known }).map(
      ({ kind, key, state }) => `${kind} ${key} ${state}`,
    );

  test('new, the same, different', () => {
    const changed = structuredClone(sampleForm());
    changed.title = '新样表';
    expect(states([sampleForm()], [])).toEqual(['form sample new', 'dictionary nature same']);
    expect(states([sampleForm()], [sampleForm()], {})).toEqual(['form sample same', 'dictionary nature new']);
    expect(states([changed], [sampleForm()])).toEqual(['form sample different', 'dictionary nature same']);
  });

  test('what is different is told in words, with what it may break', () => {
    const strict = formOf({ name: field('Text', '名称', 1, { 'x-required': true }) });
    const loose = formOf({ name: field('Text', '名称', 1) });
    const [entry] = compareBundle(packed([strict]), { forms: [loose], dictionaries: {} });
    expect(entry?.changes.map(({ kind }) => kind)).toEqual(['stricter']);
    expect(entry?.message).toBe(
      '表单“样表”和现有的有1处不同，其中1处可能使已填的内容不合要求；导入时另存为新版本的草稿，不改动现有版本。',
    );
  });

  test('of a dictionary it is told what is more, less and otherwise', () => {
    const nature = [
      { value: 'new', label: '新建项目' },
      { value: 'gone', label: '停用' },
    ];
    const [, entry] = compareBundle(packed(), { forms: [], dictionaries: { nature } });
    expect(entry?.message).toBe(
      '字典“nature”（用于“样表”）和现有的不同：多出“续建”、“改造升级”，缺少“停用”，名称或上级不同的有“新建”。请选择保留现有的，或者改用新的。',
    );
  });

  test('what neither side has is missing', () => {
    const from: Partial<Field> = { 'x-rows-from': { form: 'plan', table: 'lines', columns: { name: 'name' } } };
    const items = { type: 'object', properties: { name: field('Text', '名', 1) } } as const;
    const form = formOf({
      rows: field('Table', '表', 1, { items, ...from }),
      n: field('Select', '性质', 2, { 'x-dictionary': 'nature' }),
    });
    const bundle = { ...packed([form]), dictionaries: {} };
    const entries = compareBundle(bundle, { forms: [], dictionaries: {} });
    expect(entries.map(({ kind, key, state }) => `${kind} ${key} ${state}`)).toEqual([
      'form sample new',
      'dictionary nature missing',
      'form plan missing',
    ]);
  });
});
