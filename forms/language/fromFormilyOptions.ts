/** Choices of a foreign field as options of ours: text values, each once, branches as parents. */
import type { Field, Option } from './dialect.ts';
import { excerpt, isSource, own, partOf, propsOf, tell, textOf } from './fromFormilySource.ts';
import type { Importing, Source } from './fromFormilySource.ts';

const MOST_OPTIONS = 200;

/** The options written in the node, or none. `isTree` keeps what stands under what. */
export function optionsFrom(
  ctx: Importing,
  node: Source,
  isTree: boolean,
  trail: readonly string[],
): Field['x-options'] | undefined {
  const props = propsOf(node);
  const inItems = own(partOf(node, 'items'), 'enum');
  const lists = [own(node, 'enum'), inItems, own(node, 'dataSource'), own(props, 'options'), own(props, 'dataSource')];
  const list = lists.find((one): one is unknown[] => Array.isArray(one) && one.length > 0);
  if (list === undefined) return undefined;
  const options: Option[] = [];
  const seen = new Set<string>();
  const retyped: string[] = [];
  let over = 0;
  const drop = (code: string, label: string, why: string): void =>
    tell(ctx, 'lost', code, [...trail, 'enum'], `选项“${label}”没有导入：${why}。`);
  const add = (item: unknown, parent: string | undefined): void => {
    const given = isSource(item) ? own(item, 'value') : item;
    const children = isSource(item) ? own(item, 'children') : undefined;
    const value =
      typeof given === 'string'
        ? given.trim()
        : typeof given === 'number' || typeof given === 'boolean'
          ? String(given)
          : '';
    const label = textOf(ctx, [isSource(item) ? own(item, 'label') : undefined, value], 100, [...trail, 'enum']);
    if (label === undefined || value === '' || value.includes('{{')) {
      return drop('badOption', excerpt(item), '没有值，或者值不是文字、数字');
    }
    if (value.length > 100) return drop('badOption', label, '值超过100个字');
    if (seen.has(value)) return drop('duplicateOption', label, `值“${excerpt(value)}”和另一个选项相同`);
    if (options.length >= MOST_OPTIONS) {
      over += 1;
      return;
    }
    seen.add(value);
    if (typeof given !== 'string') retyped.push(value);
    options.push({ value, label, ...(parent === undefined ? {} : { parent }) });
    if (!Array.isArray(children) || children.length === 0) return;
    if (isTree) children.forEach((child) => add(child, value));
    else
      tell(
        ctx,
        'lost',
        'nestedOptions',
        [...trail, 'enum'],
        `选项“${label}”的下级选项没有导入，需要时请改用级联选择。`,
      );
  };
  list.forEach((item) => add(item, undefined));
  if (over > 0) {
    const message = `选项超过${MOST_OPTIONS}个，后面的${over}个没有导入，请改用字典。`;
    tell(ctx, 'lost', 'tooManyOptions', [...trail, 'enum'], message);
  }
  if (retyped.length > 0) {
    const shown = retyped.slice(0, 5).join('、');
    tell(
      ctx,
      'changed',
      'optionValue',
      [...trail, 'enum'],
      `选项的值（${shown}${retyped.length > 5 ? '等' : ''}）不是文字，已按文字保存。`,
    );
  }
  return options.length > 0 ? options : undefined;
}
