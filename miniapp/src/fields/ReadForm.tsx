import { Text, View } from '@tarojs/components';
import { useMemo } from 'react';
import type { Data, Dictionaries, Field, Form, Json, Node, Problem } from '../../../forms/language/dialect.ts';
import { formatValue } from '../../../forms/language/format.ts';
import { fieldsOf, inOrder, isLayout } from '../../../forms/language/outline.ts';
import { settle, stateIn } from '../../../forms/language/states.ts';
import type { FillContext } from '../../../forms/language/submission.ts';
import { Tap } from '../parts/Tap.tsx';
import { carriedText } from './carriedText.ts';
import { useSurroundings } from './context.ts';
import { ProblemBook } from './ProblemBook.ts';
import { Problems } from './Problems.tsx';
import { anchorOf } from './questions.ts';
import { ReadValue } from './ReadValue.tsx';
import { stepsOf } from './steps.ts';
import type { Step } from './steps.ts';
import { usePictures } from './usePictures.ts';

interface ReadFormProps {
  form: Form;
  data: Data;
  ctx: FillContext;
  problems: Problem[];
  /** Paths of sections kept open from outside, for `jumpTo`. */
  opened: ReadonlySet<string>;
  onOpened: (opened: ReadonlySet<string>) => void;
}

/** The form to read: its sections folded, each answer under its title, nothing to type. */
export function ReadForm({ form, data, ctx, problems, opened, onOpened }: ReadFormProps) {
  const { unfolded } = useSurroundings();
  const settled = useMemo(() => settle(form, data, ctx.env), [form, data, ctx]);
  const book = useMemo(() => bookOf(problems), [problems]);
  const steps = useMemo(() => stepsOf(form, settled, ctx, book.byPath), [form, settled, ctx, book]);
  const notes = useMemo(() => notesIn(form), [form]);
  usePictures(form, data);
  const allOpen = steps.every((step) => opened.has(step.key));
  const show = (key: string) => stateIn(form, settled, key, ctx).visible;
  const toggle = (key: string) => {
    const next = new Set(opened);
    if (!next.delete(key)) next.add(key);
    onOpened(next);
  };

  return (
    <View className="fx fx--read">
      {steps.length > 1 ? (
        <View className="fx-fold-all">
          <Tap className="fx-link" onTap={() => onOpened(new Set(allOpen ? [] : steps.map((step) => step.key)))}>
            <Text>{allOpen ? '全部收起' : '全部展开'}</Text>
          </Tap>
        </View>
      ) : null}
      {steps.map((step) => {
        const open = unfolded || opened.has(step.key) || steps.length === 1;
        return (
          <View key={step.key} className="fx-section">
            <Tap className="fx-fold" expanded={open} onTap={() => toggle(step.key)}>
              <Text className="fx-fold__title">{step.title}</Text>
              <Text className="fx-fold__count">
                {step.keys.filter((key) => show(key) && !notes.has(key)).length} 项
              </Text>
              <Text className={`fx-fold__arrow ${open ? 'fx-fold__arrow--open' : ''}`} aria-hidden="true">
                ›
              </Text>
            </Tap>
            {open ? <Answers nodes={nodesOf(step)} data={data} show={show} book={book} /> : null}
          </View>
        );
      })}
    </View>
  );
}

interface AnswersProps {
  nodes: Record<string, Node>;
  data: Data;
  show: (key: string) => boolean;
  book: ProblemBook;
}

function Answers({ nodes, data, show, book }: AnswersProps) {
  const { dictionaries, carried } = useSurroundings();
  return (
    <View className="fx-answers">
      {inOrder(nodes).map(([key, node]) => {
        if (!show(key)) return null;
        if (isLayout(node)) {
          const columns = node['x-component'] === 'Columns';
          return (
            <View key={key} className="fx-answer fx-answer--wide">
              {columns ? null : <View className="fx-group__title">{node.title}</View>}
              <View className={columns ? `fx-columns--${node['x-columns'] ?? 2}` : ''}>
                <Answers nodes={node.properties} data={data} show={show} book={book} />
              </View>
            </View>
          );
        }
        return (
          <View
            key={key}
            id={anchorOf(key)}
            className={`fx-answer ${isWide(node, data[key], dictionaries) ? 'fx-answer--wide' : ''}`}
          >
            <View className="fx-answer__title">{node.title}</View>
            <ReadValue field={node} value={data[key]} />
            <Problems problems={node['x-component'] === 'Table' ? book.ofTable(key) : book.at(key)} />
            {carried[key] === undefined ? null : <View className="fx-item__carried">{carriedText(carried[key])}</View>}
          </View>
        );
      })}
    </View>
  );
}

/** A section's own nodes: its title is already on the fold. */
function nodesOf(step: Step): Record<string, Node> {
  const section = step.properties[step.key];
  return section && isLayout(section) ? section.properties : step.properties;
}

const WIDE: ReadonlySet<string> = new Set([
  'TextArea',
  'Table',
  'Files',
  'MultiSelect',
  'Units',
  'DateRange',
  'Reference',
  'Note',
  'Cascade',
]);

function isWide(field: Field, value: Json | undefined, dictionaries: Dictionaries): boolean {
  if (WIDE.has(field['x-component'])) return true;
  return widthOf(field.title) > 10 || widthOf(formatValue(field, value, dictionaries)) > 9;
}

/** In Chinese characters; a letter or digit takes a good half of one. */
function widthOf(text: string): number {
  const narrow = text.replace(/[^\x20-\x7e]/g, '').length;
  return text.length - narrow + narrow * 0.56;
}

/** Words of the form itself, which are no answers. */
function notesIn(form: Form): Set<string> {
  return new Set(fieldsOf(form).flatMap(({ key, field }) => (field['x-component'] === 'Note' ? [key] : [])));
}

function bookOf(problems: Problem[]): ProblemBook {
  const book = new ProblemBook();
  book.refuse(problems);
  book.update([], {}, {});
  return book;
}
