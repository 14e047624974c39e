import { describe, expect, test } from '@jest/globals';
import type { Form, Rule } from '../../forms/language/dialect.ts';
import { OPERATORS } from '../../forms/language/operators.ts';
import { computedText, READERS, ruleText, type Standing } from '../../forms/language/ruleText.ts';
import { readForms, DICTIONARIES } from '../support/declaration.ts';

const form = readForms<Form>('stages/10-declaration/form.json');
const review = readForms<Form>('stages/30-preliminary/form.json');
const at: Standing = { form, dictionaries: DICTIONARIES, forms: [form, review] };
const read = (path: string): Rule => ({ var: path });

/** Each operator at least once, in the words a reader of the form finds. */
const CASES: [Rule, string][] = [
  [true, '总是'],
  [false, '从不'],
  [read('ownHardware'), '是否购置服务器、存储、防火墙等设备 为“是”'],
  [{ '===': [read('nature'), 'new'] }, '项目性质 为“新建”'],
  [{ '!==': [read('nature'), 'new'] }, '项目性质 不为“新建”'],
  [{ '===': [read('prevProject'), null] }, '关联原项目 没有填写'],
  [{ '!==': [read('prevProject.id'), null] }, '关联原项目 已填写'],
  [{ '!': [read('ownHardware')] }, '是否购置服务器、存储、防火墙等设备 不为“是”'],
  [{ '!': { filled: read('prevProject') } }, '关联原项目 没有填写'],
  [{ '!': { in: [read('nature'), ['new', 'upgrade']] } }, '项目性质 不为“新建”、“改造升级” 中的任何一个'],
  [{ '!': { includes: [read('linkScope'), 'none'] } }, '跨层级、跨部门连接 不包含“不涉及”'],
  [{ '!': { '>': [read('totalInvest'), 0] } }, '并非（总投资估算 大于 0.00 万元）'],
  [
    { and: [{ filled: read('goals') }, { or: [read('newRoom'), read('ownHardware')] }] },
    '建设目标 已填写，并且 （是否新建数据机房 为“是”，或者 是否购置服务器、存储、防火墙等设备 为“是”）',
  ],
  [{ '<': [read('totalInvest'), 123_450_000] }, '总投资估算 小于 123.45 万元'],
  [{ '<=': [read('userCount'), 500] }, '用户数 不大于 500 人'],
  [{ '<=': [1, read('userCount'), 9] }, '用户数 在 1 人 与 9 人 之间（含两端）'],
  [{ '<': [read('period.end'), read('env.today')] }, '建设周期的结束日期 早于 今天'],
  [{ '>': [read('env.today'), { plusDays: [read('period.start'), 30] }] }, '今天 晚于 建设周期的开始日期 之后 30 天'],
  [{ '>=': [read('planYear'), 2027] }, '申报年度 不小于 2027 年'],
  [{ in: [read('planYear'), read('env.planYears')] }, '开放申报的年度 包含 申报年度'],
  [{ in: [read('nature'), ['continued', 'upgrade']] }, '项目性质 为“续建”、“改造升级” 之一'],
  [{ in: [read('nature'), ['new']] }, '项目性质 为“新建”'],
  [{ includes: [read('linkScope'), 'none'] }, '跨层级、跨部门连接 包含“不涉及”'],
  [
    { someRow: [read('fundSources'), { '===': [read('row.source'), 'transfer'] }] },
    '资金来源 的任一行 来源 为“上级转移支付”',
  ],
  [
    {
      everyRow: [
        read('fundSources'),
        { or: [{ filled: read('row.docNo') }, { '===': [read('row.arrival'), 'pending'] }] },
      ],
    },
    '资金来源 的每一行 （依据文号 已填写，或者 到位情况 为“待落实”）',
  ],
  [
    { noRow: [read('fundByYear'), { '<': [read('row.year'), read('planYear')] }] },
    '年度资金需求 没有任何一行 年度 小于 申报年度',
  ],
  [{ '===': [read('env.decision'), 'return'] }, '本次处理 为“退回”'],
  [{ '===': [read('env.step'), 'initiator'] }, '当前环节 为“发起人填写”'],
  [{ '===': [read('streetLink'), 'xxt'] }, '区与街道之间的连接方式 为“‘乡乡通’网络”'],
  [
    { '>': [{ percentOf: [read('omEstimate'), read('totalInvest')] }, 15] },
    '年运维经费估算 占 总投资估算 的百分比 大于 15%',
  ],
  [
    { '===': [{ filled: read('prevProject') }, { '===': [read('nature'), 'new'] }] },
    '（关联原项目 已填写）与（项目性质 为“新建”）一致',
  ],
  [
    { '<=': [read('totalInvest'), read('env.earlier.review.agreedTotal')] },
    '总投资估算 不大于 《初审意见表》的 核定金额合计',
  ],
  [{ filled: read('env.earlier.absent.thing') }, '前序表单 absent.thing 已填写'],
  [{ '===': [read('option.parent'), read('nature')] }, '选项的上级 为 项目性质'],
  [
    { if: [read('newRoom'), { filled: read('goals') }, true] },
    '当 是否新建数据机房 为“是” 时为 建设目标 已填写；否则为 “是”',
  ],
];

const VALUES: [Rule, string][] = [
  [{ sum: [read('contentItems'), 'amount'] }, '主要建设内容 各行 金额 合计'],
  [{ '+': [{ sum: [read('contentItems'), 'amount'] }, 10_000] }, '主要建设内容 各行 金额 合计 ＋ 0.01 万元'],
  [
    { percentOf: [{ '-': [read('totalInvest'), read('omEstimate')] }, read('totalInvest')] },
    '（总投资估算 － 年运维经费估算） 占 总投资估算 的百分比',
  ],
  [{ '-': [read('userCount')] }, '负的 用户数'],
  [{ min: [read('totalInvest'), read('omEstimate')] }, '总投资估算、年运维经费估算 中最小的'],
  [{ max: [read('userCount'), 1] }, '用户数、1 人 中最大的'],
  [{ cat: ['XY-', read('planYear')] }, '“XY-”、申报年度 依次连写'],
  [{ count: read('basisList') }, '建设依据 的行数'],
  [{ length: read('goals') }, '建设目标 的字数'],
  [{ year: read('period.start') }, '建设周期的开始日期 的年份'],
  [{ monthsBetween: [read('period.start'), read('period.end')] }, '建设周期的开始日期 到 建设周期的结束日期 的月数'],
  [{ daysBetween: [read('period.start'), read('env.today')] }, '建设周期的开始日期 到 今天 的天数'],
  [{ plusDays: [read('env.today'), -3] }, '今天 之前 3 天'],
  [{ plusMonths: [read('period.end'), read('userCount')] }, '建设周期的结束日期 之后 用户数 个月'],
  [{ plusWorkdays: [read('env.today'), 7, read('env.workdays')] }, '今天 之后 7 个工作日'],
  [
    { workdaysBetween: [read('period.start'), read('env.today'), read('env.workdays')] },
    '建设周期的开始日期 到 今天 的工作日数',
  ],
  [{ lastOfYear: read('env.today') }, '今天 当年的最后一天'],
];

describe('a rule read aloud', () => {
  test.each(CASES)('%j', (rule, words) => expect(ruleText(rule, at)).toBe(words));
  test.each(VALUES)('%j', (rule, words) => expect(computedText(rule, at)).toBe(words));

  test('inside a row the columns have their own names', () => {
    const inRow: Standing = { ...at, table: 'contentItems' };
    expect(computedText({ times: [read('row.unitPrice'), read('row.quantity')] }, inRow)).toBe('单价 × 数量');
    expect(ruleText({ '===': [read('row.category'), 'hardware'] }, inRow)).toBe('类别 为“硬件”');
  });

  test('every operator has its reader and is read at least once', () => {
    expect(Object.keys(READERS).sort()).toEqual(Object.keys(OPERATORS).sort());
    const written = JSON.stringify([CASES, VALUES]) + '{"times":';
    expect(Object.keys(OPERATORS).filter((name) => !written.includes(`{"${name}":`))).toEqual([]);
  });
});
