/** One foreign field as a field of ours: which component it becomes, and what is written on it. */
import { COMPONENTS } from './components.ts';
import type { Field, Json } from './dialect.ts';
import { chosenFor } from './fromFormilyComponents.ts';
import { askedOf, limit } from './fromFormilyLimits.ts';
import { optionsFrom } from './fromFormilyOptions.ts';
import { excerpt, isExpression, own, partOf, propsOf, tell, textOf } from './fromFormilySource.ts';
import type { Importing, Source } from './fromFormilySource.ts';
import { complaintOf } from './shape.ts';
import { isEmpty } from './values.ts';

/** What stands around a field: the title of its column, and the names its parent calls required. */
export interface Around {
  title?: string;
  required: ReadonlySet<string>;
}

/** The field, or null where nothing of ours is like it. The caller gives it its place. */
export function fieldFrom(
  ctx: Importing,
  name: string,
  node: Source,
  around: Around,
  trail: readonly string[],
): Field | null {
  const asked = askedOf(ctx, node, trail);
  const component = chosenFor(ctx, node, asked, trail);
  if (component === null) return null;
  const field = blank(ctx, name, node, component, around, trail);
  if (COMPONENTS[component].options) {
    const options = optionsFrom(ctx, node, component === 'Cascade', trail);
    if (options !== undefined) field['x-options'] = options;
  }
  if (component === 'Files') takeExtensions(ctx, field, node, trail);
  if (component === 'Number') {
    const precision = own(propsOf(node), 'precision');
    if (typeof precision === 'number' && Number.isInteger(precision) && precision >= 0 && precision <= 6) {
      field['x-decimals'] = precision;
    }
  }
  limit(ctx, field, asked, trail);
  takeStates(ctx, field, node, asked.required || around.required.has(name), trail);
  takeDefault(ctx, field, node, trail);
  return field;
}

/** The field with its name and what is said beside it. */
export function blank(
  ctx: Importing,
  name: string,
  node: Source,
  component: Field['x-component'],
  around: Around,
  trail: readonly string[],
): Field {
  const props = propsOf(node);
  const decorator = partOf(node, 'x-decorator-props');
  const field: Field = {
    type: COMPONENTS[component].type,
    title: titleFor(ctx, [own(node, 'title'), own(decorator, 'label'), around.title], name, trail),
    'x-index': 0,
    'x-component': component,
  };
  const hints = [own(node, 'description'), own(decorator, 'tooltip'), own(decorator, 'extra'), own(decorator, 'help')];
  const description = textOf(ctx, hints, 1000, trail);
  const placeholder = textOf(ctx, [own(props, 'placeholder')], 200, trail);
  const unit = textOf(ctx, [own(props, 'addonAfter'), own(props, 'suffix'), own(decorator, 'addonAfter')], 20, trail);
  if (description !== undefined) field.description = description;
  if (placeholder !== undefined) field['x-placeholder'] = placeholder;
  if (unit !== undefined) field['x-unit'] = unit;
  return field;
}

/** A title, or the name it goes by where nobody gave it one. */
export function titleFor(ctx: Importing, titles: unknown[], name: string, trail: readonly string[]): string {
  const title = textOf(ctx, titles, 100, trail);
  if (title !== undefined) return title;
  const stand = textOf(ctx, [name], 100, trail) ?? '未命名';
  tell(ctx, 'changed', 'missingTitle', trail, `“${excerpt(stand)}”没有名称，暂以此代替，请改成填写人看得懂的名称。`);
  return stand;
}

function takeExtensions(ctx: Importing, field: Field, node: Source, trail: readonly string[]): void {
  const accept = own(propsOf(node), 'accept');
  if (typeof accept !== 'string' || accept.trim() === '' || isExpression(accept)) return;
  const kinds = accept
    .slice(0, 500)
    .split(',')
    .map((kind) => kind.trim().replace(/^\./, '').toLowerCase());
  const extensions = kinds
    .filter((kind, at) => /^[a-z0-9]{1,8}$/.test(kind) && kinds.indexOf(kind) === at)
    .slice(0, 30);
  if (extensions.length < kinds.length) {
    tell(ctx, 'lost', 'accept', trail, `“${field.title}”允许的文件类型“${excerpt(accept)}”没有全部导入，请核对。`);
  }
  if (extensions.length === 0) return;
  field['x-files'] = { extensions, maxBytes: 20_000_000 };
  tell(ctx, 'changed', 'fileSize', trail, `“${field.title}”每个文件的大小上限暂定20MB，请核对。`);
}

/** Required, shown and editable, where they are plain yes or no. */
export function takeStates(
  ctx: Importing,
  field: Field,
  node: Source,
  isAskedFor: boolean,
  trail: readonly string[],
): void {
  if (isHidden(ctx, node, trail)) field['x-visible'] = false;
  const isLocked = isReadOnly(node);
  if (isLocked) field['x-editable'] = false;
  if (!isAskedFor && own(node, 'required') !== true) return;
  if (isLocked) {
    tell(ctx, 'changed', 'lockedAndRequired', trail, `“${field.title}”不能填写又要求必填，已去掉必填，请核对。`);
  } else field['x-required'] = true;
}

/** Whether a node is never shown. Values that Formily keeps while hidden are not kept here. */
export function isHidden(ctx: Importing, node: Source, trail: readonly string[]): boolean {
  const display = own(node, 'x-display') ?? own(node, 'display');
  const isOff =
    [own(node, 'x-visible'), own(node, 'visible')].includes(false) || display === 'none' || display === false;
  const keeps = [own(node, 'x-hidden'), own(node, 'hidden')].includes(true) || display === 'hidden';
  if (keeps && !isOff) {
    tell(
      ctx,
      'changed',
      'hiddenValue',
      trail,
      '原系统隐藏它但保留内容；这里不显示的内容不保存。需要保存时请改用系统自动填写。',
    );
  }
  return isOff || keeps;
}

function isReadOnly(node: Source): boolean {
  const props = propsOf(node);
  const flags = ['x-disabled', 'x-read-only', 'x-readOnly', 'x-read-pretty', 'x-readPretty', 'readOnly', 'disabled'];
  const pattern = own(node, 'x-pattern');
  return (
    flags.some((flag) => own(node, flag) === true) ||
    [own(node, 'x-editable'), own(node, 'editable')].includes(false) ||
    [own(props, 'disabled'), own(props, 'readOnly')].includes(true) ||
    (typeof pattern === 'string' && ['disabled', 'readOnly', 'readPretty'].includes(pattern))
  );
}

function takeDefault(ctx: Importing, field: Field, node: Source, trail: readonly string[]): void {
  const given = own(node, 'default');
  if (isEmpty(given) || isExpression(given)) return;
  const value = asStored(field, given);
  const isShort = typeof value !== 'string' || value.length <= 500;
  if (!isEmpty(value) && isShort && complaintOf(field, value, {}) === null) {
    field['x-default'] = value;
  } else {
    const message = `“${field.title}”的默认值“${excerpt(given)}”不合要求，没有导入，请重新设置。`;
    tell(ctx, 'lost', 'default', [...trail, 'default'], message);
  }
}

/** The default as our component would store it, or null where it could not. */
function asStored(field: Field, given: unknown): Json {
  const text = (value: unknown): string =>
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
  switch (field['x-component']) {
    case 'Boolean':
      return typeof given === 'boolean' ? given : null;
    case 'Integer':
    case 'Number':
    case 'Year':
      return typeof given === 'number' ? given : null;
    case 'MultiSelect':
      return (Array.isArray(given) ? (given as unknown[]) : [given]).map(text);
    case 'Cascade':
      return text(Array.isArray(given) ? given[given.length - 1] : given);
    case 'Files':
    case 'Table':
    case 'DateRange':
      return null;
    default:
      return text(given);
  }
}
