/** Judging by contract: ajv in its strictest mode, worded in Chinese by the titles of the fields. */
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import Type, { type TSchema } from 'typebox';
import { Refusal, type Detail, type ErrorCode } from '../errors.ts';

const strictly = { strict: true, allowUnionTypes: true, allErrors: false, verbose: true, ownProperties: true } as const;
const bodies = new Ajv2020(strictly);
const addresses = new Ajv2020({ ...strictly, coerceTypes: true });

const NOTHING = Type.Object({}, { additionalProperties: false });

/** A validator for what comes in; `null` stands for "nothing": no query, no body (an empty object counts as none). */
export const requestValidator = (schema: TSchema | null, { coerce }: { coerce: boolean }): ValidateFunction =>
  (coerce ? addresses : bodies).compile(schema ?? NOTHING);

export const responseValidator = (schema: TSchema): ValidateFunction => bodies.compile(schema);

const TYPES: Record<string, string> = {
  string: '文字',
  integer: '整数',
  number: '数字',
  boolean: '是或否',
  array: '列表',
  object: '一组内容',
  null: '空',
};

const titleOf = (schema: unknown): string | undefined =>
  typeof schema === 'object' && schema !== null && 'title' in schema ? String(schema.title) : undefined;

const lastName = (path: string): string => path.split('/').pop() ?? '';

/** The refusal that says what the first error means to a person. */
const refusalOf = (error: ErrorObject): Refusal => {
  const parent = error.parentSchema as { properties?: Record<string, unknown> } | undefined;
  const field = titleOf(parent) ?? lastName(error.instancePath);
  const params = error.params as Record<string, string | number>;
  const say = (code: ErrorCode, detail: Detail): Refusal => new Refusal(code, detail);
  switch (error.keyword) {
    case 'required': {
      const name = String(params.missingProperty);
      return say('missing_field', { field: titleOf(parent?.properties?.[name]) ?? name });
    }
    case 'additionalProperties':
      return say('unknown_field', { field, name: params.additionalProperty ?? '' });
    case 'type':
      return say('wrong_type', { field, expected: TYPES[String(params.type)] ?? '规定的类型' });
    case 'maxLength':
      return say('too_long', { field, limit: params.limit ?? '' });
    case 'maxItems':
      return say('too_many_rows', { field, limit: params.limit ?? '' });
    default:
      return say('invalid_value', { field });
  }
};

/** Refuses what the schema does not allow. */
export const judge = (validate: ValidateFunction, value: unknown): void => {
  if (validate(value)) return;
  const first = validate.errors?.[0];
  throw first ? refusalOf(first) : new Refusal('invalid_value');
};

interface Shape {
  properties?: Record<string, Shape>;
  additionalProperties?: unknown;
  patternProperties?: Record<string, Shape>;
  items?: Shape;
  anyOf?: Shape[];
  type?: string;
  const?: unknown;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Of several shapes the one meant: told apart by null, or by a constant the contract puts into each. */
const meant = (shapes: Shape[], value: unknown): Shape | undefined =>
  value === null
    ? shapes.find((shape) => shape.type === 'null')
    : shapes.find(
        (shape) =>
          shape.type !== 'null' &&
          Object.entries(shape.properties ?? {}).every(
            ([key, part]) => part.const === undefined || (isRecord(value) && value[key] === part.const),
          ),
      );

const trimmed = (schema: Shape, value: unknown): unknown => {
  if (schema.anyOf) {
    const shape = meant(schema.anyOf, value);
    return shape ? trimmed(shape, value) : value;
  }
  if (Array.isArray(value)) {
    const { items } = schema;
    return items ? value.map((item) => trimmed(items, item)) : value;
  }
  if (!isRecord(value)) return value;
  const { properties } = schema;
  if (properties) {
    const declared = Object.entries(value).filter(
      ([key, part]) => Object.hasOwn(properties, key) && part !== undefined,
    );
    return Object.fromEntries(declared.map(([key, part]) => [key, trimmed(properties[key] as Shape, part)]));
  }
  const [anyKey] = Object.values(schema.patternProperties ?? {});
  return anyKey ? Object.fromEntries(Object.entries(value).map(([key, part]) => [key, trimmed(anyKey, part)])) : value;
};

/** The value with nothing in it that the contract does not declare: what a screen may not see, never leaves. */
export const only = (schema: TSchema, value: unknown): unknown => trimmed(schema, value);
