/** The allowed components: what each stores, what it starts from, and the limits it has without being told. */
import { DATE_PATTERN } from './dates.ts';
import type { ComponentName, Dictionaries, Field, Json, Option } from './dialect.ts';

export { isEmpty } from './values.ts';

export interface Component {
  /** The `type` a field with this component is written with; `Auto` may also hold another plain type. */
  type: Field['type'];
  types: readonly Field['type'][];
  /** What a client shows where nothing is stored. Stored data leaves empty fields out. */
  empty: Json;
  /** May stand as a column of a table. */
  column: boolean;
  /** Stored sealed and shown masked, whether or not the form says so. */
  sensitive: boolean;
  /** Chooses from `x-options` or a dictionary. */
  options: boolean;
  /** How a person is asked for it: 请填写, 请选择, 请上传. */
  verb: '填写' | '选择' | '上传' | '手写';
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  /** How far a form may move these two; absent means it may only narrow the maximum. */
  widest?: number;
  maxItems?: number;
  pattern?: string;
}

function component(type: Field['type'], empty: Json, rest: Partial<Component> = {}): Component {
  return { type, types: [type], empty, column: true, sensitive: false, options: false, verb: '填写', ...rest };
}

/** 100 亿元 in fen: far above any project of a district, far below the safe integers. */
const MOST_MONEY = 1_000_000_000_000;
const CHOICE = { options: true, verb: '选择' } as const;

/** Mobile numbers, and landlines with area code and optional extension. */
const PHONE_PATTERN = '^(?:1[3-9]\\d{9}|0\\d{2,3}-\\d{7,8}(?:-\\d{1,6})?)$';
const ID_CARD_PATTERN = '^[1-9]\\d{16}[\\dX]$';
const USCC_PATTERN = '^[0-9A-HJ-NPQRTUWXY]{2}\\d{6}[0-9A-HJ-NPQRTUWXY]{10}$';

export const COMPONENTS: Readonly<Record<ComponentName, Component>> = {
  Text: component('string', '', { maxLength: 200 }),
  TextArea: component('string', '', { maxLength: 2000 }),
  Integer: component('integer', null, { minimum: 0, maximum: 1_000_000_000 }),
  Number: component('number', null, { minimum: 0, maximum: 1_000_000_000 }),
  Money: component('integer', null, { minimum: 0, maximum: MOST_MONEY }),
  Percent: component('number', null, { minimum: 0, maximum: 100, widest: 1_000_000 }),
  Year: component('integer', null, { minimum: 1990, maximum: 2100, verb: '选择' }),
  Date: component('string', '', { maxLength: 10, pattern: DATE_PATTERN, verb: '选择' }),
  DateRange: component('object', null, { column: false, verb: '选择' }),
  Boolean: component('boolean', null, { verb: '选择' }),
  Select: component('string', '', { ...CHOICE, maxLength: 100 }),
  MultiSelect: component('array', [], { ...CHOICE, maxLength: 100, maxItems: 50 }),
  Cascade: component('string', '', { ...CHOICE, maxLength: 100 }),
  Unit: component('string', '', { ...CHOICE, maxLength: 100 }),
  Units: component('array', [], { ...CHOICE, maxLength: 100, maxItems: 200 }),
  User: component('object', null, { verb: '选择' }),
  Seat: component('object', null, { verb: '选择' }),
  Phone: component('string', '', { maxLength: 24, pattern: PHONE_PATTERN, sensitive: true }),
  Uscc: component('string', '', { maxLength: 18, pattern: USCC_PATTERN }),
  IdCard: component('string', '', { maxLength: 18, pattern: ID_CARD_PATTERN, sensitive: true }),
  Files: component('array', [], { maxItems: 20, verb: '上传' }),
  Signature: component('object', null, { verb: '手写' }),
  Reference: component('object', null, { verb: '选择' }),
  Auto: component('string', '', { types: ['string', 'integer', 'number', 'boolean'], maxLength: 2000 }),
  Note: component('string', '', { column: false }),
  Table: component('array', [], { column: false, maxItems: 200 }),
};

export interface Limits {
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  /** Anchored at both ends. */
  pattern?: string;
}

const limits = new WeakMap<Field, Limits>();

/** The field's own limits over those of its component. Kept per field object. */
export function limitsOf(field: Field): Limits {
  let known = limits.get(field);
  if (!known) {
    known = readLimits(field);
    limits.set(field, known);
  }
  return known;
}

function readLimits(field: Field): Limits {
  const base = COMPONENTS[field['x-component']];
  return {
    minLength: field.minLength,
    maxLength: field.maxLength ?? base.maxLength,
    minimum: field.minimum ?? base.minimum,
    maximum: field.maximum ?? base.maximum,
    minItems: field.minItems,
    maxItems: field.maxItems ?? base.maxItems,
    pattern: field.pattern === undefined ? base.pattern : `^(?:${field.pattern})$`,
  };
}

/** Decimal places a number of this field may have. */
export function decimalsOf(field: Field): number {
  const name = field['x-component'];
  return name === 'Number' || name === 'Percent' ? (field['x-decimals'] ?? 2) : 0;
}

/** Whether its value is stored sealed and shown masked. */
export function isSensitive(field: Field): boolean {
  return field['x-sensitive'] ?? COMPONENTS[field['x-component']].sensitive;
}

/** Where the records come from that this field names: `person` and `seat` by the component, else by the form. */
export function sourceOf(field: Field): string | null {
  const name = field['x-component'];
  if (name === 'User') return 'person';
  if (name === 'Seat') return 'seat';
  return name === 'Reference' ? (field['x-source'] ?? null) : null;
}

/** Whether its value names attachments. */
export function holdsFiles(field: Field): boolean {
  return field['x-component'] === 'Files' || field['x-component'] === 'Signature';
}

/** The legal choices, or null where the component does not choose. A dictionary that is missing offers nothing. */
export function optionsOf(field: Field, dictionaries: Dictionaries): Option[] | null {
  const name = field['x-component'];
  if (!COMPONENTS[name].options) return null;
  return field['x-options'] ?? dictionaryOf(field, dictionaries);
}

function dictionaryOf(field: Field, dictionaries: Dictionaries): Option[] {
  const name = field['x-component'];
  const key = field['x-dictionary'] ?? (name === 'Unit' || name === 'Units' ? 'units' : '');
  return (Object.prototype.hasOwnProperty.call(dictionaries, key) ? dictionaries[key] : undefined) ?? [];
}

/** Of a cascade only what has nothing under it can be the answer. */
export function answersOf(field: Field, dictionaries: Dictionaries): Option[] | null {
  const options = optionsOf(field, dictionaries);
  if (options === null || field['x-component'] !== 'Cascade') return options;
  const parents = options.map(({ parent }) => parent);
  return options.filter(({ value }) => parents.indexOf(value) < 0);
}

/** Computed and automatic values are the server's; a client's are never taken. A note has none at all. */
export function isServerValue(field: Field): boolean {
  const name = field['x-component'];
  return field['x-value'] !== undefined || name === 'Auto' || name === 'Note';
}
