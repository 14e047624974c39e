import { describe, expect, test } from '@jest/globals';
import type { Data, FieldRights } from '../../forms/language/dialect.ts';
import { problems } from '../../forms/language/submission.ts';
import { contextWith, field, formOf, sampleForm, sampleFilling } from '../support/forms.ts';

const form = sampleForm();
const all = contextWith('edit');
const whole = sampleFilling;
const item = { name: '平台', price: 1_000_000, quantity: 3 };

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
