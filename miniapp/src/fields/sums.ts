import type { Data, Dictionaries, Field } from '../../../forms/language/dialect.ts';
import { formatValue } from '../../../forms/language/format.ts';
import { columnsOf } from '../../../forms/language/outline.ts';
import { hasGivenRows } from '../../../forms/language/states.ts';

export interface Sum {
  key: string;
  title: string;
  text: string;
}

/**
 * What stands below the columns named in `x-totals`: their sum. Where the rows are there for everybody and only some are
 * answered, their sum would be read as that of the whole: it says how many are answered instead.
 */
export function sumsOf(field: Field, rows: Data[], dictionaries: Dictionaries): Sum[] {
  return columnsOf(field).flatMap(([key, cell]): Sum[] => {
    const figures = rows.flatMap((row) => (typeof row[key] === 'number' ? [row[key]] : []));
    if (!field['x-totals']?.includes(key) || figures.length === 0) return [];
    if (hasGivenRows(field) && figures.length < rows.length) {
      return [{ key, title: cell.title, text: partOf(field, cell, figures.length, rows.length) }];
    }
    const sum = figures.reduce((total, figure) => total + figure, 0);
    return [{ key, title: `${cell.title}合计`, text: formatValue(cell, sum, dictionaries) }];
  });
}

/** Of a line taken from elsewhere, an answer nobody had to give means that nothing is cut. */
function partOf(field: Field, cell: Field, answered: number, rows: number): string {
  const optional = field['x-rows-from'] !== undefined && cell['x-required'] === undefined;
  return optional ? `已提出 ${answered} 项，其余未核减` : `已填 ${answered}/${rows} 项`;
}
