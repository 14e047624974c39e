import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import { isEmpty } from '../../../forms/language/components.ts';
import type { Data, Field } from '../../../forms/language/dialect.ts';
import { formatValue } from '../../../forms/language/format.ts';
import { columnsOf } from '../../../forms/language/outline.ts';
import { hasGivenRows } from '../../../forms/language/states.ts';
import { Tap } from '../parts/Tap.tsx';
import { useSurroundings } from './context.ts';
import { LineTable } from './LineTable.tsx';
import { givenColumns } from './questions.ts';
import { rowText } from './rowText.ts';
import { SignaturePicture } from './SignaturePicture.tsx';
import { Totals } from './Totals.tsx';

const IN_SIGHT = 5;

/** A table to read: one line per row; a tap shows the whole row. Long tables show their first rows. */
export function ReadTable({ field, rows }: { field: Field; rows: Data[] }) {
  if (field['x-rows-from']) return <LineTable field={field} rows={rows} />;
  return <RowTable field={field} rows={rows} />;
}

function RowTable({ field, rows }: { field: Field; rows: Data[] }) {
  const { unfolded } = useSurroundings();
  const [all, setAll] = useState(false);
  const given = hasGivenRows(field);
  const shown = all || given || unfolded ? rows : rows.slice(0, IN_SIGHT);
  return (
    <View className="fx-rows">
      {shown.map((row, index) =>
        given ? (
          <GivenRow key={index} field={field} row={row} />
        ) : (
          <FoldedRow key={index} field={field} row={row} index={index} />
        ),
      )}
      {shown.length < rows.length ? (
        <Tap className="fx-link" onTap={() => setAll(true)}>
          <Text>展开全部 {rows.length} 行</Text>
        </Tap>
      ) : null}
      <Totals field={field} rows={rows} />
    </View>
  );
}

function GivenRow({ field, row }: { field: Field; row: Data }) {
  const { dictionaries } = useSurroundings();
  const given = givenColumns(field);
  const columns = columnsOf(field);
  const texts = (wanted: boolean) =>
    columns
      .filter(([key]) => given.has(key) === wanted && !isEmpty(row[key]))
      .map(([key, cell]) => formatValue(cell, row[key], dictionaries));
  const [question, ...hints] = texts(true);
  const [answer, ...more] = texts(false);
  return (
    <View className="fx-row">
      <View className="fx-row__head">
        <Text className="fx-row__name">{question}</Text>
        <Text className={`fx-row__figure ${answer ? '' : 'fx-value--none'}`}>{answer ?? '未填'}</Text>
      </View>
      {hints.length > 0 ? <View className="fx-row__hint">{hints.join(' · ')}</View> : null}
      {more.length > 0 ? <View className="fx-row__notes">{more.join(' · ')}</View> : null}
    </View>
  );
}

function FoldedRow({ field, row, index }: { field: Field; row: Data; index: number }) {
  const { dictionaries, unfolded } = useSurroundings();
  const [opened, setOpen] = useState(false);
  const open = opened || unfolded;
  const columns = columnsOf(field).filter(([key]) => !isEmpty(row[key]));
  const { name, figure, notes } = rowText(field, columns, row, dictionaries);
  return (
    <View className="fx-row">
      <Tap expanded={open} onTap={() => setOpen(!open)}>
        <View className="fx-row__head">
          <Text className="fx-row__name">
            {index + 1}. {name || '（空行）'}
          </Text>
          <Text className="fx-row__figure">{figure}</Text>
        </View>
        {!open && notes.length > 0 ? <View className="fx-row__notes">{notes.join(' · ')}</View> : null}
      </Tap>
      {open ? (
        <View className="fx-row__cells">
          {columns.map(([key, cell]) => (
            <View key={key} className="fx-row__cell">
              <Text className="fx-row__key">{cell.title}</Text>
              {cell['x-component'] === 'Signature' ? (
                <SignaturePicture id={(row[key] as Data).id as string} label={cell.title} />
              ) : (
                <Text className="fx-row__value">{formatValue(cell, row[key], dictionaries)}</Text>
              )}
            </View>
          ))}
        </View>
      ) : null}
    </View>
  );
}
