import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Data, Field, FieldRights, Layout } from '../../forms/language/dialect.ts';
import {
  compute,
  FieldRefusal,
  fieldsOf,
  merge,
  problems,
  prune,
  redact,
  rightOf,
  startingData,
  startingRow,
  stateOf,
  tidy,
} from '../../forms/language/submission.ts';
import type { FieldState } from '../../forms/language/submission.ts';
import { contextWith, dictionaries, env, field, formOf, sampleForm } from '../support/forms.ts';
import { fillings, rightsOver } from '../support/fillings.ts';

const form = sampleForm();
const all = contextWith('edit');
const item = { name: '平台', price: 1_000_000, quantity: 3 };
const selfChecks = [
  { question: '是否依托政务网', passed: true },
  { question: '是否部署在政务云', passed: true },
];
const whole: Data = {
  projectName: '智慧教育',
  unit: 'jtj',
  phone: '13870200000',
  nature: 'new',
  items: [item],
  selfChecks,
};

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
      selfChecks,
    });
  });
});

describe('merging', () => {
  const stored = compute(form, { ...whole, number: 'XY-1' }, all);
  const refusal = (incoming: Data, rights: FieldRights): FieldRefusal => {
    try {
      merge(form, stored, incoming, contextWith(rights));
    } catch (error) {
      if (error instanceof FieldRefusal) return error;
    }
    throw new Error('was not refused');
  };

  test('editable fields are replaced, left out means cleared, all else stays', () => {
    const result = merge(
      form,
      stored,
      { projectName: ' 新名称 ', phone: null },
      contextWith({ '*': 'read', projectName: 'edit', phone: 'edit' }),
    );
    expect(result).toMatchObject({ projectName: '新名称', unit: 'jtj', number: 'XY-1', items: stored['items'] });
    expect('phone' in result).toBe(false);
  });

  test('automatic and computed values never come from the client', () => {
    const result = merge(
      form,
      stored,
      { ...stored, number: 'XY-666', total: 1, large: true, items: [{ ...item, amount: 1 }] },
      all,
    );
    expect(result).toMatchObject({ number: 'XY-1', total: 3_000_000, large: false, items: [{ amount: 3_000_000 }] });
  });

  test('a change without the right names the field by its title', () => {
    const error = refusal({ ...stored, projectName: '改了' }, { '*': 'read' });
    expect(error).toMatchObject({ path: 'projectName', title: '项目名称' });
    expect(error.message).toContain('“项目名称”在当前环节不能修改');
    expect(
      refusal({ ...stored, items: [{ ...item, price: 1 }] }, { '*': 'edit', 'items.price': 'read' }),
    ).toMatchObject({
      path: 'items.0.price',
      title: '建设内容 第1行 单价',
    });
  });

  test('sending back unchanged what one may only read is fine', () => {
    expect(merge(form, stored, stored, contextWith('read'))).toEqual(stored);
  });

  test('a hidden value cannot be guessed', () => {
    expect(refusal({ phone: '13870200000' }, { '*': 'read', phone: 'hidden' }).path).toBe('phone');
    expect(refusal({ phone: '13870200001' }, { '*': 'read', phone: 'hidden' }).path).toBe('phone');
  });

  test('rows whose columns this person may not touch are neither added nor removed', () => {
    const rights: FieldRights = { '*': 'edit', 'items.price': 'hidden' };
    expect(refusal({ items: [{ name: '甲' }, { name: '乙' }] }, rights).path).toBe('items');
    const result = merge(form, stored, { items: [{ name: '甲', quantity: 2 }] }, contextWith(rights));
    expect(result['items']).toEqual([{ name: '甲', price: 1_000_000, quantity: 2, amount: 2_000_000 }]);
  });

  test('given rows keep their number and their given cells', () => {
    const sent: Data[] = [{ question: '别的问题', passed: false, note: '说明' }, { passed: true }];
    expect(merge(form, stored, { ...stored, selfChecks: sent }, all)['selfChecks']).toEqual([
      { question: '是否依托政务网', passed: false, note: '说明' },
      { question: '是否部署在政务云', passed: true },
    ]);
    expect(refusal({ ...stored, selfChecks: [...sent, { passed: true }] }, { '*': 'edit' }).path).toBe('selfChecks');
  });

  test('a field a rule locks keeps its value, or starts from its default', () => {
    expect(refusal({ ...stored, unit: 'wjw' }, { '*': 'edit' }).path).toBe('unit');
    expect(merge(form, {}, { projectName: '甲' }, all)['unit']).toBe('jtj');
    expect(merge(form, {}, { unit: 'jtj' }, all)['unit']).toBe('jtj');
    expect(() => merge(form, {}, { unit: 'wjw' }, all)).toThrow(FieldRefusal);
  });

  test('a table a rule locks is taken back only as it was', () => {
    const { items } = (sampleForm().properties['money'] as Layout).properties;
    const locked = formOf({
      asked: field('Boolean', '开放', 1),
      items: { ...(items as Field), 'x-editable': { var: 'asked' } },
    });
    const before = compute(locked, { asked: false, items: [item] }, all);
    expect(merge(locked, before, before, all)).toEqual(before);
    expect(merge(locked, before, { asked: true, items: [{ ...item, quantity: 1 }] }, all)['items']).toMatchObject([
      { amount: 1_000_000 },
    ]);
    expect(() => merge(locked, before, { asked: false, items: [{ ...item, quantity: 1 }] }, all)).toThrow('“建设内容”');
    expect(stateOf(locked, before, 'items.0.name', all).editable).toBe(false);
  });

  test('no filling changes a field without the right to edit it', () => {
    fc.assert(
      fc.property(
        fillings(form, dictionaries),
        fillings(form, dictionaries),
        rightsOver(form),
        (before, sent, rights) => {
          const base = compute(form, tidy(before), all);
          let after: Data;
          try {
            after = merge(form, base, sent, contextWith(rights));
          } catch (error) {
            expect(error).toBeInstanceOf(FieldRefusal);
            return;
          }
          for (const { key, field: asked } of fieldsOf(form)) {
            if (asked['x-value'] !== undefined || asked['x-component'] === 'Table') continue;
            if (['read', 'hidden'].includes(rightOf(rights, key))) expect(after[key]).toEqual(base[key]);
          }
        },
      ),
    );
  });

  test('columns without the right keep every stored cell in its row', () => {
    fc.assert(
      fc.property(fillings(form, dictionaries), rightsOver(form), (sent, rights) => {
        let after: Data;
        try {
          after = merge(form, stored, sent, contextWith(rights));
        } catch {
          return;
        }
        for (const column of ['name', 'price', 'quantity']) {
          if (!['read', 'hidden'].includes(rightOf(rights, 'items', column))) continue;
          expect((after['items'] as Data[]).map((row) => row[column])).toEqual(
            (stored['items'] as Data[]).map((row) => row[column]),
          );
        }
      }),
    );
  });

  test('hostile keys and shapes are dropped, not followed', () => {
    const hostile = JSON.parse(
      '{"__proto__":{"projectName":"x"},"constructor":1,"items":[null,7,"x",{"__proto__":{"name":"x"}}]}',
    ) as Data;
    const result = merge(form, {}, hostile, all);
    expect(Object.keys(result).sort()).toEqual(['items', 'large', 'selfChecks', 'total', 'unit']);
    expect(({} as Data)['projectName']).toBeUndefined();
    expect(Object.getPrototypeOf(tidy(hostile))).toBe(Object.prototype);
  });
});

describe('tidying', () => {
  test('empty is absent, rows stay', () => {
    expect(
      tidy({ a: null, b: '', c: ' x ', d: [], e: [{ f: '', g: 0 }, {}], h: { start: '', end: '' }, i: false }),
    ).toEqual({
      c: 'x',
      e: [{ g: 0 }, {}],
      i: false,
    });
  });
});

describe('problems', () => {
  const messages = (data: Data, rights: FieldRights = { '*': 'edit' }): string[] =>
    problems(form, data, contextWith(rights)).map(({ message }) => message);

  test('a complete filling has none', () => expect(messages(whole)).toEqual([]));

  test('what is missing is asked for by title and row, in reading order', () => {
    expect(messages({ items: [{ common: true }] })).toEqual([
      '请填写“项目名称”。',
      '请填写“联系电话”。',
      '请选择“项目性质”。',
      '请填写建设内容第1行的“名称”。',
      '请填写建设内容第1行的“单价”。',
      '请填写建设内容第1行的“数量”。',
      '请填写建设内容第1行的“不用统建的理由”。',
      '请选择自查第1行的“结果”。',
      '请选择自查第2行的“结果”。',
    ]);
    expect(messages({ ...whole, items: [] })).toEqual(['请在“建设内容”中至少填写一行。']);
  });

  test.each<[string, Data, string]>([
    ['too short', { need: '短' }, '“建设必要性”至少要写10个字，现在有1个字，请补充。'],
    ['too long', { projectName: '长'.repeat(61) }, '“项目名称”最多60个字，现在有61个字，请精简。'],
    ['negative', { userCount: -1 }, '“用户数”不能是负数，请核对。'],
    ['too many decimals', { share: 1.25 }, '“占比”最多保留1位小数，请修改。'],
    ['a date that is none', { startOn: '2027-02-29' }, '“开工日期”不是有效的日期，请重新选择。'],
    ['backwards', { period: { start: '2027-02-01', end: '2027-01-01' } }, '“建设周期”的结束日期早于开始日期，请修改。'],
    ['half a period', { period: { start: '2027-02-01' } }, '“建设周期”的开始日期和结束日期都要选，请补全。'],
    ['phone', { phone: '123' }, '“联系电话”不是有效的电话号码，请填写11位手机号，或“区号-号码”形式的座机号。'],
    [
      'check digit',
      { uscc: '11360403MB00000010' },
      '“统一社会信用代码”不是有效的统一社会信用代码（18位，末位为校验码），请对照证照核对。',
    ],
    ['no option', { nature: 'other' }, '“项目性质”所选的内容不在可选范围内，请重新选择。'],
    ['chosen twice', { sectors: ['health', 'health'] }, '“行业领域”有重复的选项，请去掉重复的。'],
    ['pattern', { docNo: 'ab-1' }, '“批复文号”的格式不符合要求，请按填写说明修改。'],
    ['wrong type', { projectName: 5 }, '“项目名称”的内容格式不对，请重新填写。'],
    [
      'file kind',
      { proposal: [{ id: '1', name: 'a.exe', size: 1, noSecret: true }] },
      '“项目建议书”只收pdf格式的文件，请转换格式后重新上传。',
    ],
    [
      'file not cleared',
      { proposal: [{ id: '1', name: 'a.pdf', size: 1, noSecret: false }] },
      '“项目建议书”中有文件没有确认不涉密，请删除后重新上传并勾选确认（依据《办法》第三条）。',
    ],
    ['rows', { items: [item, { ...item, quantity: 1.125 }] }, '建设内容第2行的“数量”最多保留2位小数，请修改。'],
  ])('%s', (_, change, message) => expect(messages({ ...whole, ...change })).toEqual([message]));

  test('checks are judged on computed data, per row where they say so, and warn where they only warn', () => {
    const funds = [{ source: '区财政', amount: 5 }];
    const data = { ...whole, userCount: 200_000, funds, total: 5, items: [item, { ...item, quantity: 0 }] };
    expect(problems(form, data, all)).toEqual([
      {
        path: 'funds',
        title: '资金来源',
        code: 'sum-funds',
        level: 'block',
        message: '资金来源合计须等于总投资，请核对。',
      },
      {
        path: 'items.1.quantity',
        title: '建设内容 第2行 数量',
        code: 'positive-quantity',
        level: 'block',
        message: '“建设内容”第2行：数量须大于0。',
      },
      {
        path: 'userCount',
        title: '用户数',
        code: 'many-users',
        level: 'warn',
        message: '用户数超过10万，请确认。',
        article: '7',
      },
    ]);
  });

  test('a problem carries the article its question comes from', () => {
    expect(problems(form, { ...whole, need: '短' }, all)[0]).toMatchObject({
      article: '7',
      code: 'tooShort',
      path: 'need',
    });
  });

  test('what rights hide is not mentioned, what one may only read is not demanded', () => {
    expect(messages({}, { '*': 'hidden' })).toEqual([]);
    expect(messages({}, { '*': 'read' })).toEqual([]);
    expect(messages({ ...whole, projectName: '长'.repeat(61) }, { '*': 'edit', projectName: 'read' })).toEqual([]);
    expect(messages({ ...whole, userCount: 200_000 }, { '*': 'edit', userCount: 'hidden' })).toEqual([]);
  });

  test('a table of 10,000 rows is refused once, with its title', () => {
    const rows = Array.from({ length: 10_000 }, () => ({ source: '区财政' }));
    const found = problems(
      formOf({
        funds: field('Table', '资金来源', 1, {
          items: { type: 'object', properties: { source: field('Text', '来源', 1) } },
        }),
      }),
      { funds: rows },
      all,
    );
    expect(found.map(({ message }) => message)).toEqual(['“资金来源”最多200行，现在有10000行，请删减或合并。']);
  });
});
