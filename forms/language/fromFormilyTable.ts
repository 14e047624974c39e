/** A foreign list of rows as a table of ours: column wrappers fall away, their titles stay. */
import { COMPONENTS } from './components.ts';
import type { Field } from './dialect.ts';
import { isField, isTable } from './fromFormilyComponents.ts';
import { blank, fieldFrom, isHidden, takeStates } from './fromFormilyField.ts';
import type { Around } from './fromFormilyField.ts';
import { askedOf, limit } from './fromFormilyLimits.ts';
import { childrenOf, isSource, nameFor, own, propsOf, tell, textOf } from './fromFormilySource.ts';
import type { Importing, Names, Source } from './fromFormilySource.ts';
import { sweep } from './fromFormilySweep.ts';
import { isEmpty } from './values.ts';

const MOST_COLUMNS = 60;

/** Buttons and numbers every table of ours has by itself. */
const FURNITURE = /\.(Index|SortHandle|Remove|MoveUp|MoveDown|Addition|Operations|Copy|StatusSelect)$/;

interface Columns {
  names: Names;
  cells: Record<string, Field>;
  count: number;
  /** Columns beyond the most that are taken. */
  over: number;
}

/** The table, or null where it has no column that could be carried over. */
export function tableFrom(
  ctx: Importing,
  name: string,
  node: Source,
  around: Around,
  trail: readonly string[],
): Field | null {
  const table = blank(ctx, name, node, 'Table', around, trail);
  const columns: Columns = { names: new Map(), cells: {}, count: 0, over: 0 };
  const given = own(node, 'items');
  const items: unknown = Array.isArray(given) ? given[0] : given;
  const place = [...trail, 'items'];
  if (Array.isArray(given) && given.length > 1) {
    tell(ctx, 'lost', 'tuple', place, `表格“${table.title}”各行结构不同，只导入了第一种。`);
  }
  if (isSource(items)) {
    sweep(ctx, items, place);
    if (isField(items) || (own(items, 'type') !== 'void' && own(items, 'type') !== 'object')) {
      tell(ctx, 'changed', 'singleColumn', place, `“${table.title}”原来是一列值，已改为只有一列的表格。`);
      addColumn(ctx, columns, 'value', items, { title: table.title, required: new Set() }, place);
    } else columnsFrom(ctx, columns, items, undefined, place);
  }
  if (columns.over > 0) {
    const message = `表格“${table.title}”超过${MOST_COLUMNS}列，后面的${columns.over}列没有导入，请拆分表格。`;
    tell(ctx, 'lost', 'tooManyColumns', place, message);
  }
  if (columns.count === 0) {
    tell(ctx, 'lost', 'noColumns', trail, `表格“${table.title}”没有能导入的列，没有导入。`);
    return null;
  }
  table.items = { type: 'object', properties: columns.cells };
  const asked = askedOf(ctx, node, trail);
  limit(ctx, table, asked, trail);
  takeStates(ctx, table, node, asked.required || around.required.has(name), trail);
  if (!isEmpty(own(node, 'default'))) {
    tell(ctx, 'lost', 'default', [...trail, 'default'], `表格“${table.title}”的默认行没有导入，需要时请改用固定行。`);
  }
  return table;
}

function columnsFrom(
  ctx: Importing,
  columns: Columns,
  node: Source,
  title: string | undefined,
  trail: readonly string[],
): void {
  const required = requiredIn(ctx, node, trail);
  for (const [name, child] of childrenOf(node)) {
    const place = [...trail, name];
    const component = own(child, 'x-component');
    if (typeof component === 'string' && FURNITURE.test(component)) continue;
    sweep(ctx, child, place);
    const isWrapper = !isField(child) && (own(child, 'type') === 'void' || own(child, 'type') === 'object');
    if (isTable(child)) {
      tell(ctx, 'lost', 'nestedTable', place, `表格里的表格“${name}”没有导入，请改成单独的表格。`);
    } else if (isWrapper) {
      if (own(child, 'type') === 'object') {
        tell(ctx, 'changed', 'flattened', place, `“${name}”里的内容已直接作为表格的列，数据不再多一层。`);
      }
      if (isHidden(ctx, child, place)) {
        tell(ctx, 'lost', 'hiddenColumn', place, `列“${name}”原来不显示，没有导入。`);
        continue;
      }
      const columnTitle = textOf(ctx, [own(propsOf(child), 'title'), own(child, 'title')], 100, place);
      columnsFrom(ctx, columns, child, columnTitle ?? title, place);
    } else addColumn(ctx, columns, name, child, { title, required }, place);
  }
}

function addColumn(
  ctx: Importing,
  columns: Columns,
  name: string,
  node: Source,
  around: Around,
  trail: readonly string[],
): void {
  if (columns.count >= MOST_COLUMNS) {
    columns.over += 1;
    return;
  }
  const cell = fieldFrom(ctx, name, node, around, trail);
  if (cell === null) return;
  if (!COMPONENTS[cell['x-component']].column) {
    tell(ctx, 'lost', 'notAColumn', trail, `“${cell.title}”这种组件不能放在表格里，没有导入，请移到表格外。`);
    return;
  }
  columns.count += 1;
  ctx.made += 1;
  columns.cells[nameFor(ctx, columns.names, name, trail)] = { ...cell, 'x-index': columns.count };
}

/** The names a parent calls required. Formily does nothing with them, so what they ask for is told. */
export function requiredIn(ctx: Importing, node: Source, trail: readonly string[]): ReadonlySet<string> {
  const list = own(node, 'required');
  const names = Array.isArray(list) ? list.filter((name): name is string => typeof name === 'string') : [];
  if (names.length > 0) {
    const shown = names.slice(0, 5).map((name) => name.slice(0, 40));
    const message = `上级写明必填的“${shown.join('、')}”${names.length > 5 ? `等${names.length}项` : ''}已设为必填；Formily 原来并不据此检查，请核对。`;
    tell(ctx, 'changed', 'requiredList', [...trail, 'required'], message);
  }
  return new Set(names);
}
