/** The tree of a foreign schema as ours: sections, groups and columns; whatever only arranges falls away. */
import type { Layout, LayoutName, Node } from './dialect.ts';
import { isField, isTable } from './fromFormilyComponents.ts';
import { fieldFrom, isHidden, titleFor } from './fromFormilyField.ts';
import { childrenOf, excerpt, isSource, nameFor, own, propsOf, tell, textOf } from './fromFormilySource.ts';
import type { Importing, Source } from './fromFormilySource.ts';
import { sweep } from './fromFormilySweep.ts';
import { requiredIn, tableFrom } from './fromFormilyTable.ts';

/** Far above what a form may have, so that the linter can say how many are too many. */
const MOST_MADE = 1000;

const SECTIONS = [
  'FormStep.StepPane',
  'FormTab.TabPane',
  'FormCollapse.CollapsePanel',
  'FormCollapse.CollapseItem',
  'Card',
];
const WALKED: Readonly<Record<string, 'steps' | 'tabs' | 'page'>> = {
  FormStep: 'steps',
  FormTab: 'tabs',
  FormCollapse: 'page',
};
const ARRANGING = [
  'FormLayout',
  'Space',
  'FormItem',
  'Form',
  'FormGrid.GridColumn',
  'Editable',
  'Editable.Popover',
  'Field',
];
const TEXTS = ['Text', 'Typography', 'Typography.Text', 'Typography.Title', 'Typography.Paragraph', 'Alert'];
const FURNITURE = [
  'Divider',
  'Button',
  'Submit',
  'Reset',
  'FormButtonGroup',
  'FormButtonGroup.Sticky',
  'FormButtonGroup.FormItem',
];

/** What stands around the nodes that are read. */
interface Level {
  /** Whether a layout of ours is around, in which a section may not stand. */
  isInside: boolean;
  required: ReadonlySet<string>;
}

/** The nodes under this one, with their names and places, as members of `into`. */
export function nodesFrom(ctx: Importing, node: Source, trail: readonly string[]): Record<string, Node> {
  return numbered(inside(ctx, node, { isInside: false, required: requiredIn(ctx, node, trail) }, trail));
}

function numbered(entries: [string, Node][]): Record<string, Node> {
  const result: Record<string, Node> = {};
  entries.forEach(([name, node], at) => {
    result[name] = { ...node, 'x-index': at + 1 };
  });
  return result;
}

function inside(ctx: Importing, node: Source, level: Level, trail: readonly string[]): [string, Node][] {
  return childrenOf(node).flatMap(([name, child]) => {
    if (ctx.made >= MOST_MADE) {
      if (ctx.made === MOST_MADE) {
        ctx.made += 1;
        tell(
          ctx,
          'refused',
          'tooManyFields',
          [...trail, name],
          `字段超过${MOST_MADE}个，没有导入。请拆成几张表单后分别导入。`,
        );
      }
      return [];
    }
    const place = [...trail, name];
    sweep(ctx, child, place);
    return entriesFrom(ctx, name, child, level, place);
  });
}

function entriesFrom(
  ctx: Importing,
  name: string,
  node: Source,
  level: Level,
  trail: readonly string[],
): [string, Node][] {
  const type = own(node, 'type');
  const isBox = !isField(node) && !isTable(node) && (type === 'void' || type === 'object' || isLayoutName(node));
  if (isBox) return boxFrom(ctx, name, node, level, trail);
  const around = { required: level.required };
  const field = isTable(node) ? tableFrom(ctx, name, node, around, trail) : fieldFrom(ctx, name, node, around, trail);
  if (field === null) return [];
  ctx.made += 1;
  return [[nameFor(ctx, ctx.keys, name, trail), field]];
}

function isLayoutName(node: Source): boolean {
  const component = own(node, 'x-component');
  if (typeof component !== 'string') return false;
  return [...SECTIONS, ...ARRANGING, ...TEXTS, ...FURNITURE, ...Object.keys(WALKED), 'FormGrid'].includes(component);
}

function boxFrom(ctx: Importing, name: string, node: Source, level: Level, trail: readonly string[]): [string, Node][] {
  const given = own(node, 'x-component');
  const component = typeof given === 'string' ? given : '';
  if (FURNITURE.includes(component)) {
    tell(ctx, 'lost', 'furniture', trail, `${component} 没有导入：按钮和分隔线由系统提供。`);
    return [];
  }
  if (TEXTS.includes(component)) return noteFrom(ctx, name, node, trail);
  if (!isSource(own(node, 'properties')) && !isLayoutName(node)) {
    tell(
      ctx,
      'lost',
      'customComponent',
      trail,
      `“${excerpt(component === '' ? name : component)}”没有导入，请用这里的组件重建。`,
    );
    return [];
  }
  if (!isLayoutName(node) && component !== '') {
    tell(ctx, 'lost', 'customComponent', trail, `自定义组件“${excerpt(component)}”没有导入，里面的字段保留。`);
  }
  if (own(node, 'type') === 'object') {
    tell(ctx, 'changed', 'flattened', trail, `“${excerpt(name)}”里的字段已直接放在表单上，数据不再多一层。`);
  }
  const walk = Object.prototype.hasOwnProperty.call(WALKED, component) ? WALKED[component] : undefined;
  if (walk !== undefined && !level.isInside) ctx.sections ??= walk;
  const props = propsOf(node);
  const titles = [own(props, 'title'), own(props, 'tab'), own(props, 'header'), own(node, 'title')];
  const isHiddenBox = isHidden(ctx, node, trail);
  const title = textOf(ctx, titles, 100, trail);
  const kind = layoutFor(component, level.isInside, title !== undefined, isHiddenBox);
  const list = own(node, 'required');
  const isData = own(node, 'type') === 'object' || Array.isArray(list);
  const required = isData ? requiredIn(ctx, node, trail) : level.required;
  const children = inside(ctx, node, { isInside: level.isInside || kind !== null, required }, trail);
  if (kind === null) return children;
  if (children.length === 0) {
    tell(ctx, 'lost', 'emptyLayout', trail, `“${excerpt(name)}”里没有能导入的字段，没有导入。`);
    return [];
  }
  const layout: Layout = {
    type: 'void',
    title: title ?? titleFor(ctx, [], kind === 'Columns' ? '并排栏目' : name, trail),
    'x-index': 0,
    'x-component': kind,
    ...(kind === 'Columns' ? { 'x-columns': columnsOf(props) } : {}),
    properties: numbered(children),
  };
  if (isHiddenBox) layout['x-visible'] = false;
  const description = textOf(ctx, [own(node, 'description'), own(props, 'description')], 1000, trail);
  if (description !== undefined) layout.description = description;
  return [[nameFor(ctx, ctx.keys, name, null), layout]];
}

/** What a box becomes; null where it only arranges and its fields stand on their own. */
function layoutFor(component: string, isInside: boolean, hasTitle: boolean, isHiddenBox: boolean): LayoutName | null {
  if (component === 'FormGrid') return 'Columns';
  if (SECTIONS.includes(component)) return isInside ? 'Group' : 'Section';
  if (isHiddenBox) return 'Group';
  if (ARRANGING.includes(component) || Object.prototype.hasOwnProperty.call(WALKED, component)) return null;
  return hasTitle ? 'Group' : null;
}

function columnsOf(props: Source): number {
  const wanted = [own(props, 'maxColumns'), own(props, 'columns')].find((one) => typeof one === 'number');
  return typeof wanted === 'number' && wanted > 2 ? Math.min(4, Math.floor(wanted)) : 2;
}

function noteFrom(ctx: Importing, name: string, node: Source, trail: readonly string[]): [string, Node][] {
  const props = propsOf(node);
  const texts = [own(props, 'content'), own(node, 'x-content'), own(props, 'children'), own(props, 'message')];
  const text = textOf(ctx, [...texts, own(props, 'description'), own(node, 'title')], 4000, trail);
  if (text === undefined) {
    tell(ctx, 'lost', 'noText', trail, `说明文字“${excerpt(name)}”没有内容，没有导入。`);
    return [];
  }
  ctx.made += 1;
  const title = textOf(ctx, [own(node, 'title')], 100, trail) ?? '说明';
  const note: Node = { type: 'string', title, 'x-index': 0, 'x-component': 'Note', 'x-text': text };
  if (isHidden(ctx, node, trail)) note['x-visible'] = false;
  return [[nameFor(ctx, ctx.keys, name, null), note]];
}
