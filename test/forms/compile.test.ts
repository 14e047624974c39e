import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ValidateFunction } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { RE2JS } from 're2js';
import { compile } from '../../forms/language/compile.ts';
import { isServerValue } from '../../forms/language/components.ts';
import type { Data, Field, Form } from '../../forms/language/dialect.ts';
import { fieldsOf, problems, tidy } from '../../forms/language/submission.ts';
import { wordAjvErrors } from '../../forms/language/words.ts';
import { contextWith, dictionaries, field, formOf, sampleForm } from '../support/forms.ts';
import { fillings } from '../support/fillings.ts';

const form = sampleForm();

function validator(of: Form, mode: 'draft' | 'final'): ValidateFunction {
  return new Ajv2020({ strict: true, allErrors: true }).compile(compile(of, dictionaries, mode));
}

const draft = validator(form, 'draft');
const final = validator(form, 'final');

/** Every schema inside the schema, with its place. */
function parts(schema: unknown, place = '#'): [string, Record<string, unknown>][] {
  if (schema === null || typeof schema !== 'object') return [];
  const here = schema as Record<string, unknown>;
  return [[place, here], ...Object.entries(here).flatMap(([key, inner]) => parts(inner, `${place}/${key}`))];
}

describe('what is compiled', () => {
  test.each(['draft', 'final'] as const)('%s: every object is closed, every list and text is bounded', (mode) => {
    for (const [place, part] of parts(compile(form, dictionaries, mode))) {
      if (part['type'] === 'object') expect([place, part['additionalProperties']]).toEqual([place, false]);
      if (part['type'] === 'array') expect([place, typeof part['maxItems']]).toEqual([place, 'number']);
      if (part['type'] === 'string') expect([place, typeof part['maxLength']]).toEqual([place, 'number']);
    }
  });

  test('patterns are anchored and run in RE2', () => {
    for (const [place, { pattern }] of parts(compile(form, dictionaries, 'final'))) {
      if (typeof pattern !== 'string') continue;
      expect([place, /^\^.*\$$/.test(pattern)]).toEqual([place, true]);
      expect(() => RE2JS.compile(pattern)).not.toThrow();
    }
  });

  test('fields carry their titles', () => {
    expect(compile(form, dictionaries, 'final')['properties']).toMatchObject({
      items: { title: '建设内容', items: { properties: { price: { title: '单价' } } } },
    });
  });

  test('a dictionary that is missing offers nothing', () => {
    const without = new Ajv2020({ strict: true }).compile(compile(form, {}, 'final'));
    expect(without({ nature: 'new' })).toBe(false);
    expect(without({})).toBe(true);
  });
});

describe('drafts and submissions', () => {
  const half: Data = { need: '短', nature: 'unheard', docNo: 'x', period: { start: '2027-01-01' }, userCount: -3 };

  test('a draft may be half-way, a submission may not', () => {
    expect([draft({}), draft(half)]).toEqual([true, true]);
    expect(final({})).toBe(true);
    for (const key of Object.keys(half)) expect([key, final({ [key]: half[key] ?? null })]).toEqual([key, false]);
  });

  test('neither takes what is not of the form, of another type, or too much', () => {
    const rows = Array.from({ length: 201 }, () => ({}));
    const hostile: Data[] = [
      { alien: 1 },
      JSON.parse('{"__proto__":{}}') as Data,
      { projectName: 5 },
      { projectName: '长'.repeat(61) },
      { items: rows },
      { items: [{ alien: 1 }] },
      { userCount: 1e15 },
      { proposal: [{ id: 'a', name: 'a.pdf', size: 1, noSecret: true, path: '/etc' }] },
      { previous: { id: 'a', label: 'b', more: 1 } },
    ];
    for (const data of hostile) expect([data, draft(data), final(data)]).toEqual([data, false, false]);
  });

  // What a schema cannot say: required fields, decimals, the order of two dates, kinds of files.
  const beyond = ['required', 'tooManyDecimals', 'endBeforeStart', 'wrongFileKind'];
  const typed = fieldsOf(form).filter(({ field: asked }) => !isServerValue(asked) && !asked['x-rows']);

  test.each(typed.map(({ key }) => key))('%s: accepted exactly when problems has no complaint of shape', (key) => {
    const asked = typed.find((placed) => placed.key === key)?.field;
    if (!asked) throw new Error('no such field');
    const alone = formOf({ [key]: shownAndTyped(asked) });
    const validate = validator(alone, 'final');
    const seen = { accepted: 0, refused: 0 };
    fc.assert(
      fc.property(fillings(alone, dictionaries), (filling) => {
        const data = tidy(filling);
        const shape = problems(alone, data, contextWith('edit')).filter(({ code }) => !beyond.includes(code));
        const accepted = validate(data);
        seen[accepted ? 'accepted' : 'refused'] += key in data ? 1 : 0;
        expect([data, accepted]).toEqual([data, shape.length === 0]);
      }),
      { numRuns: 150 },
    );
    expect(Math.min(seen.accepted, seen.refused)).toBeGreaterThan(0);
  });
});

/** The field with nothing hidden, locked or computed in it: only its shape is asked about. */
function shownAndTyped(asked: Field): Field {
  const drop = ['x-visible', 'x-value', 'x-editable'];
  return JSON.parse(JSON.stringify(asked, (key, value: unknown) => (drop.includes(key) ? undefined : value))) as Field;
}

describe('the words of a refusal', () => {
  const said = (data: Data, validate = final): string[] => {
    validate(data);
    return wordAjvErrors(form, validate.errors ?? []).map(({ message }) => message);
  };

  test('a table of 10,000 rows is refused with its title', () => {
    const rows = Array.from({ length: 10_000 }, () => ({ source: '区财政' }));
    expect(said({ funds: rows }, draft)).toEqual(['“资金来源”最多200行，请删减或合并。']);
  });

  test.each<[string, Data, string]>([
    ['unknown field', { alien: 1 }, '本表里没有“alien”这一项。请刷新页面，按最新的表单重新填写。'],
    [
      'unknown column',
      { items: [{}, { alien: 1 }] },
      '“建设内容”第2行里没有“alien”这一项。请刷新页面，按最新的表单重新填写。',
    ],
    ['cell', { items: [{}, { price: -1 }] }, '建设内容第2行的“单价”不能是负数，请核对。'],
    [
      'too much money',
      { items: [{ price: 2_000_000_000_000 }] },
      '建设内容第1行的“单价”不能大于1000000.00万元，请核对。',
    ],
    ['type', { projectName: [] }, '“项目名称”的内容格式不对，请重新填写。'],
    ['length', { projectName: '长'.repeat(61) }, '“项目名称”最多60个字，请精简。'],
    ['short', { need: '短' }, '“建设必要性”至少要写10个字，请补充。'],
    ['pattern', { docNo: 'ab' }, '“批复文号”的格式不符合要求，请按填写说明修改。'],
    ['phone', { phone: '1' }, '“联系电话”不是有效的电话号码，请填写11位手机号，或“区号-号码”形式的座机号。'],
    ['date', { startOn: '2027-02-30' }, '“开工日期”不是有效的日期，请重新选择。'],
    ['half a period', { period: { start: '2027-01-01' } }, '“建设周期”的开始日期和结束日期都要选，请补全。'],
    ['option', { nature: 'x' }, '“项目性质”所选的内容不在可选范围内，请重新选择。'],
    ['option of many', { sectors: ['x'] }, '“行业领域”所选的内容不在可选范围内，请重新选择。'],
    ['twice', { sectors: ['health', 'health'] }, '“行业领域”有重复的选项，请去掉重复的。'],
    ['reference', { previous: { id: 'a' } }, '“关联原项目”的内容格式不对，请重新填写。'],
    [
      'file',
      { proposal: [{ id: 'a', name: 'a.pdf', size: 30_000_000, noSecret: true }] },
      '“项目建议书”中有文件超过20MB，请压缩或拆分后重新上传。',
    ],
  ])('%s', (_, data, message) => expect(said(data)).toEqual([message]));

  test('every keyword the compiler writes has words, whatever arrives', () => {
    fc.assert(
      fc.property(fillings(form, dictionaries), (data) => {
        if (final(data)) return;
        for (const problem of wordAjvErrors(form, final.errors ?? [])) {
          expect(problem.message).toMatch(/^(请|“|本表|建设内容第|资金来源第|自查第).*。$/);
          expect(problem.title).not.toBe('');
        }
      }),
    );
  });

  test('a body that is no object is worded too', () => {
    final([]);
    expect(wordAjvErrors(form, final.errors ?? [])).toMatchObject([
      { title: '样表', message: '本表的内容格式不对，请重新填写。' },
    ]);
  });
});

test('a field of a form without limits still has those of its component', () => {
  const bare = validator(formOf({ text: field('Text', '文', 1), count: field('Integer', '数', 2) }), 'final');
  expect([bare({ text: 'x'.repeat(201) }), bare({ count: -1 }), bare({ text: 'x', count: 0 })]).toEqual([
    false,
    false,
    true,
  ]);
});
