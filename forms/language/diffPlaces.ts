/** Which nodes of two versions are the same one: by key, and where a key is new by what the node is. */
import { sameJson } from './change.ts';
import type { Node } from './dialect.ts';
import { inOrder, isLayout } from './outline.ts';

export interface Placed<T extends Node> {
  key: string;
  node: T;
  /** Key of the layout around it; empty at the top. */
  parent: string;
}

export interface Pairs<T extends Node> {
  kept: { before: Placed<T>; after: Placed<T> }[];
  added: Placed<T>[];
  removed: Placed<T>[];
}

/** Every layout and field of a form in reading order. */
export function walk(properties: Record<string, Node>): Placed<Node>[] {
  const found: Placed<Node>[] = [];
  const visit = (inside: Record<string, Node>, parent: string): void => {
    for (const [key, node] of inOrder(inside)) {
      found.push({ key, node, parent });
      if (isLayout(node)) visit(node.properties, key);
    }
  };
  visit(properties, '');
  return found;
}

/** Pairs by key first; then, one to one, what has a new key but is otherwise the same. */
export function pair<T extends Node>(before: readonly Placed<T>[], after: readonly Placed<T>[]): Pairs<T> {
  const old = new Map(before.map((placed) => [placed.key, placed]));
  const kept: Pairs<T>['kept'] = [];
  let added: Placed<T>[] = [];
  for (const now of after) {
    const was = old.get(now.key);
    if (was === undefined) added.push(now);
    else kept.push({ before: was, after: now });
    old.delete(now.key);
  }
  let removed = before.filter((placed) => old.get(placed.key) === placed);
  for (const sign of [titleSign, contentSign]) {
    const [gone, come] = [unique(removed, sign), unique(added, sign)];
    for (const [mark, was] of gone) {
      const now = come.get(mark);
      if (now === undefined || !isAlike(was.node, now.node, sign)) continue;
      kept.push({ before: was, after: now });
      removed = removed.filter((placed) => placed !== was);
      added = added.filter((placed) => placed !== now);
    }
  }
  return { kept, added, removed };
}

type Sign = (node: Node) => string | null;

/** Component and title: the same question under another key. */
function titleSign(node: Node): string | null {
  return node.title.trim() === '' ? null : `${node['x-component']} ${node.title}`;
}

/** What a node says beside its title and place. One that says nothing of its own could be anything. */
function contentSign(node: Node): string | null {
  if (isLayout(node)) return `${node['x-component']} ${Object.keys(node.properties).sort().join(' ')}`;
  const telling = Object.keys(node).filter(
    (name) => !['type', 'title', 'x-index', 'x-component', 'x-required'].includes(name),
  );
  return telling.length === 0 ? null : `${node['x-component']} ${telling.sort().join(' ')}`;
}

function isAlike(was: Node, now: Node, sign: Sign): boolean {
  if (sign === titleSign || isLayout(was)) return was.type === now.type;
  return sameJson({ ...was, title: '', 'x-index': 0 }, { ...now, title: '', 'x-index': 0 });
}

/** Nodes by sign, without those that share theirs: of two alike nobody knows which one it was. */
function unique<T extends Node>(placed: readonly Placed<T>[], sign: Sign): Map<string, Placed<T>> {
  const found = new Map<string, Placed<T>>();
  const twice = new Set<string>();
  for (const one of placed) {
    const mark = sign(one.node);
    if (mark === null) continue;
    if (found.has(mark)) twice.add(mark);
    found.set(mark, one);
  }
  twice.forEach((mark) => found.delete(mark));
  return found;
}

/**
 * Of siblings that are in both versions, those that changed their order: as few as explain it (all but a longest run
 * that kept it). `order` gives, in the new order, the old position of each.
 */
export function outOfOrder(order: readonly number[]): Set<number> {
  const tails: number[] = [];
  const previous: number[] = [];
  order.forEach((position, at) => {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((order[tails[middle] ?? 0] ?? 0) < position) low = middle + 1;
      else high = middle;
    }
    previous[at] = low > 0 ? (tails[low - 1] ?? -1) : -1;
    tails[low] = at;
  });
  const moved = new Set(order.map((_, at) => at));
  for (let at = tails[tails.length - 1] ?? -1; at >= 0; at = previous[at] ?? -1) moved.delete(at);
  return moved;
}
