import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createForm } from '@formily/core';
import { Schema } from '@formily/json-schema';
import type { Data, FieldRights, Form } from '../../forms/language/dialect.ts';
import { toFormily } from '../../forms/language/formily.ts';
import { align } from '../../forms/language/rowsFrom.ts';
import {
  compute,
  FieldRefusal,
  merge,
  problems,
  redact,
  startingData,
  stateOf,
} from '../../forms/language/submission.ts';
import { canonical } from '../../server/db/json.ts';
import { contextWith, env, field, formOf } from '../support/forms.ts';

const columns = {
  name: field('Text', '建设内容', 1),
  amount: field('Money', '原额', 2),
  ours: field('Money', '我部门建议额', 3, { 'x-required': true }),
  why: field('Text', '理由', 4, { 'x-required': { '<': [{ var: 'row.ours' }, { var: 'row.amount' }] } }),
  theirs: field('Money', '别部门建议额', 5, { 'x-required': true }),
};
const cuts = field('Table', '核减', 1, {
  'x-rows-from': { form: 'plan', table: 'lines', columns: { name: 'title', amount: 'price' } },
  'x-totals': ['ours'],
  items: { type: 'object', properties: columns },
});
const form = formOf({ cuts, opinion: field('Text', '意见', 2, { 'x-required': true }) });
const ours: FieldRights = {
  '*': 'hidden',
  cuts: 'read',
  'cuts.ours': 'edit',
  'cuts.why': 'edit',
  'cuts.theirs': 'hidden',
};

const lines = (...all: [string, number][]): Record<string, Data> => ({
  plan: { lines: all.map(([title, price]) => ({ title, price })) },
});
const rowsIn = (data: Data): Data[] => (data['cuts'] ?? []) as Data[];

describe('aligning with another form', () => {
  test('gives one row for each line there, in its order, and nothing while it is not filled', () => {
    expect(align(form, { opinion: '好' }, lines(['平台', 100], ['终端', 50]))).toEqual({
      opinion: '好',
      cuts: [
        { name: '平台', amount: 100 },
        { name: '终端', amount: 50 },
      ],
    });
    for (const others of [{}, { plan: {} }, lines()]) {
      expect(align(form, { cuts: [{ name: '平台', ours: 1 }] }, others)).toEqual({});
    }
  });

  test('answers go with their line: it moves, its amount changes, it is taken out', () => {
    const data = align(form, {}, lines(['平台', 100], ['终端', 50], ['培训', 10]));
    const answered = { cuts: rowsIn(data).map((row, at) => ({ ...row, ours: at })) };
    expect(rowsIn(align(form, answered, lines(['培训', 10], ['监理', 5], ['平台', 80])))).toEqual([
      { name: '培训', amount: 10, ours: 2 },
      { name: '监理', amount: 5 },
      { name: '平台', amount: 80, ours: 0 },
    ]);
  });

  test('a line is known by its name also in a form read back from the store, whose keys are in another order', () => {
    const stored = JSON.parse(canonical(form)) as Form;
    const answered = { cuts: [{ name: '平台', amount: 100, ours: 1 }] };
    const renamed = align(stored, answered, lines(['终端', 100]));
    expect(rowsIn(renamed)).toEqual([{ name: '终端', amount: 100 }]);
    const dearer = align(stored, answered, lines(['平台', 120]));
    expect(rowsIn(dearer)).toEqual([{ name: '平台', amount: 120, ours: 1 }]);
  });

  test('of two lines with one name, the one that stays keeps its own answer', () => {
    const answered = {
      cuts: [
        { name: '培训', amount: 10, ours: 1 },
        { name: '培训', amount: 20, ours: 2 },
      ],
    };
    expect(rowsIn(align(form, answered, lines(['培训', 20])))).toEqual([{ name: '培训', amount: 20, ours: 2 }]);
  });

  const name = fc.constantFrom('甲', '乙', '丙', '丁');
  const source = fc.array(fc.tuple(name, fc.integer({ min: 0, max: 3 })), { maxLength: 6 });
  /** Each answer remembers the name it was given to. */
  const stored = fc.array(
    fc.tuple(name, fc.nat(3), fc.boolean()).map(([title, price, answered]) => ({
      name: title,
      amount: price,
      ...(answered ? { why: title } : {}),
    })),
    { maxLength: 6 },
  );

  test('twice is once, the order is the source’s, no value moves to another name and none is given twice', () => {
    fc.assert(
      fc.property(source, stored, (all, before) => {
        const once = align(form, { cuts: before }, lines(...all));
        expect(align(form, once, lines(...all))).toEqual(once);
        expect(rowsIn(once).map((row) => [row['name'], row['amount']])).toEqual(all);
        const answers = rowsIn(once).filter((row) => row['why'] !== undefined);
        expect(answers.filter((row) => row['why'] !== row['name'])).toEqual([]);
        for (const title of ['甲', '乙', '丙', '丁']) {
          const count = (rows: Data[]) => rows.filter((row) => row['why'] === title).length;
          expect(count(answers)).toBeLessThanOrEqual(count(before));
        }
      }),
    );
  });
});

describe('one column of a table one only reads', () => {
  const stored: Data = {
    cuts: [
      { name: '平台', amount: 100, theirs: 90 },
      { name: '终端', amount: 50, theirs: 40 },
    ],
    opinion: '同意',
  };
  const seen = redact(form, stored, ours);
  const filled = (change: (rows: Data[]) => Data[]): Data => ({
    cuts: change(rowsIn(seen).map((row) => ({ ...row }))),
  });
  const answer = (rows: Data[]): Data[] =>
    rows.map((row) => ({ ...row, ours: Number(row['amount']) - 10, why: '压减' }));
  const save = (incoming: Data, rights: FieldRights = ours): Data => merge(form, stored, incoming, contextWith(rights));

  test('shows its lines and that column, nothing else', () => {
    expect(seen).toEqual({
      cuts: [
        { name: '平台', amount: 100 },
        { name: '终端', amount: 50 },
      ],
    });
    const state = (path: string) => stateOf(form, stored, path, contextWith(ours));
    expect(state('cuts')).toEqual({ visible: true, required: false, editable: true });
    expect(state('cuts.0.ours')).toEqual({ visible: true, required: true, editable: true });
    for (const path of ['cuts.0.name', 'cuts.0.amount', 'cuts.name']) {
      expect([path, state(path)]).toEqual([path, { visible: true, required: false, editable: false }]);
    }
    for (const path of ['cuts.0.theirs', 'opinion']) expect(state(path).visible).toBe(false);
  });

  test('takes what was filled in there and keeps what others filled in', () => {
    expect(save(filled(answer))).toEqual({
      ...stored,
      cuts: [
        { name: '平台', amount: 100, ours: 90, why: '压减', theirs: 90 },
        { name: '终端', amount: 50, ours: 40, why: '压减', theirs: 40 },
      ],
    });
    expect(save({})).toEqual(stored);
  });

  test('a client that sorts moves nothing', () => {
    expect(save(filled((rows) => answer(rows).reverse()))).toEqual(save(filled(answer)));
  });

  test.each<[string, (rows: Data[]) => Data[]]>([
    ['knows a line that is gone', (rows) => [...rows, { name: '监理', amount: 5 }]],
    ['has not heard of a line', (rows) => rows.slice(1)],
    ['holds an older amount', (rows) => rows.map((row) => ({ ...row, amount: 7 }))],
    ['renames a line', (rows) => rows.map((row) => ({ ...row, name: '另一个名字' }))],
    ['sends no names', (rows) => rows.map(({ ours: mine = 1 }) => ({ ours: mine }))],
    ['names one line twice', (rows) => rows.map(() => ({ ...rows[0] }))],
  ])('a client that %s is refused by the name of the table', (_, change) => {
    expect(() => save(filled((rows) => change(answer(rows))))).toThrow(FieldRefusal);
    expect(() => save(filled((rows) => change(answer(rows))))).toThrow('核减（固定的各行）');
  });

  test('a column of another department is neither changed nor guessed', () => {
    for (const theirs of [90, 91]) {
      const probing = filled((rows) => rows.map((row, at) => (at === 0 ? { ...row, theirs } : row)));
      expect(() => save(probing)).toThrow('别部门建议额');
    }
    const reading: FieldRights = { ...ours, 'cuts.theirs': 'read' };
    const forged = filled((rows) => rows.map((row) => ({ ...row, theirs: 1 })));
    expect(() => save(forged, reading)).toThrow('别部门建议额');
  });

  test('who may not see the names cannot fill in lines', () => {
    const blind = { ...ours, 'cuts.name': 'hidden' } as FieldRights;
    expect(() =>
      save(
        {
          cuts: [
            { amount: 100, ours: 1 },
            { amount: 50, ours: 2 },
          ],
        },
        blind,
      ),
    ).toThrow(FieldRefusal);
    expect(save({ cuts: [{ amount: 50 }, { amount: 100 }] }, { '*': 'read', 'cuts.name': 'hidden' })).toEqual(stored);
  });

  test('rights to the whole table open neither its given cells nor its number of rows', () => {
    const whole: FieldRights = { '*': 'edit' };
    expect(stateOf(form, stored, 'cuts.0.amount', contextWith(whole)).editable).toBe(false);
    expect(stateOf(form, stored, 'cuts.name', contextWith(whole)).editable).toBe(false);
    expect(() => save({ ...stored, cuts: [] }, whole)).not.toThrow();
    expect(save({ ...stored, cuts: [] }, whole)['cuts']).toEqual(stored['cuts']);
    const [first = {}] = rowsIn(stored);
    for (const rows of [[first], [...rowsIn(stored), first], [first, { name: '终端', amount: 51 }]]) {
      expect(() => save({ ...stored, cuts: rows }, whole)).toThrow(FieldRefusal);
    }
  });

  test('a rule that locks the table locks its columns', () => {
    const locked = formOf({ cuts: { ...cuts, 'x-editable': false }, opinion: field('Text', '意见', 2) });
    expect(stateOf(locked, stored, 'cuts', contextWith(ours)).editable).toBe(false);
    expect(() => merge(locked, stored, filled(answer), contextWith(ours))).toThrow('核减');
  });

  test('only what is asked of this department is missing', () => {
    const missing = (data: Data) => problems(form, data, contextWith(ours)).map(({ path, code }) => [path, code]);
    expect(missing(stored)).toEqual([
      ['cuts.0.ours', 'required'],
      ['cuts.1.ours', 'required'],
    ]);
    expect(missing({ cuts: [{ name: '平台', amount: 100, ours: 90 }] })).toEqual([['cuts.0.why', 'required']]);
  });

  test('a given cell that breaks a limit of this form is nobody’s mistake here', () => {
    const long = { cuts: [{ name: '长'.repeat(300), amount: 1, ours: 1 }] };
    expect(problems(form, { ...long, opinion: '好' }, contextWith({ '*': 'edit', 'cuts.theirs': 'read' }))).toEqual([]);
  });

  test('no filling moves a stored answer of another department', () => {
    const row = fc.record(
      { name: fc.constantFrom('平台', '终端'), amount: fc.constantFrom(100, 50), ours: fc.nat(200), theirs: fc.nat(2) },
      { requiredKeys: ['name'] },
    );
    fc.assert(
      fc.property(fc.array(row, { maxLength: 3 }), (rows) => {
        try {
          const after = save({ cuts: rows });
          expect(rowsIn(after).map(({ name, amount, theirs }) => ({ name, amount, theirs }))).toEqual(stored['cuts']);
        } catch (error) {
          expect(error).toBeInstanceOf(FieldRefusal);
        }
      }),
    );
  });

  test('the phone opens that column and nothing else', () => {
    const model = createForm({ values: structuredClone(seen) });
    const schema = new Schema(toFormily(form, contextWith(ours)));
    const table = (schema.properties as Record<string, Schema>)['cuts'] as Schema;
    const pattern = (name: string): string => model.query(name).take()?.pattern ?? 'not there';
    model.createArrayField({ ...(table.toFieldProps() as object), name: 'cuts' });
    model.createObjectField({ name: '0', basePath: 'cuts' });
    for (const [column, cell] of Object.entries((table.items as Schema).properties as Record<string, Schema>)) {
      model.createField({ ...(cell.toFieldProps() as object), name: column, basePath: 'cuts.0' });
    }
    expect(['cuts', 'cuts.0.ours', 'cuts.0.name', 'cuts.0.theirs'].map(pattern)).toEqual([
      'editable',
      'editable',
      'readPretty',
      'not there',
    ]);
    expect(table['x-component-props']).toMatchObject({ fixedRows: true });
  });
});

test('a new form has no rows of its own, and computing leaves the given ones alone', () => {
  expect(startingData(form, env)).toEqual({});
  const data = { cuts: [{ name: '平台', amount: 100 }] };
  expect(compute(form, data, contextWith())).toEqual(data);
});

test('the table of a form may be taken from by many', () => {
  const twice: Form = formOf({ cuts, more: { ...cuts, 'x-index': 2 } });
  const both = align(twice, {}, lines(['平台', 1]));
  expect(both['more']).toEqual(both['cuts']);
});
