import type { ArrayField } from '@formily/core';
import type { Schema } from '@formily/json-schema';
import { RecursionField, observer, useField, useFieldSchema } from '@formily/react';
import { Text, View } from '@tarojs/components';
import { useEffect } from 'react';
import type { Field, Json } from '../../../forms/language/dialect.ts';
import { formatValue } from '../../../forms/language/format.ts';
import { columnsOf, rowsOf } from '../../../forms/language/outline.ts';
import { RowQuestionContext, useFilling, useSurroundings } from './context.ts';
import { Problems } from './Problems.tsx';
import { givenColumns } from './questions.ts';
import { Totals } from './Totals.tsx';

/** A table whose rows are given: each row is a question with its answer right below. */
export const GivenRows = observer(function GivenRows({ field, path }: { field: Field; path: string }) {
  const filling = useFilling();
  const model = useField<ArrayField>();
  const schema = useFieldSchema();
  const { dictionaries } = useSurroundings();
  const given = givenColumns(field);
  const started = rowsOf(model.value as Json).length > 0;

  useEffect(() => {
    // Rows of another form came with the data; where there are none yet, there is nothing to answer.
    if (!started && field['x-rows']) model.setValue(field['x-rows'].map((row) => ({ ...row })));
  }, [started, model, field]);

  const questionColumns = columnsOf(field).filter(([key]) => given.has(key));
  return (
    <View className="fx-given">
      {(field['x-rows'] ?? rowsOf(model.value as Json)).map((row, index) => {
        const [question = '', ...hints] = questionColumns
          .map(([key, cell]) => formatValue(cell, row[key], dictionaries))
          .filter(Boolean);
        return (
          <View key={index} className="fx-given__row" role="group" aria-label={question}>
            <View className="fx-given__question">
              <Text className="fx-given__no">{index + 1}</Text>
              <View>
                <View>{question}</View>
                {hints.length > 0 ? <View className="fx-item__hint">{hints.join(' ')}</View> : null}
              </View>
            </View>
            <Problems problems={filling.problems.at(`${path}.${index}`)} />
            {started ? (
              <RowQuestionContext.Provider value={question}>
                <View className="fx-given__answers">
                  <RecursionField
                    schema={schema.items as Schema}
                    name={index}
                    filterProperties={(_, name) => !given.has(String(name))}
                  />
                </View>
              </RowQuestionContext.Provider>
            ) : null}
          </View>
        );
      })}
      <Totals field={field} rows={rowsOf(model.value as Json)} />
    </View>
  );
});
