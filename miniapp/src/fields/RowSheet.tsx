import type { Schema } from '@formily/json-schema';
import { RecursionField, observer, useFieldSchema } from '@formily/react';
import { Text, View } from '@tarojs/components';
import type { Field } from '../../../forms/language/dialect.ts';
import { Sheet } from '../parts/Sheet.tsx';
import { Tap } from '../parts/Tap.tsx';
import { useFilling } from './context.ts';
import { Problems } from './Problems.tsx';

interface RowSheetProps {
  field: Field;
  path: string;
  index: number;
  count: number;
  onGo: (index: number) => void;
  onAdd?: () => void;
  onCopy?: () => void;
  onRemove: () => void;
  onClose: () => void;
}

/** All columns of one row on a screen of their own, with the way to its neighbours. */
export const RowSheet = observer(function RowSheet({
  field,
  path,
  index,
  count,
  onGo,
  onAdd,
  onCopy,
  onRemove,
  onClose,
}: RowSheetProps) {
  const schema = useFieldSchema();
  const filling = useFilling();
  return (
    <Sheet
      full
      title={`${field.title} · 第 ${index + 1} 行`}
      onClose={onClose}
      top={
        <View className="fx-rowbar">
          <Tap className="fx-link" disabled={index === 0} onTap={() => onGo(index - 1)}>
            <Text>‹ 上一行</Text>
          </Tap>
          <Text className="fx-rowbar__count">
            {index + 1} / {count}
          </Text>
          <Tap className="fx-link" disabled={index === count - 1} onTap={() => onGo(index + 1)}>
            <Text>下一行 ›</Text>
          </Tap>
        </View>
      }
      foot={
        <View className="fx-foot">
          <Tap className="fx-link fx-link--refuse" onTap={onRemove}>
            <Text>删除</Text>
          </Tap>
          {onCopy ? (
            <Tap className="fx-link" onTap={onCopy}>
              <Text>复制</Text>
            </Tap>
          ) : null}
          {onAdd ? (
            <Tap className="fx-button" onTap={onAdd}>
              <Text>再添一行</Text>
            </Tap>
          ) : null}
          <Tap className="fx-button fx-button--primary" onTap={onClose}>
            <Text>完成</Text>
          </Tap>
        </View>
      }
    >
      <Problems problems={filling.problems.at(`${path}.${index}`)} />
      <RecursionField schema={schema.items as Schema} name={index} />
    </Sheet>
  );
});
