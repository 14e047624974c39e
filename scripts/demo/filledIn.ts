import type { Data, Json } from '../../forms/language/dialect.ts';

const rowsOf = (value: Json | undefined): Data[] => (Array.isArray(value) ? (value as Data[]) : []);

/**
 * A form as it is shown to a seat, with what the demonstration says this seat writes in it. Rows of a table are told
 * by the first column the script names (the line, the item of the checklist); rows it does not name stay as they are.
 */
export function filledIn(shown: Data, written: Data): Data {
  const result: Data = { ...shown };
  for (const [key, value] of Object.entries(written)) {
    const changes = rowsOf(value);
    if (changes.length === 0 || rowsOf(shown[key]).length === 0) {
      result[key] = value;
      continue;
    }
    const [name = ''] = Object.keys(changes[0] ?? {});
    const stray = changes.find((change) => !rowsOf(shown[key]).some((row) => row[name] === change[name]));
    if (stray) throw new Error(`no row ${JSON.stringify(stray[name])} in ${key}`);
    result[key] = rowsOf(shown[key]).map((row) => ({
      ...row,
      ...changes.find((change) => change[name] === row[name]),
    }));
  }
  return result;
}
