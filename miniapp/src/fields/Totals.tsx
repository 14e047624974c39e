import { observer } from '@formily/react';
import { Text, View } from '@tarojs/components';
import type { Data, Field } from '../../../forms/language/dialect.ts';
import { formatValue } from '../../../forms/language/format.ts';
import { columnsOf } from '../../../forms/language/outline.ts';
import { hasGivenRows } from '../../../forms/language/states.ts';
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
            <Text>
              {cell.title}合计{partText(field, rows, key)}
            </Text>
            <Text className="fx-totals__figure">{formatValue(cell, sum, dictionaries)}</Text>
          </View>
        );
      })}
    </View>
  );
});

/** In rows that are there for everybody a sum of only some answers must say so. */
function partText(field: Field, rows: Data[], key: string): string {
  const answered = rows.filter((row) => typeof row[key] === 'number').length;
  return hasGivenRows(field) && answered < rows.length ? `（已填 ${answered}/${rows.length} 项）` : '';
}
