import { Text, View } from '@tarojs/components';
import { formatMoney } from '../../../../forms/language/format.ts';
import type { Project } from './planText.ts';

/** A project in a list: what, whose, how much. */
export function ProjectWords({ project }: { project: Project }) {
  const { title, unitName, no, amount } = project;
  return (
    <View className="plan-words">
      <View className="plan-name">{title ?? '未命名项目'}</View>
      <View className="plan-about">
        <Text className="plan-unit">{[unitName, no].filter(Boolean).join(' · ')}</Text>
        <Text className="plan-amount">{amount === null ? '金额未填' : `${formatMoney(amount)} 万元`}</Text>
      </View>
    </View>
  );
}
