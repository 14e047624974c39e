/** The tree a page hands to its host by `setData`, and what can be read in it. */

export interface TreeNode {
  /** Name of the template that draws it. */
  nn?: string;
  sid?: string;
  uid?: string;
  /** Class. */
  cl?: string;
  /** Text. */
  v?: string;
  cn?: TreeNode[];
  [shown: string]: unknown;
}

/** Writes one `setData` entry: `root.cn.[0].cn.[2].v`. */
export function put(data: Record<string, unknown>, place: string, value: unknown): void {
  const steps = place.match(/[^.[\]]+/g) ?? [];
  const last = steps.pop();
  let at: Record<string, unknown> = data;
  for (const step of steps) at = (at[step] ??= {}) as Record<string, unknown>;
  if (last !== undefined) at[last] = value;
}

/** Every node below this one in reading order, each with its ancestors, nearest first. */
export function* below(node: TreeNode, above: TreeNode[] = []): Generator<[TreeNode, TreeNode[]]> {
  for (const child of node.cn ?? []) {
    yield [child, [node, ...above]];
    yield* below(child, [node, ...above]);
  }
}

export function wordsOf(node: TreeNode): string {
  return (node.v ?? '') + (node.cn ?? []).map(wordsOf).join('');
}

export const hasClass = (node: TreeNode, name: string): boolean => (node.cl ?? '').split(/\s+/).includes(name);
