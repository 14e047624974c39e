import { Text, View } from '@tarojs/components';
import { formatMoney } from '../../../../forms/language/format.ts';
import type { PlanLine } from '../../api/types.ts';
import { Card } from '../../parts/Card.tsx';
import { groupsOf, totalOf } from './planText.ts';
import type { Project } from './planText.ts';

interface Props {
  year: number;
  sent: PlanLine[];
  unsent: Project[];
  /** Accepted projects that stand in no plan. */
  waiting: number;
}

/** What the plan comes to, and how far it is. */
export function PlanTotals({ year, sent, unsent, waiting }: Props) {
  const all = [...unsent, ...sent];
  const parts = [
    ...(unsent.length > 0 ? [`待送审 ${unsent.length} 项`] : []),
    ...groupsOf(sent).map(({ title, lines }) => `${title} ${lines.length} 项`),
    ...(waiting > 0 ? [`可编入 ${waiting} 项`] : []),
  ];
  return (
    <Card>
      <View className="plan-total">
        <View>
          <View className="plan-total-title">{year} 年度计划（草案）</View>
          <View className="plan-total-count">{all.length} 项</View>
        </View>
        <View className="plan-total-sum">
          <View className="plan-total-title">合计</View>
          <View className="plan-total-figure">
            {formatMoney(totalOf(all))}
            <Text className="plan-total-unit"> 万元</Text>
          </View>
        </View>
      </View>
      {parts.length > 0 ? (
        <View className="plan-total-parts">
          {parts.map((part, at) => (
            <Text className="plan-total-part" key={part}>
              {part}
              {at < parts.length - 1 ? ' · ' : ''}
            </Text>
          ))}
        </View>
      ) : null}
    </Card>
  );
}
