/** Tables whose rows come from a table in another form of the same case. */
import type { Data, Field, Form } from './dialect.ts';
import { equal, own } from './equal.ts';
import { columnsOf, fieldsOf, rowsOf } from './outline.ts';
import { put } from './states.ts';

/**
 * The data with every such table rebuilt: one row for each row of its source, in the source's order, with the given
 * columns taken from there. The other cells stay with their line: a line is known again when all its given cells are
 * as they were, else by its name (`nameColumnOf`). A line that is gone takes its cells with it; a source that
 * is not filled gives no rows. `others` holds the data of the case's forms by form key. Computed values are left to
 * `compute`.
 */
export function align(form: Form, data: Data, others: Record<string, Data>): Data {
  const result: Data = { ...data };
  for (const { key, field } of fieldsOf(form)) {
    const from = field['x-rows-from'];
    if (!from) continue;
    const source = rowsOf(own((own(others, from.form) as Data | undefined) ?? {}, from.table));
    put(result, key, aligned(field, rowsOf(own(data, key)), source));
  }
  return result;
}

/** The column a line is known by: of those that are given, the one that stands first in the table. */
export function nameColumnOf(table: Field): string | null {
  // Not the first key of `columns`: what is read back from the store has its keys in another order.
  const given = table['x-rows-from']?.columns ?? {};
  return columnsOf(table).find(([column]) => own(given, column) !== undefined)?.[0] ?? null;
}

function aligned(table: Field, stored: Data[], source: Data[]): Data[] {
  const pairs = Object.entries(table['x-rows-from']?.columns ?? {});
  const name = nameColumnOf(table);
  const left: (Data | undefined)[] = [...stored];
  const found: (Data | undefined)[] = source.map(() => undefined);
  // Whole lines first: of two lines with one name, the one that stayed must not lend its cells to the other.
  for (const columns of [pairs, pairs.filter(([here]) => here === name)]) {
    source.forEach((line, at) => {
      if (found[at]) return;
      const same = (row: Data | undefined): boolean =>
        row !== undefined && columns.every(([here, there]) => equal(own(row, here), own(line, there)));
      const index = left.findIndex(same);
      if (index < 0) return;
      found[at] = left[index];
      left[index] = undefined;
    });
  }
  return source.map((line, at) => {
    const row: Data = { ...found[at] };
    for (const [here, there] of pairs) put(row, here, own(line, there));
    return row;
  });
}
