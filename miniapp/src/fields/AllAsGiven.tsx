import type { ArrayField } from '@formily/core';
import { observer, useField } from '@formily/react';
import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import type { Field, Json } from '../../../forms/language/dialect.ts';
import { rowsOf } from '../../../forms/language/outline.ts';
import { mayEdit, rightOf } from '../../../forms/language/rights.ts';
import { Tap } from '../parts/Tap.tsx';
import { asGiven, openLines } from './asGiven.ts';
import { useFilling } from './context.ts';

/**
 * Where each line brings a sum and one sum is asked for in return, most are taken as they are: one tap fills what is
 * still empty, and another takes it back. Lines for which somebody proposed another sum wait for a decision.
 */
export const AllAsGiven = observer(function AllAsGiven({ field, path }: { field: Field; path: string }) {
  const filling = useFilling();
  const model = useField<ArrayField>();
  const [filled, setFilled] = useState<number[]>([]);
  const pair = asGiven(field, (key) => mayEdit(rightOf(filling.ctx.rights, path, key)));
  if (!pair) return null;
  const rows = rowsOf(model.value as Json);
  const put = (index: number, value: Json | undefined) =>
    filling.model.setValuesIn(`${path}.${index}.${pair.answer}`, value);
  const { plain, proposed } = openLines(rows, pair);

  const fill = () => {
    for (const index of plain) put(index, rows[index]?.[pair.given]);
    setFilled(plain);
  };
  const takeBack = () => {
    for (const index of filled) if (rows[index]?.[pair.answer] === rows[index]?.[pair.given]) put(index, undefined);
    setFilled([]);
  };

  if (filled.length > 0) {
    return (
      <View className="fx-undo" role="status">
        <Text>
          已有 {filled.length} 项按{pair.title}填好
          {proposed.length > 0 ? `；${proposed.length} 项建议额不同，没有代填，请逐项核定` : ''}
        </Text>
        <Tap className="fx-link" onTap={takeBack}>
          <Text>撤销</Text>
        </Tap>
      </View>
    );
  }
  if (plain.length === 0) return null;
  return (
    <Tap className="fx-button fx-button--tinted" onTap={fill}>
      <Text>
        {plain.length < rows.length ? `其余 ${plain.length} 项` : '均'}按{pair.title}填
        {proposed.length > 0 ? `（${proposed.length} 项建议额不同，留待核定）` : ''}
      </Text>
    </Tap>
  );
});
