import { observer } from '@formily/react';
import { Text, View } from '@tarojs/components';
import type { Data, Field } from '../../../forms/language/dialect.ts';
import { useSurroundings } from './context.ts';
import { sumsOf } from './sums.ts';

/** Sums of the columns named in `x-totals`, under the table. Watches the cells itself, so that the table need not. */
export const Totals = observer(function Totals({ field, rows }: { field: Field; rows: Data[] }) {
  const { dictionaries } = useSurroundings();
  const sums = sumsOf(field, rows, dictionaries);
  if (sums.length === 0) return null;
  return (
    <View className="fx-totals">
      {sums.map(({ key, title, text }) => (
        <View key={key} className="fx-totals__line">
          <Text>{title}</Text>
          <Text className="fx-totals__figure">{text}</Text>
        </View>
      ))}
    </View>
  );
});
