import type { Field as FormilyField } from '@formily/core';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { compile } from '../../forms/language/compile.ts';
import type { Data, Field, Form, Json, Node, Rule } from '../../forms/language/dialect.ts';
import { lint } from '../../forms/language/lint.ts';
import { columnsOf, fieldsOf, rowsOf } from '../../forms/language/outline.ts';
import { finished, merge, problems, stateOf, tidy, type FillContext } from '../../forms/language/submission.ts';
import { DECLARATION, DICTIONARIES, sampleDeclaration } from '../support/declaration.ts';
import { mount } from '../support/formily.ts';
import { fillings } from '../support/fillings.ts';
import { env, field, formOf } from '../support/forms.ts';

const ctx = (dictionaries = {}): FillContext => ({ env, rights: { '*': 'edit' }, dictionaries });
const OPTIONS = ['a', 'b', 'c'].map((value) => ({ value, label: `选项${value}` }));

/** Questions about fields that stand before, so that no form reads in a circle. */
function questionAbout(before: [string, Field][]): fc.Arbitrary<Rule> {
  const about = before.flatMap(([key, { 'x-component': name }]): fc.Arbitrary<Rule>[] => {
    const read = { var: key };
    if (name === 'Select') return [fc.constantFrom('a', 'b').map((value) => ({ '===': [read, value] }))];
    if (name === 'Boolean') return [fc.constant(read), fc.constant({ '!': [read] })];
    if (name === 'Integer') return [fc.integer({ min: 1, max: 99 }).map((limit) => ({ '>': [read, limit] }))];
    return [fc.constant({ filled: [read] })];
  });
  return about.length === 0 ? fc.constant({ '===': [{ var: 'env.unit.code' }, 'jtj'] }) : fc.oneof(...about);
}

function anyField(title: string, index: number, column: boolean): fc.Arbitrary<Field> {
  const least = fc.integer({ min: 0, max: 5 });
  const kinds: fc.Arbitrary<Field>[] = [
    fc
      .tuple(least, fc.integer({ min: 5, max: 30 }))
      .map(([minLength, maxLength]) => field('Text', title, index, { minLength, maxLength })),
    fc
      .tuple(least, fc.integer({ min: 6, max: 100 }))
      .map(([minimum, maximum]) => field('Integer', title, index, { minimum, maximum })),
    ...(['Money', 'Percent', 'Year', 'Date', 'Boolean', 'Phone', 'Uscc', 'IdCard'] as const).map((name) =>
      fc.constant(field(name, title, index)),
    ),
    fc.constant(field('Select', title, index, { 'x-options': OPTIONS })),
    fc.constant(field('MultiSelect', title, index, { 'x-options': OPTIONS, maxItems: 2 })),
    ...(column ? [] : [fc.constant(field('DateRange', title, index))]),
  ];
  return fc.oneof(...kinds);
}

const KEYS = ['one', 'two', 'three', 'four', 'five', 'six'];

/** Forms of a few fields, each shown and asked for by what stands before it, and a table with rules of its own. */
const forms: fc.Arbitrary<Form> = fc
  .tuple(...KEYS.map((_, at) => anyField(`第${at + 1}项`, at + 1, false)))
  .chain((plain) => {
    const named = plain.map((one, at): [string, Field] => [KEYS[at] ?? '', one]);
    const ruled = named.map(([key, one], at) =>
      fc
        .record(
          {
            'x-visible': questionAbout(named.slice(0, at)),
            'x-required': fc.oneof(fc.constant(true), questionAbout(named.slice(0, at))),
          },
          { requiredKeys: [] },
        )
        .map((rules): [string, Field] => [key, { ...one, ...rules }]),
    );
    const columns = fc
      .tuple(anyField('甲列', 1, true), anyField('乙列', 2, true), fc.boolean())
      .map(([left, right, required]): Record<string, Field> => ({
        left: { ...left, ...(required ? { 'x-required': true } : {}) },
        right: { ...right, 'x-visible': { filled: [{ var: 'row.left' }] } },
      }));
    return fc.tuple(fc.tuple(...ruled), columns).map(([fields, properties]) => {
      const nodes: Record<string, Node> = Object.fromEntries(fields);
      return formOf({
        ...nodes,
        rows: field('Table', '明细', 7, { items: { type: 'object', properties }, maxItems: 3 }),
      });
    });
  })
  .filter((form) => lint(form).length === 0);

/** What the phone says of this data: where it shows something, and where it finds fault. */
async function phoneSays(form: Form, data: Data, context: FillContext) {
  const model = mount(form, data, context);
  await (model.validate() as Promise<unknown>).catch(() => undefined);
  const shown = new Set<string>();
  const faulty = new Set<string>();
  const look = (path: string): void => {
    const found = model.query(path).take() as FormilyField | undefined;
    if (found?.visible) shown.add(path);
    if (found?.visible && found.selfErrors.length > 0) faulty.add(path);
  };
  for (const path of placesIn(form, data)) look(path);
  return { shown, faulty };
}

function placesIn(form: Form, data: Data): string[] {
  return fieldsOf(form).flatMap(({ key, field: one }) => [
    key,
    ...rowsOf(one.items ? data[key] : null).flatMap((_, at) =>
      columnsOf(one).map(([column]) => `${key}.${at}.${column}`),
    ),
  ]);
}

/** The same of the server. */
function serverSays(form: Form, data: Data, context: FillContext) {
  const shown = placesIn(form, data).filter((path) => stateOf(form, data, path, context).visible);
  const blocking = problems(form, data, context).filter(({ level }) => level === 'block');
  return { shown: new Set(shown), refused: new Set(blocking.map(({ path }) => path)) };
}

async function compare(form: Form, sent: Data, context: FillContext): Promise<void> {
  const data = tidy(sent);
  const draft = new Ajv2020({ strict: true }).compile(compile(form, context.dictionaries, 'draft'));
  // What has not even the shape of a draft is refused before anybody compares it.
  if (!draft(data)) return;
  const merged = merge(form, {}, data, context);
  const [phone, server] = [await phoneSays(form, merged, context), serverSays(form, merged, context)];
  expect([...phone.shown].sort()).toEqual([...server.shown].sort());
  const overlooked = [...phone.faulty].filter((path) => !server.refused.has(path));
  expect(overlooked).toEqual([]);
  const final = new Ajv2020({ strict: true }).compile(compile(form, context.dictionaries, 'final'));
  // What is handed in is what is left once everything hidden is gone.
  const kept = finished(form, merged, context).data;
  if (server.refused.size === 0) expect([final(kept), final.errors]).toEqual([true, null]);
}

describe('the phone and the server', () => {
  test('show the same, and what the phone refuses the server refuses too, for any form and any data', async () => {
    const both = forms.chain((form) => fc.tuple(fc.constant(form), fillings(form, {})));
    await fc.assert(
      fc.asyncProperty(both, ([form, sent]) => compare(form, sent, ctx())),
      { numRuns: 40 },
    );
  });

  test('and so for the declaration, whole or with one answer spoiled', async () => {
    const whole = sampleDeclaration();
    await compare(DECLARATION, whole, ctx(DICTIONARIES));
    const spoiled = fillings(DECLARATION, DICTIONARIES).chain((wild) => {
      const keys = Object.keys(wild);
      return keys.length === 0
        ? fc.constant(whole)
        : fc.constantFrom(...keys).map((key): Data => ({ ...whole, [key]: wild[key] as Json }));
    });
    await fc.assert(
      fc.asyncProperty(spoiled, (sent) => compare(DECLARATION, sent, ctx(DICTIONARIES))),
      { numRuns: 4 },
    );
  });
});
