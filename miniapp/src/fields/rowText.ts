import { isEmpty } from '../../../forms/language/components.ts';
import type { Data, Dictionaries, Field } from '../../../forms/language/dialect.ts';
import { formatValue } from '../../../forms/language/format.ts';

const NAMING: ReadonlySet<string> = new Set(['Text', 'TextArea', 'Unit', 'Auto']);

export interface RowText {
  /** What the row is about. */
  name: string;
  /** Its figure, right-aligned. */
  figure: string;
  /** A few more answers, in faint ink. */
  notes: string[];
}

/** A row in one glance: what it is about, its figure, and a few more answers. */
export function rowText(table: Field, columns: [string, Field][], row: Data, dictionaries: Dictionaries): RowText {
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
      .map((column) => (column[1]['x-component'] === 'Boolean' ? `${column[1].title}：${text(column)}` : text(column)))
      .slice(0, 4),
  };
}
