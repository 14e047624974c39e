import type { ArrayField } from '@formily/core';
import { observer, useField } from '@formily/react';
import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import { isEmpty } from '../../../forms/language/components.ts';
import type { Field, Json } from '../../../forms/language/dialect.ts';
import { columnsOf, rowsOf } from '../../../forms/language/outline.ts';
import { mayEdit, rightOf } from '../../../forms/language/rights.ts';
import { Tap } from '../parts/Tap.tsx';
import { useFilling } from './context.ts';
import { givenColumns } from './questions.ts';

/**
 * Where each line brings a sum and one sum is asked for in return, most are taken as they are: one tap fills what is
 * still empty, and another takes it back.
 */
export const AllAsGiven = observer(function AllAsGiven({ field, path }: { field: Field; path: string }) {
  const filling = useFilling();
  const model = useField<ArrayField>();
  const [filled, setFilled] = useState<number[]>([]);
  const pair = pairOf(field, (key) => mayEdit(rightOf(filling.ctx.rights, path, key)));
  if (!pair) return null;
  const rows = rowsOf(model.value as Json);
  const put = (index: number, value: Json | undefined) =>
    filling.model.setValuesIn(`${path}.${index}.${pair.answer}`, value);
  const empty = rows.flatMap((row, index) => (isEmpty(row[pair.answer]) && !isEmpty(row[pair.given]) ? [index] : []));

  const fill = () => {
    for (const index of empty) put(index, rows[index]?.[pair.given]);
    setFilled(empty);
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
        </Text>
        <Tap className="fx-link" onTap={takeBack}>
          <Text>撤销</Text>
        </Tap>
      </View>
    );
  }
  if (empty.length === 0) return null;
  return (
    <Tap className="fx-button fx-button--tinted" onTap={fill}>
      <Text>
        {empty.length < rows.length ? `其余 ${empty.length} 项` : '均'}按{pair.title}填
      </Text>
    </Tap>
  );
});

/** The one sum that is given and the one that is asked for; null unless there is exactly one of each. */
function pairOf(field: Field, isOwn: (key: string) => boolean) {
  const given = givenColumns(field);
  const sums = columnsOf(field).filter(([, cell]) => cell['x-component'] === 'Money');
  const [source, ...moreSources] = sums.filter(([key]) => given.has(key));
  const [answer, ...moreAnswers] = sums.filter(([key]) => !given.has(key) && isOwn(key));
  if (!source || !answer || moreSources.length > 0 || moreAnswers.length > 0) return null;
  return { given: source[0], answer: answer[0], title: source[1].title };
}
