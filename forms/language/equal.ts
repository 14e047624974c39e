/** Equality of stored and sent values: as JSON, after the tidying every sent text goes through. */
import { isEmpty } from './components.ts';
import type { Data, Json } from './dialect.ts';
import { tidyText } from './text.ts';

/** A property of the object itself; what its prototype brings is nobody's answer. */
export function own(data: Data, key: string): Json | undefined {
  return Object.prototype.hasOwnProperty.call(data, key) ? data[key] : undefined;
}

/** Equal as JSON, whatever the order of keys; text as it is tidied, since what is sent was. */
export function equal(left: Json | undefined, right: Json | undefined): boolean {
  if (left === right || (isEmpty(left) && isEmpty(right))) return true;
  if (typeof left === 'string' && typeof right === 'string') return tidyText(left) === tidyText(right);
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (Array.isArray(left) || Array.isArray(right)) {
    if (!Array.isArray(left) || !Array.isArray(right) || left.length !== right.length) return false;
    return left.every((item, at) => equal(item, right[at]));
  }
  const keys = [...Object.keys(left), ...Object.keys(right)];
  return keys.every((key) => equal(own(left, key), own(right, key)));
}
