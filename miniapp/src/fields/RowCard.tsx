import { observer } from '@formily/react';
import { toJS } from '@formily/reactive';
import { Text, View } from '@tarojs/components';
import type { Data, Field } from '../../../forms/language/dialect.ts';
import { columnsOf } from '../../../forms/language/outline.ts';
import { Tap } from '../parts/Tap.tsx';
import { useFilling, useSurroundings } from './context.ts';
import { rowText } from './rowText.ts';

interface RowCardProps {
  field: Field;
  path: string;
  row: Data;
  index: number;
}

/** One row in sum. Watches only its own row, so that typing in one leaves the other forty-nine alone. */
export const RowCard = observer(function RowCard({ field, path, row, index }: RowCardProps) {
  const filling = useFilling();
  const surroundings = useSurroundings();
  const { name, figure, notes } = rowText(field, columnsOf(field), toJS(row), surroundings.dictionaries);
  const problems = filling.problems.inRow(path, index);
  const wrong = problems.filter((problem) => problem.level === 'block').length;
  const doubtful = problems.length - wrong;
  return (
    <Tap
      id={`row-${path}-${index}`}
      className={`fx-card ${wrong > 0 ? 'fx-card--wrong' : ''}`}
      label={`第 ${index + 1} 行 ${name}`}
      onTap={() => filling.openRow(path, index)}
    >
      <View className="fx-row__head">
        <Text className={`fx-row__name ${name ? '' : 'fx-value--none'}`}>
          {index + 1}. {name || '待填写'}
        </Text>
        <Text className="fx-row__figure">{figure}</Text>
        <Text className="fx-picked__arrow" aria-hidden="true">
          ›
        </Text>
      </View>
      {notes.length > 0 ? <View className="fx-row__notes">{notes.join(' · ')}</View> : null}
      {wrong > 0 ? <View className="fx-problem fx-problem--block">还有 {wrong} 处要填写或改正</View> : null}
      {doubtful > 0 ? <View className="fx-problem fx-problem--warn">有 {doubtful} 处提醒，请点开核对</View> : null}
    </Tap>
  );
});
