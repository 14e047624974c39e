/** What a foreign field asks of its value, gathered from keywords, validators and component properties. */
import { COMPONENTS } from './components.ts';
import type { ComponentName, Field } from './dialect.ts';
import { excerpt, isExpression, isSource, own, propsOf, tell } from './fromFormilySource.ts';
import type { Importing, Source } from './fromFormilySource.ts';
import { patternFault } from './pattern.ts';

export type Bound = 'minLength' | 'maxLength' | 'minimum' | 'maximum' | 'minItems' | 'maxItems';

export interface Asked {
  bounds: Partial<Record<Bound, number>>;
  formats: string[];
  patterns: string[];
  required: boolean;
  /** A bound was written that does not belong to what is allowed. */
  exclusive: boolean;
}

const TEXTS: readonly ComponentName[] = ['Text', 'TextArea'];
const NUMBERS: readonly ComponentName[] = ['Integer', 'Number', 'Year'];
const LISTS: readonly ComponentName[] = ['MultiSelect', 'Files', 'Table'];
const BOUNDS: readonly Bound[] = ['minLength', 'maxLength', 'minimum', 'maximum', 'minItems', 'maxItems'];

/** Formats that are patterns with us; the others are components, or nothing. */
const PATTERNS: Readonly<Record<string, string>> = {
  url: '^https?://[^ ]{1,180}$',
  email: '^[^ @]+@[^ @]+$',
  integer: '^-?\\d+$',
  number: '^-?\\d+(?:\\.\\d+)?$',
  zip: '^\\d{6}$',
  qq: '^[1-9]\\d{4,10}$',
  zh: '^[一-龥]+$',
};

const READ = new Set([
  ...[
    'required',
    'format',
    'pattern',
    'max',
    'min',
    'maximum',
    'minimum',
    'maxLength',
    'minLength',
    'maxItems',
    'minItems',
  ],
  ...['len', 'exclusiveMaximum', 'exclusiveMinimum', 'triggerType', 'message', 'whitespace'],
]);

/** Everything the node asks, wherever it is written. */
export function askedOf(ctx: Importing, node: Source, trail: readonly string[]): Asked {
  const asked: Asked = { bounds: {}, formats: [], patterns: [], required: false, exclusive: false };
  take(asked, node);
  const props = propsOf(node);
  set(asked, 'maxLength', own(props, 'maxLength'));
  set(asked, 'minimum', own(props, 'min'));
  set(asked, 'maximum', own(props, 'max'));
  set(asked, 'maxItems', own(props, 'maxCount'));
  const given = own(node, 'x-validator');
  const place = [...trail, 'x-validator'];
  for (const rule of Array.isArray(given) ? (given as unknown[]) : [given]) {
    if (typeof rule === 'string' && rule !== '' && !isExpression(rule)) asked.formats.push(rule);
    if (!isSource(rule)) continue;
    take(asked, rule);
    if (own(rule, 'required') === true) asked.required = true;
    for (const bound of ['min', 'max'] as const) {
      set(asked, bound === 'min' ? 'minLength' : 'maxLength', own(rule, bound));
      set(asked, bound === 'min' ? 'minimum' : 'maximum', own(rule, bound));
      set(asked, bound === 'min' ? 'minItems' : 'maxItems', own(rule, bound));
    }
    const strange = Object.keys(rule).filter((name) => !READ.has(name));
    if (strange.length > 0) {
      tell(ctx, 'lost', 'validator', place, `校验“${excerpt(strange.join('、'))}”没有导入，请用核对规则重写。`);
    }
    const message = own(rule, 'message');
    if (typeof message === 'string' && message !== '' && !isExpression(message)) {
      tell(ctx, 'lost', 'message', place, `自定义提示“${excerpt(message)}”没有导入，系统会按字段名称提示。`);
    }
  }
  return asked;
}

function take(asked: Asked, from: Source): void {
  for (const bound of BOUNDS) set(asked, bound, own(from, bound));
  const length = own(from, 'len');
  if (typeof length === 'number') {
    set(asked, 'minLength', length);
    set(asked, 'maxLength', length);
  }
  for (const bound of ['exclusiveMinimum', 'exclusiveMaximum'] as const) {
    const value = own(from, bound);
    if (typeof value !== 'number') continue;
    asked.exclusive = true;
    set(asked, bound === 'exclusiveMinimum' ? 'minimum' : 'maximum', value);
  }
  const [format, pattern] = [own(from, 'format'), own(from, 'pattern')];
  if (typeof format === 'string' && format !== '' && !isExpression(format)) asked.formats.push(format);
  if (typeof pattern === 'string' && pattern !== '' && !isExpression(pattern)) asked.patterns.push(pattern);
}

/** Of two bounds the tighter one holds, as it did there. */
function set(asked: Asked, bound: Bound, value: unknown): void {
  if (typeof value !== 'number') return;
  const before = asked.bounds[bound];
  const choose = bound.startsWith('min') ? Math.max : Math.min;
  asked.bounds[bound] = before === undefined ? value : choose(before, value);
}

/** Writes on the field what its component can be told, and tells what it cannot. */
export function limit(ctx: Importing, field: Field, asked: Asked, trail: readonly string[]): void {
  const name = field['x-component'];
  const fits = (bound: Bound): boolean =>
    (bound.endsWith('Length') ? TEXTS : bound.endsWith('Items') ? LISTS : NUMBERS).includes(name);
  for (const bound of BOUNDS.filter(fits)) {
    const value = asked.bounds[bound];
    if (value === undefined) continue;
    const isCount = !bound.startsWith('minimum') && !bound.startsWith('maximum');
    if (isCount && (!Number.isInteger(value) || value < (bound.startsWith('max') ? 1 : 0))) {
      tell(ctx, 'lost', 'badLimit', [...trail, bound], `${bound} 的值 ${value} 不能用，没有导入。`);
      continue;
    }
    const most = mostOf(name, bound);
    if (value > most) {
      tell(
        ctx,
        'changed',
        'narrowed',
        [...trail, bound],
        `${bound} 的值 ${value} 超出系统能保证的范围，已改为 ${most}。`,
      );
    }
    field[bound] = Math.min(value, most);
  }
  if (asked.exclusive && NUMBERS.includes(name)) {
    const message = `“${field.title}”的上下限原来不含端点，这里含端点，请核对。`;
    tell(ctx, 'changed', 'exclusiveLimit', trail, message);
  }
  for (const pattern of patternsOf(ctx, field, asked, trail)) setPattern(ctx, field, pattern, trail);
  const hasBounds = (['maxLength', 'minimum', 'maximum'] as const).some((bound) => field[bound] !== undefined);
  if ((TEXTS.includes(name) || NUMBERS.includes(name)) && !hasBounds && field.pattern === undefined) {
    ctx.unlimited.push(field.title);
  }
}

function mostOf(name: ComponentName, bound: Bound): number {
  if (bound.endsWith('Items')) return 200;
  if (bound.endsWith('Length')) return 20_000;
  return COMPONENTS[name].maximum ?? Number.MAX_SAFE_INTEGER;
}

function patternsOf(ctx: Importing, field: Field, asked: Asked, trail: readonly string[]): string[] {
  const found: string[] = [];
  for (const format of asked.formats) {
    const pattern = Object.prototype.hasOwnProperty.call(PATTERNS, format) ? PATTERNS[format] : undefined;
    if (isSaidBy(field, format)) continue;
    if (pattern !== undefined && field['x-component'] === 'Text') found.push(pattern);
    else tell(ctx, 'lost', 'format', trail, `格式“${excerpt(format)}”在“${field.title}”上没有对应的写法，没有导入。`);
  }
  return [...found, ...asked.patterns];
}

/** Formats the component itself stands for. */
function isSaidBy({ 'x-component': name }: Field, format: string): boolean {
  if (format === 'date') return name === 'Date' || name === 'DateRange';
  if (format === 'phone') return name === 'Phone';
  if (format === 'idcard') return name === 'IdCard';
  if (format === 'integer') return name === 'Integer' || name === 'Year';
  return format === 'number' && NUMBERS.includes(name);
}

function setPattern(ctx: Importing, field: Field, written: string, trail: readonly string[]): void {
  const place = [...trail, 'pattern'];
  const pattern = /^\/(.*)\/$/.exec(written)?.[1] ?? written;
  const lose = (why: string): void =>
    tell(ctx, 'lost', 'pattern', place, `格式规则“${excerpt(written)}”没有导入：${why}，请在表单里重新填写。`);
  if (field['x-component'] !== 'Text') return lose('这种组件不能带格式规则');
  if (field.pattern !== undefined) return lose('一个字段只能有一条格式规则');
  if (pattern.length > 200) return lose('超过200个字');
  const fault = patternFault(pattern);
  if (fault === 'notAnchored') return lose('没有以 ^ 开头、以 $ 结尾，原系统只要有一部分符合就通过');
  if (fault !== null) return lose('各端不都支持，或遇到特殊内容会卡死');
  field.pattern = pattern;
  if ((field.maxLength ?? 0) > 200) {
    field.maxLength = 200;
    tell(ctx, 'changed', 'narrowed', place, `“${field.title}”有格式规则，最多字数已改为200。`);
  }
}
