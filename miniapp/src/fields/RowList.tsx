import type { ArrayField } from '@formily/core';
import { observer, useField } from '@formily/react';
import { toJS } from '@formily/reactive';
import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import type { Data, Field, Json } from '../../../forms/language/dialect.ts';
import { rowsOf } from '../../../forms/language/outline.ts';
import { Tap } from '../parts/Tap.tsx';
import { useFilling } from './context.ts';
import { RowCard } from './RowCard.tsx';
import { RowSheet } from './RowSheet.tsx';
import { Totals } from './Totals.tsx';

const MOST_ROWS = 200;

interface Removed {
  index: number;
  row: Data;
}

/** Rows as cards. Adding and tapping open the row's sheet; a deleted row can be taken back. */
export const RowList = observer(function RowList({ field, path }: { field: Field; path: string }) {
  const model = useField<ArrayField>();
  const filling = useFilling();
  const [removed, setRemoved] = useState<Removed | null>(null);
  const rows = rowsOf(model.value as Json);
  const open = filling.row?.table === path && filling.row.index < rows.length ? filling.row.index : null;
  const full = rows.length >= (field.maxItems ?? MOST_ROWS);

  const insert = (index: number, row: Data) => {
    filling.closeRow();
    void model.insert(index, row);
    setRemoved(null);
    filling.openNewRow(path, index);
  };
  const remove = (index: number) => {
    setRemoved({ index, row: toJS(rows[index]) ?? {} });
    filling.closeRow();
    void model.remove(index);
    filling.leave(path);
  };
  const takeBack = ({ index, row }: Removed) => {
    void model.insert(Math.min(index, rows.length), row);
    setRemoved(null);
  };

  return (
    <View className="fx-cards">
      {rows.map((row, index) => (
        <RowCard key={index} field={field} path={path} row={row} index={index} />
      ))}
      {removed ? (
        <View className="fx-undo">
          <Text>已删除第 {removed.index + 1} 行</Text>
          <Tap className="fx-link" onTap={() => takeBack(removed)}>
            <Text>撤销删除</Text>
          </Tap>
        </View>
      ) : null}
      <Totals field={field} rows={rows} />
      {full ? (
        <View className="fx-item__hint">最多 {rows.length} 行。</View>
      ) : (
        <Tap
          className="fx-button fx-button--dashed"
          label={`添加${field.title}`}
          onTap={() => insert(rows.length, filling.newRow(path))}
        >
          <Text>＋ 添加一行</Text>
        </Tap>
      )}
      {open === null ? null : (
        <RowSheet
          key={open}
          field={field}
          path={path}
          index={open}
          count={rows.length}
          onGo={(index) => {
            filling.closeRow();
            filling.openRow(path, index);
          }}
          onAdd={full ? undefined : () => insert(rows.length, filling.newRow(path))}
          onCopy={full ? undefined : () => insert(open + 1, toJS(rows[open]) ?? {})}
          onRemove={() => remove(open)}
          onClose={() => filling.closeRow()}
        />
      )}
    </View>
  );
});
