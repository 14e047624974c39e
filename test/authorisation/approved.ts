/** Tables in a Markdown file that a person has read and approved: read back, and written out for the next reading. */
import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Heading → row → column → cell. */
export type Tables = Map<string, Map<string, Map<string, string>>>;

const cellsOf = (line: string): string[] =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());

/** The tables below second-level headings; two rows or two headings of one name are a mistake in the file. */
export function readTables(file: string): Tables {
  const tables: Tables = new Map();
  let rows: Map<string, Map<string, string>> | undefined;
  let columns: string[] = [];
  for (const line of readFileSync(join(import.meta.dirname, file), 'utf8').split('\n')) {
    if (line.startsWith('## ')) {
      const heading = line.slice(3).trim();
      if (tables.has(heading)) throw new Error(`${file}: “${heading}” stands there twice`);
      rows = new Map<string, Map<string, string>>();
      tables.set(heading, rows);
      columns = [];
    } else if (line.startsWith('|') && rows && !/^\|[\s|:-]+$/.test(line)) {
      const [name = '', ...cells] = cellsOf(line);
      if (columns.length === 0) columns = cells;
      else if (rows.has(name)) throw new Error(`${file}: “${name}” stands there twice`);
      else rows.set(name, new Map(columns.map((column, at) => [column, cells[at] ?? ''])));
    }
  }
  return tables;
}

/** Every cell in which the two differ, in words; a row or a table that only one of them has is named whole. */
export function differences(approved: Tables, found: Tables): string[] {
  const flat = (tables: Tables) =>
    new Map(
      [...tables].flatMap(([heading, rows]) =>
        [...rows].flatMap(([row, cells]) =>
          [...cells].map(([column, cell]) => [`${heading} › ${row} › ${column}`, cell] as const),
        ),
      ),
    );
  const [was, is] = [flat(approved), flat(found)];
  return [...new Set([...was.keys(), ...is.keys()])]
    .filter((key) => was.get(key) !== is.get(key))
    .map((key) => `${key}: approved ${was.get(key) ?? 'nothing'}, found ${is.get(key) ?? 'nothing'}`);
}

/** Writes what was found beside nothing that is approved, to be read by whoever approves; returns where. */
export function writeForReading(name: string, tables: Tables): string {
  const text = [...tables].map(([heading, rows]) => {
    const [first] = rows.values();
    const columns = [...(first?.keys() ?? [])];
    const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
    return [
      `## ${heading}\n`,
      line(['', ...columns]),
      line(['---', ...columns.map(() => '---')]),
      ...[...rows].map(([row, cells]) => line([row, ...columns.map((column) => cells.get(column) ?? '')])),
      '',
    ].join('\n');
  });
  const file = join(tmpdir(), name);
  writeFileSync(file, text.join('\n'));
  return file;
}
