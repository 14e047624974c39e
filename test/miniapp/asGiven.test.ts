import { expect, test } from '@jest/globals';
import type { Data } from '../../forms/language/dialect.ts';
import { asGiven, openLines } from '../../miniapp/src/fields/asGiven.ts';
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
  { name: '测评', amount: 100_000, finance: 100_000 },
];

test('lines are taken as they are where nobody proposed another sum, nothing at all included; the others wait', () => {
  const summary = asGiven(lines, (key) => key === 'agreed');
  expect(summary).toEqual({ given: 'amount', answer: 'agreed', proposals: ['office', 'finance'], title: '申报金额' });
  expect(summary && openLines(rows, summary)).toEqual({ plain: [0, 4], proposed: [1, 2] });
});

test('a seat that sees no other seat’s sums is offered all its empty lines', () => {
  const office = asGiven(lines, (key) => key === 'office');
  const own = rows.map(({ name = '', amount = 0, office: sum }) => ({
    name,
    amount,
    ...(sum === undefined ? {} : { office: sum }),
  }));
  expect(office && openLines(own, office)).toEqual({ plain: [0, 1, 3, 4], proposed: [] });
  expect(asGiven(lines, (key) => key !== 'name')).toBeNull();
});
