import type { Schema } from '@formily/json-schema';
import { RecursionField, observer, useFieldSchema } from '@formily/react';
import { toJS } from '@formily/reactive';
import { Text, View } from '@tarojs/components';
import { useEffect, useState } from 'react';
import { isEmpty } from '../../../forms/language/components.ts';
import type { Data, Dictionaries, Field } from '../../../forms/language/dialect.ts';
import { formatValue } from '../../../forms/language/format.ts';
import { columnsOf } from '../../../forms/language/outline.ts';
import { mayEdit, rightOf } from '../../../forms/language/rights.ts';
import { Tap } from '../parts/Tap.tsx';
import { LoneAnswerContext, RowQuestionContext, useFilling, useSurroundings } from './context.ts';
import type { Filling } from './filling.ts';
import { Problems } from './Problems.tsx';
import { givenColumns } from './questions.ts';

type Column = [string, Field];

interface GivenRowProps {
  field: Field;
  path: string;
  row: Data;
  index: number;
  /** Whether the row is in the form's data yet. */
  started: boolean;
}

const REMARKS: ReadonlySet<string> = new Set(['Text', 'TextArea']);

/** One given row: the question, what others answered, and the fields one answers in. */
export const GivenRow = observer(function GivenRow({ field, path, row, index, started }: GivenRowProps) {
  const filling = useFilling();
  const schema = useFieldSchema();
  const { dictionaries } = useSurroundings();
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set());
  const { name, hints, figure, others, own } = partsOf(field, path, filling, toJS(row), dictionaries);
  const at = `${path}.${index}`;
  const folded = own.filter(
    ([key, cell]) =>
      REMARKS.has(cell['x-component']) &&
      own.length > 1 &&
      !opened.has(key) &&
      isEmpty(row[key]) &&
      !filling.problems.byPath.has(`${at}.${key}`),
  );
  const open = own.filter((column) => !folded.includes(column));
  const [answer, ...moreAnswers] = own.filter(([, cell]) => !REMARKS.has(cell['x-component']));
  const lone = answer?.[1]['x-component'] === 'Select' && moreAnswers.length === 0 ? answer[0] : null;
  const offered = field['x-rows-from'] && answer && isEmpty(row[answer[0]]) ? [] : folded;
  const shown = open.map(([key]) => key).join(' ');
  // A remark once on screen stays there, also while it is emptied to be written anew.
  useEffect(() => setOpened((before) => new Set([...before, ...shown.split(' ')])), [shown]);

  return (
    <View className="fx-given__row" role="group" aria-label={name}>
      <View className="fx-given__question">
        <Text className="fx-given__no">{index + 1}</Text>
        <View className="fx-given__words">
          <View>{name}</View>
          {hints.length > 0 ? <View className="fx-item__hint">{hints.join(' ')}</View> : null}
        </View>
        {figure ? <Text className="fx-given__figure">{figure}</Text> : null}
      </View>
      {others.map(({ title, text }) => (
        <View className="fx-given__other" key={title}>
          <Text className="fx-given__whose">{title}</Text>
          <Text className="fx-given__said">{text}</Text>
        </View>
      ))}
      <Problems problems={filling.problems.at(at)} />
      {started ? (
        <RowQuestionContext.Provider value={name}>
          <LoneAnswerContext.Provider value={lone === null ? null : `${at}.${lone}`}>
            <View className="fx-given__answers">
              <RecursionField
                schema={schema.items as Schema}
                name={index}
                filterProperties={(_, key) => open.some(([column]) => column === key)}
              />
            </View>
          </LoneAnswerContext.Provider>
        </RowQuestionContext.Provider>
      ) : null}
      {offered.map(([key, cell]) => (
        <Tap
          key={key}
          className="fx-link fx-given__more"
          label={`${name} 写${cell.title}`}
          onTap={() => setOpened((before) => new Set(before).add(key))}
        >
          <Text>＋ 写{cell.title}</Text>
        </Tap>
      ))}
    </View>
  );
});

/** What the row asks, what others have said about it, and the columns this person may answer in. */
function partsOf(field: Field, path: string, filling: Filling, row: Data, dictionaries: Dictionaries) {
  const given = givenColumns(field);
  const { rights } = filling.ctx;
  const isOwn = ([key]: Column) => mayEdit(rightOf(rights, path, key));
  const asked = columnsOf(field).filter(([key, cell]) => given.has(key) && !isEmpty(row[key]) && cell);
  const text = ([key, cell]: Column) => formatValue(cell, row[key], dictionaries);
  const money = asked.find(([, cell]) => cell['x-component'] === 'Money');
  const [name = '', ...hints] = asked.filter((column) => column !== money).map(text);
  const answers = columnsOf(field).filter(([key]) => !given.has(key) && rightOf(rights, path, key) !== 'hidden');
  return {
    name,
    hints,
    figure: money ? `${money[1].title} ${text(money)}` : '',
    others: answers
      .filter((column) => !isOwn(column) && !isEmpty(row[column[0]]))
      .map((column) => ({ title: column[1].title, text: text(column) })),
    own: answers.filter(isOwn),
  };
}
