import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { FieldRights } from '../../forms/language/dialect.ts';
import {
  compute,
  fieldsOf,
  prune,
  redact,
  rightOf,
  startingData,
  startingRow,
  stateOf,
} from '../../forms/language/submission.ts';
import type { FieldState } from '../../forms/language/submission.ts';
import { contextWith, dictionaries, env, field, formOf, sampleFilling, sampleForm } from '../support/forms.ts';
import { fillings } from '../support/fillings.ts';

const form = sampleForm();
const all = contextWith('edit');
const whole = sampleFilling;
const item = { name: '平台', price: 1_000_000, quantity: 3 };

describe('what a person sees', () => {
  test('fields come in reading order with the section they stand in', () => {
    const fields = fieldsOf(form);
    expect(fields.slice(0, 2).map(({ key, section }) => [key, section?.title])).toEqual([
      ['projectName', '基本情况'],
      ['unit', '基本情况'],
    ]);
    expect(fields.at(-1)).toMatchObject({ key: 'selfChecks', section: { key: 'money', title: '投资' } });
  });

  test('rules and rights together decide', () => {
    const continued = { ...whole, nature: 'continued' };
    expect(stateOf(form, whole, 'previous', all).visible).toBe(false);
    expect(stateOf(form, continued, 'previous', all)).toEqual({ visible: true, required: true, editable: true });
    expect(stateOf(form, continued, 'previous', contextWith('read'))).toEqual({
      visible: true,
      required: false,
      editable: false,
    });
    expect(stateOf(form, continued, 'previous', contextWith({ '*': 'edit', previous: 'hidden' })).visible).toBe(false);
    expect(stateOf(form, whole, 'userCount', contextWith({ '*': 'read', userCount: 'require' })).required).toBe(true);
  });

  test('computed, automatic and locked fields are never editable or required', () => {
    for (const key of ['total', 'number', 'unit']) {
      expect(stateOf(form, whole, key, contextWith('require'))).toEqual({
        visible: true,
        required: false,
        editable: false,
      });
    }
  });

  test('cells have a state of their own, columns the state of their header', () => {
    const rows = {
      ...whole,
      items: [
        { ...item, common: true },
        { ...item, common: false },
      ],
    };
    const state = (path: string): FieldState => stateOf(form, rows, path, all);
    expect(['items.0.reason', 'items.1.reason', 'items.reason'].map((path) => state(path).visible)).toEqual([
      true,
      false,
      true,
    ]);
    expect(state('selfChecks.0.question').editable).toBe(false);
    expect(state('selfChecks.0.passed').editable).toBe(true);
  });

  test('a layout is visible while something in it is', () => {
    expect(stateOf(form, whole, 'money', all).visible).toBe(true);
    const rights: FieldRights = { '*': 'hidden', projectName: 'read' };
    expect(stateOf(form, whole, 'money', contextWith(rights)).visible).toBe(false);
    expect(stateOf(form, whole, 'basics', contextWith(rights)).visible).toBe(true);
  });

  test('a path that is not of this form is hidden', () => {
    for (const path of ['nothing', 'items.nothing', 'items.0.nothing', '__proto__', 'constructor']) {
      expect(stateOf(form, whole, path, all).visible).toBe(false);
    }
  });

  test('a column follows its table unless it is named', () => {
    expect(rightOf({ '*': 'read', items: 'require' }, 'items', 'name')).toBe('edit');
    expect(rightOf({ '*': 'read', items: 'read', 'items.name': 'edit' }, 'items', 'name')).toBe('edit');
    expect(rightOf({ '*': 'edit', items: 'hidden', 'items.name': 'edit' }, 'items', 'name')).toBe('hidden');
    expect(rightOf({}, 'items')).toBe('read');
    expect(rightOf({ '*': 'edit' }, 'toString')).toBe('edit');
  });
});

describe('computing', () => {
  test('values follow their dependencies, whatever a client claims', () => {
    const result = compute(
      form,
      {
        ...whole,
        total: 1,
        items: [
          { ...item, amount: 7 },
          { ...item, quantity: 10 },
        ],
      },
      all,
    );
    expect(result).toMatchObject({ total: 13_000_000, large: true });
    expect(result['items']).toMatchObject([{ amount: 3_000_000 }, { amount: 10_000_000 }]);
  });

  test('a hidden value counts for nothing, but is kept until it is pruned', () => {
    const twice = formOf({
      asked: field('Boolean', '是否', 1),
      extra: field('Money', '追加', 2, { 'x-visible': { var: 'asked' } }),
      total: field('Money', '合计', 3, { 'x-value': { '+': [1, { var: 'extra' }] } }),
    });
    const typed = { asked: false, extra: 100 };
    expect(compute(twice, typed, all)).toEqual({ asked: false, extra: 100, total: 1 });
    expect(prune(twice, compute(twice, typed, all), all)).toEqual({ asked: false, total: 1 });
    expect(compute(twice, { ...typed, asked: true }, all)).toMatchObject({ total: 101 });
  });

  test('fields computed from each other against the order on screen', () => {
    const backwards = formOf({
      last: field('Integer', '三', 1, { 'x-value': { '+': [{ var: 'middle' }, 1] } }),
      middle: field('Integer', '二', 2, { 'x-value': { '+': [{ var: 'first' }, 1] } }),
      first: field('Integer', '一', 3),
    });
    expect(compute(backwards, { first: 1 }, all)).toEqual({ first: 1, middle: 2, last: 3 });
  });

  test('a sum may stand above its table', () => {
    const above = formOf({
      total: field('Money', '合计', 1, { 'x-value': { sum: [{ var: 'rows' }, 'amount'] } }),
      rows: field('Table', '明细', 2, {
        items: {
          type: 'object',
          properties: {
            amount: field('Money', '金额', 1, { 'x-value': { '+': [{ var: 'row.base' }, 1] } }),
            base: field('Money', '基数', 2),
          },
        },
      }),
    });
    expect(compute(above, { rows: [{ base: 1 }, { base: 2 }] }, all)).toMatchObject({ total: 5 });
  });

  test('a form starts with its defaults and given rows', () => {
    const start = startingData(form, env);
    expect(start['unit']).toBe('jtj');
    expect(start['selfChecks']).toEqual([{ question: '是否依托政务网' }, { question: '是否部署在政务云' }]);
    const funds = field('Table', '资金', 1, {
      items: {
        type: 'object',
        properties: { year: field('Year', '年度', 1, { 'x-default': { year: { var: 'env.today' } } }) },
      },
    });
    expect(startingRow(funds, env)).toEqual({ year: 2026 });
  });

  test('computing twice changes nothing', () => {
    fc.assert(
      fc.property(fillings(form, dictionaries), (data) => {
        const once = compute(form, data, all);
        expect(compute(form, once, all)).toEqual(once);
      }),
    );
  });

  test('pruning twice changes nothing, and nothing hidden survives it', () => {
    fc.assert(
      fc.property(fillings(form, dictionaries), (data) => {
        const once = prune(form, compute(form, data, all), all);
        expect(prune(form, once, all)).toEqual(once);
        for (const key of Object.keys(once)) expect(stateOf(form, once, key, all).visible).toBe(true);
      }),
    );
  });
});

describe('redacting', () => {
  test('what rights hide is not sent', () => {
    const rights: FieldRights = { '*': 'read', phone: 'hidden', 'items.price': 'hidden' };
    expect(redact(form, { ...whole, alien: 1 }, rights)).toEqual({
      projectName: '智慧教育',
      unit: 'jtj',
      nature: 'new',
      items: [{ name: '平台', quantity: 3 }],
      selfChecks: whole['selfChecks'],
    });
  });
});
