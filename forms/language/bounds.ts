/** Whether a document from outside is small and plain enough to be looked at. */

export interface Bounds {
  /** How deep lists and objects may stand in each other. */
  depth: number;
  /** How many values there may be in all. */
  values: number;
  /** How much text in all, names of members included, in UTF-16 units. */
  text: number;
}

export type BoundsFault = 'tooDeep' | 'tooManyValues' | 'tooMuchText' | 'forbiddenName' | 'notJson';

/** Names by which an object reaches its prototype; no form needs them. */
const FORBIDDEN = ['__proto__', 'constructor', 'prototype'];

/** The first fault and where it is, or null. Time and memory are bounded by the bounds, whatever is handed in. */
export function outOfBounds(value: unknown, bounds: Bounds): { code: BoundsFault; path: string } | null {
  let values = 0;
  let text = 0;
  const trail: string[] = [];
  const judge = (found: unknown): BoundsFault | null => {
    values += 1;
    if (values > bounds.values) return 'tooManyValues';
    if (typeof found === 'string') text += found.length;
    if (text > bounds.text) return 'tooMuchText';
    if (found === null || typeof found !== 'object') return isScalar(found) ? null : 'notJson';
    if (trail.length >= bounds.depth) return 'tooDeep';
    if (!Array.isArray(found) && !isPlain(found)) return 'notJson';
    for (const name of Object.keys(found)) {
      trail.push(name);
      text += Array.isArray(found) ? 0 : name.length;
      const fault = FORBIDDEN.includes(name) ? 'forbiddenName' : judge((found as Record<string, unknown>)[name]);
      if (fault !== null) return fault;
      trail.pop();
    }
    return null;
  };
  const code = judge(value);
  return code === null ? null : { code, path: placeOf(trail) };
}

/** A place in words short enough for a sentence: the ends of a long way. */
export function placeOf(trail: readonly string[]): string {
  const parts = trail.map((name) => (name.length > 40 ? `${name.slice(0, 40)}…` : name));
  return parts.length > 12 ? [...parts.slice(0, 6), '…', ...parts.slice(-5)].join('.') : parts.join('.');
}

/** What is wrong, after the place: `…处嵌套太深`. */
export const BOUNDS_WORDS: Readonly<Record<BoundsFault, string>> = {
  tooDeep: '嵌套太深，请减少分组的层数后重新导出',
  tooManyValues: '起内容太多，请拆成几份后分别导入',
  tooMuchText: '起文字太多，请去掉内嵌的图片、样式等大段内容后重新导出',
  forbiddenName: '用了不允许的名称（__proto__、constructor、prototype），请改名后重新导出',
  notJson: '不是 JSON 里能有的内容，请重新导出',
};

function isScalar(value: unknown): boolean {
  return value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
}

/** Made by `{}` or by reading JSON, in this world or another (tests run in a world of their own). */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
