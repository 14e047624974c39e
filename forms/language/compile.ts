/** A form as JSON Schema 2020-12 for ajv in strict mode: closed objects, bounded texts and lists, nothing else. */
import { answersOf, COMPONENTS, limitsOf } from './components.ts';
import { DATE_PATTERN } from './dates.ts';
import type { Dictionaries, Field, Form, Json } from './dialect.ts';
import { columnsOf, fieldsOf } from './outline.ts';

export type JsonSchema = { [keyword: string]: Json };

/**
 * `draft` bounds what may be saved half-way: right types and hard caps. `final` adds minimums, patterns and option
 * membership. Neither requires anything: what is required depends on the data and is judged by `problems`.
 * Validate data that went through `tidy`.
 */
export function compile(form: Form, dictionaries: Dictionaries, mode: 'draft' | 'final'): JsonSchema {
  const properties: { [key: string]: Json } = {};
  for (const { key, field } of fieldsOf(form)) {
    if (field['x-component'] !== 'Note') properties[key] = fieldSchema(field, dictionaries, mode === 'final');
  }
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: form.title,
    ...closed(properties),
  };
}

function closed(properties: { [key: string]: Json }, required: string[] = []): JsonSchema {
  return { type: 'object', additionalProperties: false, properties, ...(required.length > 0 ? { required } : {}) };
}

function fieldSchema(field: Field, dictionaries: Dictionaries, final: boolean): JsonSchema {
  return { title: field.title, ...valueSchema(field, dictionaries, final) };
}

function valueSchema(field: Field, dictionaries: Dictionaries, final: boolean): JsonSchema {
  const limits = limitsOf(field);
  const name = field['x-component'];
  const list = (items: JsonSchema, rest: JsonSchema = {}): JsonSchema => ({
    type: 'array',
    maxItems: limits.maxItems ?? 0,
    ...(final ? stated({ minItems: limits.minItems }) : {}),
    items,
    ...rest,
  });
  switch (name) {
    case 'Table': {
      const cells: { [key: string]: Json } = {};
      for (const [column, cell] of columnsOf(field)) cells[column] = fieldSchema(cell, dictionaries, final);
      return list(closed(cells));
    }
    case 'Files':
      return list(fileSchema(field, final));
    case 'MultiSelect':
    case 'Units': {
      const item = {
        type: 'string',
        maxLength: limits.maxLength ?? 0,
        ...(final ? membership(field, dictionaries) : {}),
      };
      return list(item, final ? { uniqueItems: true } : {});
    }
    case 'DateRange': {
      const date = { type: 'string', maxLength: 10, ...(final ? { pattern: DATE_PATTERN } : {}) };
      return closed({ start: date, end: date }, final ? ['start', 'end'] : []);
    }
    case 'Signature':
      return fileSchema(field, false);
    case 'User':
    case 'Seat':
    case 'Reference': {
      const text = { type: 'string', minLength: 1, maxLength: 200 };
      return closed({ id: text, label: text }, ['id', 'label']);
    }
    case 'Boolean':
      return { type: 'boolean' };
    case 'Auto':
      return field.type === 'string' ? { type: 'string', maxLength: limits.maxLength ?? 0 } : { type: field.type };
    default:
      return COMPONENTS[name].type === 'string' ? textSchema(field, dictionaries, final) : numberSchema(field, final);
  }
}

function textSchema(field: Field, dictionaries: Dictionaries, final: boolean): JsonSchema {
  const { minLength, maxLength, pattern } = limitsOf(field);
  const base: JsonSchema = { type: 'string', maxLength: maxLength ?? 0 };
  return final ? { ...base, ...stated({ minLength, pattern }), ...membership(field, dictionaries) } : base;
}

/** A draft is bounded by the component, not by the field: a number out of range is still worth saving. */
function numberSchema(field: Field, final: boolean): JsonSchema {
  const { minimum, maximum } = limitsOf(field);
  const { type, maximum: most = 0, widest: hard = most } = COMPONENTS[field['x-component']];
  return final ? { type, ...stated({ minimum, maximum }) } : { type, minimum: -hard, maximum: hard };
}

function fileSchema(field: Field, final: boolean): JsonSchema {
  return closed(
    {
      id: { type: 'string', minLength: 1, maxLength: 64 },
      name: { type: 'string', minLength: 1, maxLength: 255 },
      size: { type: 'integer', minimum: 0, ...(final ? stated({ maximum: field['x-files']?.maxBytes }) : {}) },
      noSecret: final ? { const: true } : { type: 'boolean' },
    },
    final ? ['id', 'name', 'size', 'noSecret'] : ['id', 'name', 'size'],
  );
}

function membership(field: Field, dictionaries: Dictionaries): JsonSchema {
  const options = answersOf(field, dictionaries);
  if (options === null) return {};
  // ajv refuses an empty enum; a dictionary that offers nothing accepts nothing.
  return options.length > 0 ? { enum: options.map((option) => option.value) } : { not: {} };
}

function stated(keywords: { [keyword: string]: Json | undefined }): JsonSchema {
  const result: JsonSchema = {};
  for (const [keyword, limit] of Object.entries(keywords)) if (limit !== undefined) result[keyword] = limit;
  return result;
}
