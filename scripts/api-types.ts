/**
 * Writes the clients' types from the contracts the server judges by: `npx tsx scripts/api-types.ts`.
 * A test compares what is written with what would be, so a changed contract cannot leave a client behind.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import * as contract from '../server/routes/contract/index.ts';
import { DIALECT } from '../server/routes/contract/shape.ts';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** The clients' files. */
export const TARGETS = ['miniapp/src/api/types.ts', 'admin/src/api/types.ts'].map((file) => path.join(root, file));

interface Schema {
  $comment?: string;
  type?: string;
  title?: string;
  description?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  patternProperties?: Record<string, Schema>;
}

const PLAIN: Record<string, string> = {
  string: 'string',
  integer: 'number',
  number: 'number',
  boolean: 'boolean',
  null: 'null',
};

const literal = (value: unknown): string =>
  typeof value === 'string' ? `'${value.replaceAll("'", "\\'")}'` : JSON.stringify(value);

const members = (schema: Schema, indent: string): string => {
  const required = schema.required ?? [];
  const lines = Object.entries(schema.properties ?? {}).map(([key, part]) => {
    const text = [part.title, part.description].filter(Boolean).join(': ');
    const note = text ? `${indent}  /** ${text} */\n` : '';
    return `${note}${indent}  ${key}${required.includes(key) ? '' : '?'}: ${typeOf(part, `${indent}  `)};`;
  });
  return `{\n${lines.join('\n')}\n${indent}}`;
};

const typeOf = (schema: Schema, indent: string): string => {
  const name = schema.$comment;
  if (name) return name.startsWith(DIALECT) ? name.slice(DIALECT.length) : name;
  return bodyOf(schema, indent);
};

const bodyOf = (schema: Schema, indent: string): string => {
  if (schema.anyOf) return schema.anyOf.map((part) => typeOf(part, indent)).join(' | ');
  if (schema.const !== undefined) return literal(schema.const);
  if (schema.enum) return schema.enum.map(literal).join(' | ');
  if (schema.items) {
    const item = typeOf(schema.items, indent);
    return /[|{\s]/.test(item) && !item.startsWith('{') ? `(${item})[]` : `${item}[]`;
  }
  const [anyKey] = Object.values(schema.patternProperties ?? {});
  if (anyKey) return `Record<string, ${typeOf(anyKey, indent)}>`;
  if (schema.properties) return members(schema, indent);
  const plain = PLAIN[schema.type ?? ''];
  if (!plain) throw new Error(`No TypeScript type for ${JSON.stringify(schema)}`);
  return plain;
};

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && '$comment' in value;

const foreignIn = (schemas: Schema[]): string[] => {
  const found = JSON.stringify(schemas).matchAll(new RegExp(`"${DIALECT}(\\w+)"`, 'g'));
  return [...new Set([...found].map(([, name]) => name ?? ''))].sort();
};

/** The whole text of one client's `types.ts`. */
export const apiTypes = async (): Promise<string> => {
  const schemas = Object.values<unknown>(contract)
    .filter(isSchema)
    .sort((a, b) => (a.$comment ?? '').localeCompare(b.$comment ?? ''));
  const foreign = foreignIn(schemas).join(', ');
  const types = schemas.map((schema) => {
    const name = schema.$comment ?? '';
    return schema.properties
      ? `export interface ${name} ${members(schema, '')}`
      : `export type ${name} = ${bodyOf(schema, '')};`;
  });
  const text = [
    '// Written by scripts/api-types.ts from server/routes/contract. Do not edit: change the contract and run it again.',
    `import type { ${foreign} } from '../../../forms/language/dialect.ts';`,
    `export type { ${foreign} };`,
    ...types,
  ].join('\n\n');
  return format(text, { ...(await resolveConfig(TARGETS[0] ?? '')), parser: 'typescript' });
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const text = await apiTypes();
  for (const file of TARGETS) {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}
