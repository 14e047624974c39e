/**
 * What changed between two versions of a form, in words: whole sentences for the administrator who is about to publish.
 * Nothing is told of what makes no difference to anyone: renumbered places, the order of keys, the order of checks.
 */
import type { Change, DiffContext, Difference, ReadAloud } from './change.ts';
import { changed, quoted, sameJson } from './change.ts';
import { isServerValue } from './components.ts';
import type { Field, Form, Layout, Node } from './dialect.ts';
import { diffChecks, diffHeader } from './diffChecks.ts';
import { diffField } from './diffField.ts';
import { outOfOrder, pair, walk } from './diffPlaces.ts';
import type { Pairs, Placed } from './diffPlaces.ts';
import { diffRestriction, mayBeRequired } from './diffRule.ts';
import { isLayout } from './outline.ts';

export type { Change, ChangeKind, ReadAloud } from './change.ts';
export { diffRights } from './diffRights.ts';

/**
 * Every change from one version to the next: the form itself, its layouts, its fields with their columns, its checks.
 * `aloud` reads a rule in words; without it a changed rule is only said to have changed.
 */
export function diffForms(before: Form, after: Form, aloud?: ReadAloud): Change[] {
  const ctx: DiffContext = { before, after, aloud };
  const [old, now] = [walk(before.properties), walk(after.properties)];
  const layouts = pair(old.filter(isPlacedLayout), now.filter(isPlacedLayout));
  const fields = pair(old.filter(isPlacedField), now.filter(isPlacedField));
  return [
    ...diffHeader(ctx),
    ...diffNodes(layouts, null, ctx),
    ...diffNodes(fields, null, ctx),
    ...diffMoves(layouts, fields, old, after),
    ...diffChecks(ctx),
  ];
}

function isPlacedLayout(placed: Placed<Node>): placed is Placed<Layout> {
  return isLayout(placed.node);
}

function isPlacedField(placed: Placed<Node>): placed is Placed<Field> {
  return !isLayout(placed.node);
}

/** The table whose columns are told, or null for the form's own nodes. */
type Around = { key: string; title: string } | null;

function change(key: string, node: Node, around: Around, { kind, text, breaks }: Difference): Change {
  const path = around === null ? key : `${around.key}.${key}`;
  const title = around === null ? node.title : `${around.title} ${node.title}`;
  return { kind, path, title, message: `${nameOf(node, around)}${text}。`, breaks };
}

function nameOf(node: Node, around: Around): string {
  const name = `“${quoted(node.title)}”`;
  if (around !== null) return `表格“${quoted(around.title)}”的列${name}`;
  return isLayout(node) ? `分组${name}` : name;
}

function diffNodes<T extends Node>({ kept, added, removed }: Pairs<T>, around: Around, ctx: DiffContext): Change[] {
  const found: Change[] = [];
  for (const { key, node } of added) {
    const asked = asksForMore(node);
    const text = `是新增的${isLayout(node) ? '' : asked ? '，要求填写' : '，可以不填'}`;
    found.push(change(key, node, around, { kind: 'added', text, breaks: asked }));
  }
  for (const { before, after } of kept) {
    const isRenamed = before.key !== after.key;
    if (isRenamed) found.push(renamed(before, after, around));
    const [was, is] = [before.node, after.node];
    for (const difference of isLayout(was) || isLayout(is) ? diffLayout(was, is, ctx) : diffField(was, is, ctx)) {
      if (!(isRenamed && difference.text.startsWith('改名为'))) found.push(change(after.key, is, around, difference));
    }
    if (!isLayout(was) && !isLayout(is)) found.push(...diffColumns(was, is, after.key, ctx));
  }
  for (const { key, node } of removed) {
    const holds = !isLayout(node) && node['x-component'] !== 'Note';
    const text = `已删除${holds ? '，已填的内容在新版本里没有位置' : ''}`;
    found.push(change(key, node, around, { kind: 'removed', text, breaks: holds }));
  }
  return found;
}

/** Whether a filing that does not know the field may lack an answer. */
function asksForMore(node: Node): boolean {
  return !isLayout(node) && mayBeRequired(node['x-required']) && !isServerValue(node);
}

function renamed<T extends Node>(before: Placed<T>, after: Placed<T>, around: Around): Change {
  const isField = !isLayout(after.node) && after.node['x-component'] !== 'Note';
  const title = before.node.title === after.node.title ? '' : `由“${quoted(before.node.title)}”改名，`;
  const text = `${title}内部名由 ${before.key} 改为 ${after.key}${isField ? '，已填的内容需要搬过去' : ''}`;
  return change(after.key, after.node, around, { kind: 'renamed', text, breaks: isField });
}

/** Columns stand to their table as fields to a form. */
function diffColumns(was: Field, is: Field, key: string, ctx: DiffContext): Change[] {
  if (!was.items || !is.items) return [];
  const around = { key, title: is.title };
  const [old, now] = [walk(was.items.properties), walk(is.items.properties)].map((all) => all.filter(isPlacedField));
  const pairs = pair(old ?? [], now ?? []);
  const found = diffNodes(pairs, around, ctx);
  const inNewOrder = (now ?? []).flatMap((placed) => pairs.kept.filter(({ after }) => after === placed));
  const shifted = outOfOrder(inNewOrder.map(({ before }) => (old ?? []).indexOf(before)));
  for (const at of shifted) {
    const placed = inNewOrder[at]?.after;
    if (placed) found.push(change(placed.key, placed.node, around, { kind: 'moved', text: '换了位置', breaks: false }));
  }
  return found;
}

function diffLayout(was: Node, is: Node, ctx: DiffContext): Difference[] {
  const found: Difference[] = [];
  const read = (node: Node, name: string): unknown => (node as unknown as Record<string, unknown>)[name];
  for (const name of new Set([...Object.keys(was), ...Object.keys(is)])) {
    if (name === 'properties' || name === 'x-index' || sameJson(read(was, name), read(is, name))) continue;
    if (name === 'title') found.push(changed(`改名为“${quoted(is.title)}”`));
    else if (name === 'x-visible') {
      const told = diffRestriction('x-visible', was, is, ctx);
      found.push(...(told.length > 0 ? told : [changed('的设置 x-visible 有调整，效果不变')]));
    } else if (name === 'x-component') {
      found.push(changed(`的版式由 ${was['x-component']} 改为 ${is['x-component']}`));
    } else if (name === 'x-columns') found.push(changed('并排的栏数有调整'));
    else found.push(changed(name === 'description' ? '的填写说明有调整' : `的设置 ${name} 有调整`));
  }
  return found;
}

/** What stands in another layout, or in another order among the nodes that stayed where they were. */
function diffMoves(layouts: Pairs<Layout>, fields: Pairs<Field>, old: readonly Placed<Node>[], after: Form): Change[] {
  const renamedTo = new Map(layouts.kept.map((kept) => [kept.before.key, kept.after.key]));
  const place = new Map(old.map((placed, at) => [placed, at]));
  const was = new Map<string, Placed<Node>>();
  for (const kept of [...layouts.kept, ...fields.kept]) was.set(kept.after.key, kept.before);
  const siblings = new Map<string, { now: Placed<Node>; position: number }[]>();
  const found: Change[] = [];
  const titles = new Map<string, string>([['', after.title]]);
  for (const now of walk(after.properties)) {
    if (isLayout(now.node)) titles.set(now.key, now.node.title);
    const before = was.get(now.key);
    if (before === undefined) continue;
    const parent = before.parent === '' ? '' : renamedTo.get(before.parent);
    if (parent !== now.parent) {
      const text = now.parent === '' ? '移到了最外层' : `移到了“${quoted(titles.get(now.parent) ?? now.parent)}”`;
      found.push(change(now.key, now.node, null, { kind: 'moved', text, breaks: false }));
    } else {
      const list = siblings.get(parent) ?? [];
      siblings.set(parent, list);
      list.push({ now, position: place.get(before) ?? 0 });
    }
  }
  siblings.forEach((list, parent) => {
    for (const at of outOfOrder(list.map(({ position }) => position))) {
      const now = list[at]?.now;
      const text = `在“${quoted(titles.get(parent) ?? parent)}”里换了位置`;
      if (now) found.push(change(now.key, now.node, null, { kind: 'moved', text, breaks: false }));
    }
  });
  return found;
}
