import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Data, Field, FieldRights, Layout } from '../../forms/language/dialect.ts';
import { compute, FieldRefusal, fieldsOf, merge, rightOf, stateOf, tidy } from '../../forms/language/submission.ts';
import {
  clerkContext,
  DECLARATION,
  FILING,
  REVIEW,
  sampleDeclaration,
  sampleFiling,
  sampleReview,
} from '../support/declaration.ts';
import { contextWith, dictionaries, field, formOf, sampleForm, sampleFilling } from '../support/forms.ts';
import { fillings, rightsOver } from '../support/fillings.ts';

const form = sampleForm();
const all = contextWith('edit');
const whole = sampleFilling;
const item = { name: '平台', price: 1_000_000, quantity: 3 };

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
    expect(error).toMatchObject({ path: 'projectName', title: '基本情况 项目名称' });
    expect(error.message).toContain('“基本情况 项目名称”由其他席位填写，或在当前环节不能修改');
    expect(
      refusal({ ...stored, items: [{ ...item, price: 1 }] }, { '*': 'edit', 'items.price': 'read' }),
    ).toMatchObject({
      path: 'items.0.price',
      title: '投资 建设内容 第1行 单价',
    });
  });

  test('sending back unchanged what one may only read is fine', () => {
    const rights: FieldRights = { '*': 'read', phone: 'read' };
    expect(merge(form, stored, stored, contextWith(rights))).toEqual(stored);
  });

  test('a hidden value cannot be guessed', () => {
    expect(refusal({ phone: '13870200000' }, { '*': 'read', phone: 'hidden' }).path).toBe('phone');
    expect(refusal({ phone: '13870200001' }, { '*': 'read', phone: 'hidden' }).path).toBe('phone');
  });

  test('a hidden table stays as it is, and rows sent for it are refused, even the very ones that stand there', () => {
    const rights: FieldRights = { '*': 'edit', items: 'hidden' };
    expect(merge(form, stored, { projectName: '新名称' }, contextWith(rights))['items']).toEqual(stored['items']);
    for (const items of [stored['items'] as Data[], [{ name: '乙' }]])
      expect(refusal({ items }, rights)).toMatchObject({ path: 'items', title: '投资 建设内容' });
  });

  test('rows whose columns this person may not touch are neither added nor removed', () => {
    const rights: FieldRights = { '*': 'edit', 'items.price': 'hidden' };
    expect(refusal({ items: [{ name: '甲' }, { name: '乙' }] }, rights).path).toBe('items');
    const result = merge(form, stored, { items: [{ name: '甲', quantity: 2 }] }, contextWith(rights));
    expect(result['items']).toEqual([{ name: '甲', price: 1_000_000, quantity: 2, amount: 2_000_000 }]);
  });

  const network = { question: '是否依托政务网', passed: false, note: '说明' };
  const cloud = { question: '是否部署在政务云', passed: true };

  test('given rows are known by their given cells, not by their place', () => {
    for (const sent of [
      [network, cloud],
      [cloud, network],
    ]) {
      expect(merge(form, stored, { ...stored, selfChecks: sent }, all)['selfChecks']).toEqual([network, cloud]);
    }
  });

  test.each<[string, Data[]]>([
    ['one is missing', [network]],
    ['one is there twice', [network, network]],
    ['one too many', [network, cloud, cloud]],
    ['one is unknown', [network, { ...cloud, question: '别的问题' }]],
    ['one has no given cell', [network, { passed: true }]],
  ])('given rows are refused by the name of their table: %s', (_what, sent) => {
    expect(refusal({ ...stored, selfChecks: sent }, { '*': 'edit' })).toMatchObject({
      path: 'selfChecks',
      title: '投资 自查（固定的各行）',
    });
  });

  test('given rows whose given cells this person may not see go by their place', () => {
    const hidden = contextWith({ '*': 'edit', 'selfChecks.question': 'hidden' });
    const sent: Data[] = [{ passed: false, note: '说明' }, { passed: true }];
    expect(merge(form, stored, { selfChecks: sent }, hidden)['selfChecks']).toEqual([network, cloud]);
    expect(() => merge(form, stored, { selfChecks: [{}] }, hidden)).toThrow(FieldRefusal);
  });

  test('a locked cell of a given row takes no value of another row', () => {
    const locked = sampleForm();
    const { selfChecks } = (locked.properties['money'] as Layout).properties;
    const columns = (selfChecks as Field).items?.properties ?? {};
    columns['note'] = { ...(columns['note'] as Field), 'x-editable': false };
    const before = { selfChecks: [{ ...network }, { ...cloud, note: '另一条' }] };
    const moved = { selfChecks: [{ ...network, note: '另一条' }, cloud] };
    expect(() => merge(locked, before, moved, all)).toThrow('说明');
  });

  test('no order of the rows of a fixed table moves what is stored', () => {
    const ctx = { ...clerkContext(), rights: { '*': 'edit' } as FieldRights };
    const cases = [
      [DECLARATION, sampleDeclaration(), ['investBreakdown', 'intensiveChecks', 'reqChecks']],
      [FILING, sampleFiling(), ['materialCheck', 'chapterCheck']],
      [REVIEW, sampleReview(), ['cuts', 'officeChecks', 'financeChecks']],
    ] as const;
    for (const [real, data, tables] of cases) {
      const before = merge(real, data, data, ctx);
      for (const key of tables) {
        const rows = data[key] as Data[];
        const order = fc.shuffledSubarray(rows, { minLength: rows.length, maxLength: rows.length });
        fc.assert(
          fc.property(order, (shuffled) => {
            expect(merge(real, before, { ...data, [key]: shuffled }, ctx)).toEqual(before);
          }),
          { numRuns: 30 },
        );
      }
    }
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

  test('characters nobody sees go, and a text of nothing else is empty', () => {
    expect(tidy({ a: '\u202e智\u200b慧\ufeff ', b: '\u200b\u2066', c: '\u00ad\u3164', d: '一\r\n二\r三' })).toEqual({
      a: '智慧',
      d: '一\n二\n三',
    });
  });

  test('what was stored untidied may be sent back by those who only read it', () => {
    const stray = { projectName: '智慧\u200b教育\r\n二期' };
    expect(merge(form, stray, stray, contextWith('read'))['projectName']).toBe(stray.projectName);
  });
});
