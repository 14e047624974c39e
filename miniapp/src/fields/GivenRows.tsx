import type { ArrayField } from '@formily/core';
import { observer, useField } from '@formily/react';
import { View } from '@tarojs/components';
import { useEffect } from 'react';
import type { Field, Json } from '../../../forms/language/dialect.ts';
import { rowsOf } from '../../../forms/language/outline.ts';
import { AllAsGiven } from './AllAsGiven.tsx';
import { GivenRow } from './GivenRow.tsx';
import { Totals } from './Totals.tsx';

/** A table whose rows are given: each row is a question with its answer right below. */
export const GivenRows = observer(function GivenRows({ field, path }: { field: Field; path: string }) {
  const model = useField<ArrayField>();
  const stored = rowsOf(model.value as Json);
  const started = stored.length > 0;

  useEffect(() => {
    if (!started && field['x-rows']) model.setValue(field['x-rows'].map((row) => ({ ...row })));
  }, [started, model, field]);

  const rows = started ? stored : (field['x-rows'] ?? []);
  if (rows.length === 0) return <View className="fx-nothing">这张表没有内容，无须填写。</View>;
  return (
    <View className={`fx-given${field['x-rows-from'] ? ' fx-given--lines' : ''}`}>
      {started ? <AllAsGiven field={field} path={path} /> : null}
      {rows.map((row, index) => (
        <GivenRow key={index} field={field} path={path} row={row} index={index} started={started} />
      ))}
      <Totals field={field} rows={stored} />
    </View>
  );
});
