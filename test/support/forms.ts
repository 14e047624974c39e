import type {
  Check,
  Data,
  Dictionaries,
  Env,
  Field,
  FieldRights,
  Form,
  Node,
  Right,
} from '../../forms/language/dialect.ts';
import type { FillContext } from '../../forms/language/submission.ts';

/** A small form with one of everything the language can do. */
export function sampleForm(changes: Partial<Form> = {}): Form {
  return {
    dialect: 1,
    type: 'object',
    key: 'sample',
    title: '样表',
    abbreviation: 'YB',
    articles: ['7'],
    properties: {
      basics: {
        type: 'void',
        title: '基本情况',
        'x-index': 1,
        'x-component': 'Section',
        properties: {
          projectName: field('Text', '项目名称', 1, { 'x-required': true, maxLength: 60 }),
          unit: field('Unit', '申报单位', 2, { 'x-default': { var: 'env.unit.code' }, 'x-editable': false }),
          uscc: field('Uscc', '统一社会信用代码', 3),
          phone: field('Phone', '联系电话', 4, { 'x-required': true }),
          nature: field('Select', '项目性质', 5, { 'x-dictionary': 'nature', 'x-required': true }),
          previous: field('Reference', '关联原项目', 6, {
            'x-source': 'project',
            'x-visible': { in: [{ var: 'nature' }, ['continued', 'upgrade']] },
            'x-required': true,
          }),
          period: field('DateRange', '建设周期', 7),
          months: field('Integer', '建设月数', 8, {
            'x-value': { monthsBetween: [{ var: 'period.start' }, { var: 'period.end' }] },
            'x-unit': '月',
          }),
          need: field('TextArea', '建设必要性', 9, { minLength: 10, maxLength: 1500, 'x-article': '7' }),
          sectors: field('MultiSelect', '行业领域', 10, {
            'x-options': [
              { value: 'health', label: '卫健' },
              { value: 'education', label: '教育' },
            ],
          }),
          userCount: field('Integer', '用户数', 11, { 'x-unit': '人' }),
          startOn: field('Date', '开工日期', 12),
          docNo: field('Text', '批复文号', 13, { pattern: '^[A-Z]{2}-\\d{4}$', maxLength: 7 }),
          number: field('Auto', '项目编号', 14),
          share: field('Number', '占比', 15, { 'x-unit': '%', 'x-decimals': 1 }),
          proposal: field('Files', '项目建议书', 16, { 'x-files': { extensions: ['pdf'], maxBytes: 20_000_000 } }),
        },
      },
      money: {
        type: 'void',
        title: '投资',
        'x-index': 2,
        'x-component': 'Section',
        properties: {
          items: field('Table', '建设内容', 1, {
            'x-required': true,
            'x-totals': ['amount'],
            items: {
              type: 'object',
              properties: {
                name: field('Text', '名称', 1, { 'x-required': true }),
                price: field('Money', '单价', 2, { 'x-required': true }),
                quantity: field('Number', '数量', 3, { 'x-required': true }),
                amount: field('Money', '金额', 4, {
                  'x-value': { times: [{ var: 'row.price' }, { var: 'row.quantity' }] },
                }),
                common: field('Boolean', '可用统建替代', 5),
                reason: field('Text', '不用统建的理由', 6, {
                  'x-visible': { '===': [{ var: 'row.common' }, true] },
                  'x-required': true,
                }),
              },
            },
          }),
          total: field('Money', '总投资', 2, { 'x-value': { sum: [{ var: 'items' }, 'amount'] } }),
          large: field('Boolean', '是否重大项目', 3, { 'x-value': { '>': [{ var: 'total' }, 10_000_000] } }),
          study: field('Text', '论证情况', 4, { 'x-visible': { var: 'large' }, 'x-required': true }),
          funds: field('Table', '资金来源', 5, {
            items: {
              type: 'object',
              properties: {
                source: field('Text', '来源', 1, { 'x-required': true }),
                amount: field('Money', '金额', 2, { 'x-required': true }),
              },
            },
          }),
          selfChecks: field('Table', '自查', 6, {
            'x-rows': [{ question: '是否依托政务网' }, { question: '是否部署在政务云' }],
            items: {
              type: 'object',
              properties: {
                question: field('Text', '检查项', 1),
                passed: field('Boolean', '结果', 2, { 'x-required': true }),
                note: field('Text', '说明', 3, { 'x-required': { '===': [{ var: 'row.passed' }, false] } }),
              },
            },
          }),
        },
      },
    },
    checks: [
      {
        id: 'sum-funds',
        level: 'block',
        when: { filled: [{ var: 'funds' }] },
        holds: { '===': [{ sum: [{ var: 'funds' }, 'amount'] }, { var: 'total' }] },
        message: '资金来源合计须等于总投资，请核对。',
        at: ['funds', 'total'],
      },
      {
        id: 'positive-quantity',
        level: 'block',
        each: 'items',
        when: { filled: [{ var: 'row.quantity' }] },
        holds: { '>': [{ var: 'row.quantity' }, 0] },
        message: '数量须大于0。',
        at: ['items.quantity'],
      },
      {
        id: 'many-users',
        level: 'warn',
        when: { filled: [{ var: 'userCount' }] },
        holds: { '<': [{ var: 'userCount' }, 100_000] },
        message: '用户数超过10万，请确认。',
        article: '7',
        at: ['userCount'],
      },
    ],
    ...changes,
  };
}

/** The sample form filled in so that nothing is missing. */
export const sampleFilling: Data = {
  projectName: '智慧教育',
  unit: 'jtj',
  phone: '13870200000',
  nature: 'new',
  items: [{ name: '平台', price: 1_000_000, quantity: 3 }],
  selfChecks: [
    { question: '是否依托政务网', passed: true },
    { question: '是否部署在政务云', passed: true },
  ],
};

const TYPES: Partial<Record<Field['x-component'], Field['type']>> = {
  Integer: 'integer',
  Money: 'integer',
  Year: 'integer',
  Number: 'number',
  Percent: 'number',
  Boolean: 'boolean',
  DateRange: 'object',
  User: 'object',
  Seat: 'object',
  Signature: 'object',
  Reference: 'object',
  MultiSelect: 'array',
  Units: 'array',
  Files: 'array',
  Table: 'array',
};

export function field(component: Field['x-component'], title: string, index: number, rest: Partial<Field> = {}): Field {
  return { type: TYPES[component] ?? 'string', title, 'x-index': index, 'x-component': component, ...rest };
}

/** A form of these nodes and nothing else. */
export function formOf(properties: Record<string, Node>, checks?: Check[]): Form {
  const { dialect, type, key, title, abbreviation, articles } = sampleForm();
  return { dialect, type, key, title, abbreviation, articles, properties, ...(checks ? { checks } : {}) };
}

export const dictionaries: Dictionaries = {
  nature: [
    { value: 'new', label: '新建' },
    { value: 'continued', label: '续建' },
    { value: 'upgrade', label: '改造升级' },
  ],
  units: [
    { value: 'jtj', label: '区教体局' },
    { value: 'wjw', label: '区卫健委' },
  ],
};

export const env: Env = { today: '2026-08-01', unit: { code: 'jtj', name: '区教体局' } };

export function contextWith(rights: FieldRights | Right = 'edit'): FillContext {
  return { env, dictionaries, rights: typeof rights === 'string' ? { '*': rights } : rights };
}
