/**
 * What a form from outside must satisfy before anything else looks at it: bounded in size and depth, without keys that
 * reach a prototype, without references to elsewhere.
 */
import { outOfBounds } from './bounds.ts';
import type { BoundsFault } from './bounds.ts';
import type { Finding } from './lint.ts';

const BOUNDS = { depth: 60, values: 60_000, text: 1_000_000 };

const WORDS: Readonly<Record<BoundsFault, string>> = {
  tooDeep: `嵌套超过${BOUNDS.depth}层，请简化。`,
  tooManyValues: `内容超过${BOUNDS.values}项，请拆成几张表单。`,
  tooMuchText: '文字总量超过一百万字，请缩短或拆成几张表单。',
  forbiddenName: '用了不允许的名称（__proto__、constructor、prototype），请改名。',
  notJson: '有不是 JSON 的内容，请重新填写。',
};

/** Keywords by which a schema pulls in something from elsewhere; a form stands by itself. */
const REFERENCES = ['$ref', '$dynamicRef', '$id', '$schema'];

/** The first excess, as one finding; an empty list means that the value may be judged further. */
export function boundsOf(form: unknown): Finding[] {
  const fault = outOfBounds(form, BOUNDS);
  if (fault) return [{ code: fault.code, path: fault.path, message: WORDS[fault.code] }];
  const place = referenceIn(form, '');
  return place === null
    ? []
    : [{ code: 'reference', path: place, message: '表单不能引用别处的内容（$ref 等），请把内容直接写在表单里。' }];
}

function referenceIn(value: unknown, path: string): string | null {
  if (value === null || typeof value !== 'object') return null;
  for (const [key, inner] of Object.entries(value)) {
    const at = path === '' ? key : `${path}.${key}`;
    const found = REFERENCES.indexOf(key) >= 0 ? at : referenceIn(inner, at);
    if (found !== null) return found;
  }
  return null;
}
