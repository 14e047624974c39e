import { Text, View } from '@tarojs/components';
import { isEmpty } from '../../../forms/language/components.ts';
import type { Data, Field, Json } from '../../../forms/language/dialect.ts';
import { formatValue } from '../../../forms/language/format.ts';
import { useSurroundings } from './context.ts';
import { FileLine } from './FileLine.tsx';
import { ReadTable } from './ReadTable.tsx';

/** An answer that cannot be changed here. */
export function ReadValue({ field, value }: { field: Field; value: Json | undefined }) {
  const { dictionaries, uploads } = useSurroundings();
  if (isEmpty(value)) return <Text className="fx-value fx-value--none">{emptyText(field)}</Text>;
  if (field['x-component'] === 'Table') return <ReadTable field={field} rows={value as Data[]} />;
  if (field['x-component'] === 'Files') {
    return (
      <View className="fx-files">
        {(value as Data[]).map((file) => (
          <FileLine
            key={file.id as string}
            name={file.name as string}
            size={file.size as number}
            onOpen={() => uploads?.open(file.id as string, file.name as string)}
          />
        ))}
      </View>
    );
  }
  return <View className="fx-value">{formatValue(field, value, dictionaries)}</View>;
}

function emptyText(field: Field): string {
  if (field['x-component'] === 'Auto') return '由系统填写';
  return field['x-value'] === undefined ? '未填' : '填完相关内容后自动计算';
}
