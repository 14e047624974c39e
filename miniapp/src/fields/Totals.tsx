import { observer } from '@formily/react';
import { Text, View } from '@tarojs/components';
import type { Data, Field } from '../../../forms/language/dialect.ts';
import { formatValue } from '../../../forms/language/format.ts';
import { columnsOf } from '../../../forms/language/outline.ts';
import { useSurroundings } from './context.ts';

/** Sums of the columns named in `x-totals`, under the table. Watches the cells itself, so that the table need not. */
export const Totals = observer(function Totals({ field, rows }: { field: Field; rows: Data[] }) {
  const { dictionaries } = useSurroundings();
  const summed = columnsOf(field).filter(
    ([key]) => field['x-totals']?.includes(key) && rows.some((row) => typeof row[key] === 'number'),
  );
  if (summed.length === 0) return null;
  return (
    <View className="fx-totals">
      {summed.map(([key, cell]) => {
        const sum = rows.reduce((total, row) => total + (typeof row[key] === 'number' ? row[key] : 0), 0);
        return (
          <View key={key} className="fx-totals__line">
            <Text>{cell.title}合计</Text>
            <Text className="fx-totals__figure">{formatValue(cell, sum, dictionaries)}</Text>
          </View>
        );
      })}
    </View>
  );
});
