import { isEmpty } from '../../../forms/language/components.ts';
import type { Data, Dictionaries, Field } from '../../../forms/language/dialect.ts';
import { formatValue } from '../../../forms/language/format.ts';

const NAMING: ReadonlySet<string> = new Set(['Text', 'TextArea', 'Unit', 'Auto', 'User', 'Seat']);

/** A bare 否, 1 or amount says nothing without its question. */
const NEEDS_TITLE: ReadonlySet<string> = new Set(['Boolean', 'Integer', 'Number', 'Money', 'Percent']);

export interface RowText {
  /** What the row is about. */
  name: string;
  /** Its figure, right-aligned. */
  figure: string;
  /** A few more answers, in faint ink. */
  notes: string[];
}

/** A row in one glance: what it is about, its figure, and a few more answers. */
export function rowText(
  table: Field,
  columns: readonly [string, Field][],
  row: Data,
  dictionaries: Dictionaries,
): RowText {
  const answered = columns.filter(([key]) => !isEmpty(row[key]));
  const naming =
    answered.find(([, cell]) => NAMING.has(cell['x-component'])) ??
    answered.find(([, cell]) => cell['x-component'] !== 'Money');
  const figure =
    answered.find(([key]) => table['x-totals']?.includes(key)) ??
    answered.filter(([, cell]) => cell['x-component'] === 'Money').pop();
  const text = ([key, cell]: [string, Field]) => formatValue(cell, row[key], dictionaries);
  return {
    name: naming ? text(naming) : '',
    figure: figure && figure !== naming ? text(figure) : '',
    notes: answered
      .filter((column) => column !== naming && column !== figure && column[1]['x-component'] !== 'TextArea')
      .map((column) =>
        NEEDS_TITLE.has(column[1]['x-component']) ? `${column[1].title} ${text(column)}` : text(column),
      )
      .slice(0, 4),
  };
}
