import { Text, View } from '@tarojs/components';
import type { Field } from '../../../../forms/language/dialect.ts';
import { formatMoney, formatValue } from '../../../../forms/language/format.ts';
import { fieldsOf } from '../../../../forms/language/submission.ts';
import { Card } from '../../parts/Card.tsx';
import { contextOf } from '../../work.ts';
import type { OpenCase } from '../../work.ts';
import './Summary.css';

/** The answers of the declaration every seat asks for first; a form version without one of them just has a line less. */
const TOTAL = 'totalInvest';
const FACTS = ['planYear', 'nature', 'projectKind', 'period', 'omEstimate', 'deployTarget'];

interface Fact {
  title: string;
  text: string;
  number: boolean;
}

/** How much, what kind, when: the figures one decides by. */
export function Summary({ open }: { open: OpenCase }) {
  const { view } = open;
  const { total, facts } = figuresOf(open);
  const about: Fact[] = [
    { title: '申报单位', text: view.unit.name, number: false },
    { title: '填报人', text: view.initiator.name, number: false },
    { title: '项目编号', text: view.project.no ?? '', number: true },
    { title: '文书编号', text: view.docNo ?? '', number: true },
  ];
  return (
    <Card title="项目概要">
      {total === null ? null : (
        <View className="summary-total">
          <Text className="summary-total-title">总投资估算</Text>
          <Text className="summary-total-figure">
            {formatMoney(total)}
            <Text className="summary-total-unit"> 万元</Text>
          </Text>
        </View>
      )}
      <View className="summary-facts">
        {[...facts, ...about]
          .filter(({ text }) => text !== '')
          .map(({ title, text, number }) => (
            <View className="summary-fact" key={title}>
              <Text className="summary-fact-title">{title}</Text>
              <Text className={number ? 'summary-fact-text summary-number' : 'summary-fact-text'}>{text}</Text>
            </View>
          ))}
      </View>
    </Card>
  );
}

function figuresOf(open: OpenCase): { total: number | null; facts: Fact[] } {
  const filed = open.view.forms.find((form) => form.filledAt === 'start');
  const form = filed && open.forms[filed.key];
  if (!filed || !form) return { total: null, facts: [] };
  const { dictionaries } = contextOf(open, filed);
  const fields = new Map<string, Field>(fieldsOf(form).map(({ key, field }) => [key, field]));
  const facts = FACTS.flatMap((key): Fact[] => {
    const field = fields.get(key);
    if (!field) return [];
    const number = ['Money', 'Year', 'DateRange'].includes(field['x-component']);
    return [{ title: field.title, text: formatValue(field, filed.data[key], dictionaries), number }];
  });
  const total = filed.data[TOTAL];
  return { total: typeof total === 'number' ? total : null, facts };
}
