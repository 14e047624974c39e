/** What counts as an answer, and how long it is. */
import type { Data, Json } from './dialect.ts';
import { isBlank } from './text.ts';

/** Absent, null, blank text, an empty list, or an object with nothing filled in. `false` and 0 are answers. */
export function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  if (typeof value === 'string') return isBlank(value);
  if (Array.isArray(value)) return value.length === 0;
  if (typeof value === 'object') return Object.keys(value).every((key) => isEmpty((value as Data)[key]));
  return false;
}

/** What JsonLogic takes for true: everything but `false`, `null`, 0, empty text and an empty list. */
export function isTruthy(value: Json | undefined): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

/** Length of text in characters as people count them (not in UTF-16 halves), or of a list. */
export function lengthOf(value: Json): number {
  if (typeof value === 'string') return charactersIn(value);
  return itemsOf(value).length;
}

function charactersIn(text: string): number {
  let count = text.length;
  for (let at = 0; at < text.length - 1; at += 1) {
    const isPair = (text.charCodeAt(at) & 0xfc00) === 0xd800 && (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00;
    if (!isPair) continue;
    count -= 1;
    at += 1;
  }
  return count;
}

/** The items of a list; whatever is no list has none. */
export function itemsOf(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}
