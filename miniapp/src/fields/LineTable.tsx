import { Text, View } from '@tarojs/components';
import { isEmpty } from '../../../forms/language/components.ts';
import type { Data, Field, Json } from '../../../forms/language/dialect.ts';
import { formatMoney, formatValue } from '../../../forms/language/format.ts';
import { columnsOf } from '../../../forms/language/outline.ts';
import { useSurroundings } from './context.ts';
import { givenColumns } from './questions.ts';
import { Totals } from './Totals.tsx';

/** A sum and the remark that belongs to it: 建议额 with 理由. */
interface Answer {
  key: string;
  cell: Field;
  remark: string | null;
}

/**
 * Lines taken from another form, each with what every department said of it. On a phone a card for each line; on a
 * wide screen and on paper one table with the departments side by side.
 */
export function LineTable({ field, rows }: { field: Field; rows: Data[] }) {
  const answers = answersOf(field).filter(({ key, remark }) =>
    rows.some((row) => !isEmpty(row[key]) || (remark !== null && !isEmpty(row[remark]))),
  );
  return (
    <View className="fx-lines">
      <View className="fx-lines__cards">
        {rows.map((row, index) => (
          <LineCard key={index} field={field} row={row} index={index} answers={answers} />
        ))}
        <Totals field={field} rows={rows} />
      </View>
      {process.env.TARO_ENV === 'h5' ? <LineGrid field={field} rows={rows} answers={answers} /> : null}
    </View>
  );
}

function answersOf(field: Field): Answer[] {
  const given = givenColumns(field);
  const columns = columnsOf(field).filter(([key]) => !given.has(key));
  return columns.flatMap(([key, cell], at): Answer[] => {
    if (cell['x-component'] !== 'Money') return [];
    const next = columns[at + 1];
    return [{ key, cell, remark: next?.[1]['x-component'] === 'Text' ? next[0] : null }];
  });
}

interface LineProps {
  field: Field;
  row: Data;
  index: number;
  answers: Answer[];
}

function useLine(field: Field, row: Data) {
  const { dictionaries } = useSurroundings();
  const given = givenColumns(field);
  const asked = columnsOf(field).filter(([key]) => given.has(key));
  const money = asked.find(([, cell]) => cell['x-component'] === 'Money');
  const [name = '', ...notes] = asked
    .filter((column) => column !== money)
    .map(([key, cell]) => formatValue(cell, row[key], dictionaries));
  const sum = money ? row[money[0]] : null;
  return { name, notes: notes.filter(Boolean), money, sum: typeof sum === 'number' ? sum : null };
}

function LineCard({ field, row, index, answers }: LineProps) {
  const { name, notes, money, sum } = useLine(field, row);
  return (
    <View className="fx-row">
      <View className="fx-row__head">
        <Text className="fx-row__name">
          {index + 1}. {name}
        </Text>
        <Text className="fx-row__figure">{money && sum !== null ? `${formatMoney(sum)} 万元` : ''}</Text>
      </View>
      {notes.length > 0 ? <View className="fx-row__notes">{notes.join(' · ')}</View> : null}
      {answers
        .filter(({ key, remark }) => !isEmpty(row[key]) || (remark !== null && !isEmpty(row[remark])))
        .map(({ key, cell, remark }) => (
          <View className="fx-lines__answer" key={key}>
            <View className="fx-lines__said">
              <Text>{cell.title}</Text>
              <Text className={toneOf(row[key], sum)}>{figureOf(row[key])}</Text>
            </View>
            {remark !== null && !isEmpty(row[remark]) ? (
              <View className="fx-lines__why">{wordsOf(row[remark])}</View>
            ) : null}
          </View>
        ))}
    </View>
  );
}

/** Real rows and cells, for reading aloud and for paper. */
function LineGrid({ field, rows, answers }: { field: Field; rows: Data[]; answers: Answer[] }) {
  const given = givenColumns(field);
  const asked = columnsOf(field).filter(([key]) => given.has(key));
  const money = asked.find(([, cell]) => cell['x-component'] === 'Money');
  const name = asked.find((column) => column !== money);
  const columns = { gridTemplateColumns: `minmax(150px, 2fr) repeat(${answers.length + 1}, minmax(92px, 1fr))` };
  const total = (key: string) => rows.reduce((sum, row) => sum + (typeof row[key] === 'number' ? row[key] : 0), 0);
  const whole = (key: string) => rows.every((row) => typeof row[key] === 'number');
  return (
    <View className="fx-lines__grid" role="table" aria-label={`${field.title}（万元）`}>
      <View className="fx-lines__line fx-lines__line--head" role="row" style={columns}>
        <View className="fx-lines__cell fx-lines__cell--name" role="columnheader">
          {name?.[1].title}（万元）
        </View>
        <View className="fx-lines__cell" role="columnheader">
          {money?.[1].title ?? ''}
        </View>
        {answers.map(({ key, cell }) => (
          <View className="fx-lines__cell" role="columnheader" key={key}>
            {cell.title}
          </View>
        ))}
      </View>
      {rows.map((row, index) => (
        <GridLine key={index} field={field} row={row} index={index} answers={answers} columns={columns} />
      ))}
      <View className="fx-lines__line fx-lines__line--sum" role="row" style={columns}>
        <View className="fx-lines__cell fx-lines__cell--name" role="cell">
          合计
        </View>
        <View className="fx-lines__cell" role="cell">
          {money ? formatMoney(total(money[0])) : ''}
        </View>
        {answers.map(({ key }) => (
          <View className="fx-lines__cell" role="cell" key={key}>
            {whole(key) ? formatMoney(total(key)) : '—'}
          </View>
        ))}
      </View>
    </View>
  );
}

function GridLine({ field, row, index, answers, columns }: LineProps & { columns: { gridTemplateColumns: string } }) {
  const { name, notes, sum } = useLine(field, row);
  return (
    <View className="fx-lines__line" role="row" style={columns}>
      <View className="fx-lines__cell fx-lines__cell--name" role="cell">
        <View>
          {index + 1}. {name}
        </View>
        <View className="fx-lines__why">{notes.join(' · ')}</View>
      </View>
      <View className="fx-lines__cell" role="cell">
        {sum === null ? '' : formatMoney(sum)}
      </View>
      {answers.map(({ key, remark }) => (
        <View className="fx-lines__cell" role="cell" key={key}>
          <View className={toneOf(row[key], sum)}>{figureOf(row[key])}</View>
          {remark !== null && !isEmpty(row[remark]) ? (
            <View className="fx-lines__why">{wordsOf(row[remark])}</View>
          ) : null}
        </View>
      ))}
    </View>
  );
}

/** Nothing written means nothing to cut. */
function figureOf(value: unknown): string {
  return typeof value === 'number' ? formatMoney(value) : '不核减';
}

function toneOf(value: unknown, sum: number | null): string {
  if (typeof value !== 'number') return 'fx-lines__none';
  return sum !== null && value < sum ? 'fx-lines__cut' : '';
}

function wordsOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}
