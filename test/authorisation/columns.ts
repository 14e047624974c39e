/** The fields and table columns of a form one by one: is there a value, and what would be another. */
import { optionsOf } from '../../forms/language/components.ts';
import type { Data, Field, Form, Json } from '../../forms/language/dialect.ts';
import { columnsOf, fieldsOf } from '../../forms/language/outline.ts';
import { DICTIONARIES } from '../support/declaration.ts';

export interface FormColumn {
  key: string;
  /** Null for a field of its own. */
  column: string | null;
  field: Field;
  /** As the tables call it. */
  words: string;
}

export const columnsIn = (form: Form): FormColumn[] =>
  fieldsOf(form).flatMap(({ key, field }): FormColumn[] => {
    const cells = columnsOf(field);
    if (cells.length === 0) return [{ key, column: null, field, words: `${field.title} ${key}` }];
    return cells.map(([column, cell]) => ({
      key,
      column,
      field: cell,
      words: `${field.title}·${cell.title} ${key}.${column}`,
    }));
  });

/** The first value there is: of the field, or of any row. */
export function valueIn(data: Data, { key, column }: FormColumn): Json | undefined {
  if (column === null) return data[key];
  const rows = Array.isArray(data[key]) ? (data[key] as Data[]) : [];
  return rows.map((row) => row[column]).find((value) => value !== undefined && value !== null);
}

/** Another value of the same kind than the one there is. */
export function otherThan(value: Json | undefined, { field }: FormColumn): Json {
  if (field['x-component'] === 'Money') return typeof value === 'number' ? value - 1 : 1;
  const options = optionsOf(field, DICTIONARIES);
  if (options) return options.find((option) => option.value !== value)?.value ?? '';
  return '另写一句足够长的话，说明为什么这样改。';
}

/** The data with this value there, and nothing else changed. */
export function withValue(data: Data, { key, column }: FormColumn, value: Json): Data {
  if (column === null) return { ...data, [key]: value };
  const [first = {}, ...rest] = (data[key] ?? []) as Data[];
  return { ...data, [key]: [{ ...first, [column]: value }, ...rest] };
}
