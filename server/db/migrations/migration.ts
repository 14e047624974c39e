import type { Column } from '../columns.ts';
import { snake } from '../table.ts';

/**
 * One step of the schema, as text. A step on MySQL is exactly one DDL statement, because each commits by itself and a
 * process may die between two; written so that running it again is harmless. On SQLite all steps share one transaction.
 */
export interface Migration {
  name: string;
  sqlite: readonly string[];
  mysql: string;
}

interface TableKeys {
  /** Property names, as are all below. */
  key: readonly string[];
  unique?: readonly (readonly string[])[];
  index?: readonly (readonly string[])[];
  /** Column → table whose `id` it holds. Rows that are named cannot be removed. */
  references?: Record<string, string>;
}

/** A step that creates a table with its keys. Indexes are named after their table and columns, see `isDuplicate`. */
export function createTable(
  name: string,
  table: string,
  columns: Record<string, Column>,
  { key, unique = [], index = [], references = {} }: TableKeys,
): Migration {
  const body = Object.entries(columns).map(
    ([property, { sql, nullable }]) => `\`${snake(property)}\` ${sql}${nullable ? '' : ' NOT NULL'}`,
  );
  body.push(`PRIMARY KEY (${list(key)})`);
  for (const [property, target] of Object.entries(references)) {
    const constraint = `${table}_${snake(property)}_fk`;
    body.push(`CONSTRAINT \`${constraint}\` FOREIGN KEY (${list([property])}) REFERENCES \`${target}\` (\`id\`)`);
  }
  const keys = [
    ...unique.map((properties) => ({ kind: 'UNIQUE', properties })),
    ...index.map((properties) => ({ kind: '', properties })),
  ].map(({ kind, properties }) => ({ kind, on: list(properties), index: [table, ...properties.map(snake)].join('_') }));

  const head = `CREATE TABLE IF NOT EXISTS \`${table}\``;
  const inline = keys.map((each) => `${each.kind} KEY \`${each.index}\` (${each.on})`.trim());
  return {
    name,
    sqlite: [
      `${head} (${body.join(', ')})`,
      ...keys.map((each) => `CREATE ${each.kind} INDEX \`${each.index}\` ON \`${table}\` (${each.on})`),
    ],
    mysql: `${head} (${[...body, ...inline].join(', ')}) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`,
  };
}

function list(properties: readonly string[]): string {
  return properties.map((property) => `\`${snake(property)}\``).join(', ');
}
