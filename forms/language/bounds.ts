/**
 * What a form from outside must satisfy before anything else looks at it: bounded in size and depth, without keys that
 * reach a prototype, without references to elsewhere. Walks without recursion and stops at the first excess, so that
 * nothing hostile costs more than its own length.
 */
import type { Finding } from './lint.ts';

const DEEPEST = 60;
const MOST_VALUES = 60_000;
const LONGEST_TEXT = 20_000;
const MOST_TEXT = 1_000_000;

/** Keys no form has; the first three would reach into objects that are not the form. */
const FORBIDDEN: Readonly<Record<string, string>> = {
  ['__proto__']: '会改动程序内部对象',
  constructor: '会改动程序内部对象',
  prototype: '会改动程序内部对象',
  $ref: '会引用别处的内容，表单必须自成一体',
  $dynamicRef: '会引用别处的内容，表单必须自成一体',
  $id: '会引用别处的内容，表单必须自成一体',
};

interface Place {
  value: unknown;
  path: string;
  depth: number;
}

/** The first excess, as one finding; an empty list means that the value may be judged further. */
export function boundsOf(form: unknown): Finding[] {
  const left: Place[] = [{ value: form, path: '', depth: 0 }];
  let values = 0;
  let text = 0;
  for (let place = left.pop(); place; place = left.pop()) {
    const { value, path, depth } = place;
    values += 1;
    if (values > MOST_VALUES) return [excess('tooLarge', path, `内容超过${MOST_VALUES}项，请拆成几张表单。`)];
    if (depth > DEEPEST) return [excess('tooDeep', path, `嵌套超过${DEEPEST}层，请简化。`)];
    if (typeof value === 'string') {
      text += value.length;
      if (value.length > LONGEST_TEXT)
        return [excess('textTooLong', path, `有一段文字超过${LONGEST_TEXT}字，请缩短。`)];
      if (text > MOST_TEXT) return [excess('tooLarge', path, '文字总量超过一百万字，请拆成几张表单。')];
    }
    if (value === null || typeof value !== 'object') continue;
    for (const key of Object.keys(value).reverse()) {
      const at = path === '' ? key : `${path}.${key}`.slice(0, 300);
      const why = Object.prototype.hasOwnProperty.call(FORBIDDEN, key) ? FORBIDDEN[key] : undefined;
      if (why !== undefined) return [excess('forbiddenKey', at, `不能出现“${key}”：${why}，请删除。`)];
      left.push({ value: (value as Record<string, unknown>)[key], path: at, depth: depth + 1 });
    }
  }
  return [];
}

function excess(code: string, path: string, message: string): Finding {
  return { code, path: path.slice(0, 200), message };
}
