import { expect, test } from '@jest/globals';
import type { Data } from '../../forms/language/dialect.ts';
import { sumsOf } from '../../miniapp/src/fields/sums.ts';
import { field } from '../support/forms.ts';

const lines = field('Table', '核减', 1, {
  'x-rows-from': { form: 'plan', table: 'lines', columns: { name: 'name', amount: 'amount' } },
  'x-totals': ['amount', 'office', 'finance', 'agreed'],
  items: {
    type: 'object',
    properties: {
      name: field('Text', '建设内容', 1),
      amount: field('Money', '申报金额', 2),
      office: field('Money', '信息办建议额', 3),
      finance: field('Money', '财政局建议额', 4),
      agreed: field('Money', '核定额', 5, { 'x-required': true }),
    },
  },
});
const rows: Data[] = [
  { name: '平台', amount: 1_000_000 },
  { name: '终端', amount: 500_000, finance: 400_000 },
  { name: '培训', amount: 300_000, office: 0 },
  { name: '监理', amount: 200_000, agreed: 200_000 },
];

test('no sum of some lines stands where one of all is read', () => {
  const words = (of: Data[]) => sumsOf(lines, of, {}).map(({ title, text }) => `${title} ${text}`);
  expect(words(rows)).toEqual([
    '申报金额合计 2.00 万元',
    '信息办建议额 已提出 1 项，其余未核减',
    '财政局建议额 已提出 1 项，其余未核减',
    '核定额 已填 1/4 项',
  ]);
  expect(words([{ name: '平台', amount: 1_000_000, finance: 500_000, agreed: 500_000 }])).toEqual([
    '申报金额合计 1.00 万元',
    '财政局建议额合计 0.50 万元',
    '核定额合计 0.50 万元',
  ]);
});
