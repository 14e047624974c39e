import { Text, View } from '@tarojs/components';
import { useContext } from 'react';
import { isEmpty } from '../../../forms/language/components.ts';
import type { Data, Field, Json } from '../../../forms/language/dialect.ts';
import { formatValue } from '../../../forms/language/format.ts';
import { FillingContext, useSurroundings } from './context.ts';
import { FileLine } from './FileLine.tsx';
import { NoteText } from './NoteText.tsx';
import { ReadTable } from './ReadTable.tsx';
import { SignaturePicture } from './SignaturePicture.tsx';

/** An answer that cannot be changed here. */
export function ReadValue({ field, value }: { field: Field; value: Json | undefined }) {
  const { dictionaries, uploads } = useSurroundings();
  const filling = useContext(FillingContext) !== null;
  if (field['x-component'] === 'Note') return <NoteText text={field['x-text'] ?? ''} />;
  if (isEmpty(value)) return <Text className="fx-value fx-value--none">{emptyText(field, filling)}</Text>;
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
  if (field['x-component'] === 'Signature') {
    return <SignaturePicture id={(value as Data).id as string} label={field.title} />;
  }
  return <View className="fx-value">{formatValue(field, value, dictionaries)}</View>;
}

/** Who only reads has nothing to fill in, and is promised nothing. */
function emptyText(field: Field, filling: boolean): string {
  if (field['x-component'] === 'Auto') return '由系统填写';
  if (field['x-value'] === undefined) return '未填';
  return filling ? '填完相关内容后自动计算' : '尚未得出';
}
