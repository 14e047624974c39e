/** What stands in a foreign node and cannot be carried over whatever the node becomes. */
import { excerpt, isExpression, isSource, own, propsOf, tell } from './fromFormilySource.ts';
import type { Importing, Source } from './fromFormilySource.ts';

/** Read elsewhere, or of no meaning outside the tool that wrote it. */
const KNOWN = new Set([
  ...[
    'type',
    'name',
    'title',
    'description',
    'default',
    'enum',
    'required',
    'properties',
    'items',
    'format',
    'pattern',
  ],
  ...['maxLength', 'minLength', 'maximum', 'minimum', 'exclusiveMaximum', 'exclusiveMinimum', 'maxItems', 'minItems'],
  ...['additionalItems', 'additionalProperties', 'version', '$id', '$schema', 'examples', '_isJSONSchemaObject'],
  ...['x-index', 'x-component', 'x-component-props', 'x-decorator', 'x-decorator-props', 'x-validator', 'x-content'],
  ...['x-visible', 'x-hidden', 'x-display', 'x-disabled', 'x-editable', 'x-pattern', 'x-read-only', 'x-read-pretty'],
  ...['x-readOnly', 'x-readPretty', 'visible', 'hidden', 'display', 'disabled', 'editable', 'readOnly', 'dataSource'],
  ...[
    'x-designable-id',
    'x-designable-source-name',
    '_designableId',
    'x-uid',
    'x-async',
    'x-compile-omitted',
    'x-unique',
  ],
]);

/** Component properties that are read, or only say how it looks. */
const KNOWN_PROPS = new Set([
  ...[
    'title',
    'tab',
    'header',
    'key',
    'description',
    'content',
    'children',
    'message',
    'placeholder',
    'options',
    'dataSource',
  ],
  ...['mode', 'maxLength', 'min', 'max', 'precision', 'maxCount', 'accept', 'picker', 'showTime', 'format', 'disabled'],
  ...['readOnly', 'addonAfter', 'suffix', 'maxColumns', 'minColumns', 'columns', 'multiple', 'hint'],
  ...[
    'style',
    'className',
    'size',
    'bordered',
    'allowClear',
    'showCount',
    'showSearch',
    'width',
    'align',
    'fixed',
    'labelCol',
  ],
  ...[
    'wrapperCol',
    'labelWidth',
    'layout',
    'gridSpan',
    'rowGap',
    'columnGap',
    'strictAutoFit',
    'rows',
    'autoSize',
    'optionType',
  ],
  ...[
    'buttonStyle',
    'step',
    'stringMode',
    'checkedChildren',
    'unCheckedChildren',
    'pagination',
    'scroll',
    'autoFocus',
    'listType',
  ],
  ...[
    'formCollapse',
    'formTab',
    'formStep',
    'minWidth',
    'maxWidth',
    'colWrap',
    'inset',
    'feedbackLayout',
    'tooltipLayout',
    'type',
  ],
  ...[
    'dataIndex',
    'sticky',
    'headerBordered',
    'hoverable',
    'tabPosition',
    'animated',
    'textContent',
    'addonBefore',
    'prefix',
  ],
]);

const NAMED: Readonly<Record<string, [code: string, message: string]>> = {
  uniqueItems: [
    'uniqueItems',
    '“uniqueItems”没有照搬：Formily 的判断与 JSON Schema 标准正好相反。多选本来就不能重复；表格行需要不重复时请写核对规则。',
  ],
  'x-data': ['data', '附带数据“x-data”没有照搬，请确认不需要它。'],
  $ref: ['reference', '引用（$ref）没有展开，请在原系统里展开后重新导出，或手工补上这部分字段。'],
  definitions: ['reference', '公共定义（definitions）没有导入，请在原系统里展开后重新导出。'],
};

/** Tells of expressions, reactions and keywords nobody here knows. Children are swept in their turn. */
export function sweep(ctx: Importing, node: Source, trail: readonly string[]): void {
  for (const keyword of Object.keys(node)) {
    const value = own(node, keyword);
    if (keyword === 'properties' || keyword === 'items' || value === undefined) continue;
    const named = Object.prototype.hasOwnProperty.call(NAMED, keyword) ? NAMED[keyword] : undefined;
    if (keyword === 'x-reactions') sweepReactions(ctx, value, trail);
    else if (named !== undefined) tell(ctx, 'lost', named[0], [...trail, keyword], named[1]);
    else if (!KNOWN.has(keyword)) {
      tell(ctx, 'lost', 'unknownKeyword', [...trail, keyword], `不认识的设置“${excerpt(keyword)}”没有导入。`);
    } else sweepExpressions(ctx, value, [...trail, keyword]);
  }
  const strange = Object.keys(propsOf(node)).filter((name) => !KNOWN_PROPS.has(name));
  if (strange.length > 0) {
    const names = strange.slice(0, 10).map((name) => excerpt(name));
    const message = `组件设置“${names.join('、')}”${strange.length > 10 ? `等${strange.length}项` : ''}没有导入。`;
    tell(ctx, 'lost', 'props', [...trail, 'x-component-props'], message);
  }
}

function sweepReactions(ctx: Importing, value: unknown, trail: readonly string[]): void {
  if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) return;
  if (isSource(value) && Object.keys(value).length === 0) return;
  const message = `联动“${excerpt(value)}”不能导入，请用显示、必填、可编辑或计算规则重写。`;
  tell(ctx, 'lost', 'reactions', [...trail, 'x-reactions'], message);
}

function sweepExpressions(ctx: Importing, value: unknown, trail: readonly string[]): void {
  if (isExpression(value)) {
    tell(ctx, 'lost', 'expression', trail, `表达式“${excerpt(value)}”不能导入，请用规则重写。`);
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, inner] of Object.entries(value)) sweepExpressions(ctx, inner, [...trail, name]);
  }
}
