/**
 * Which characters a text may have, decided once for everything that comes in. Databases disagree about NUL and about
 * halves of characters: one refuses, another cuts the text off. U+FFFD is what bytes that are no UTF-8 are decoded to.
 */
import type { TSchema } from 'typebox';
import { Refusal } from '../errors.ts';

const NO_TEXT = /(?![\n\r\t])[\p{Cc}\p{Cs}\uFFFD]/u;
const EVERY_NO_TEXT = new RegExp(NO_TEXT, 'gu');
/** How much of the text around the character is shown, so that it can be found. */
const AROUND = 10;

interface Shape {
  title?: string;
  properties?: Record<string, Shape>;
  patternProperties?: Record<string, Shape>;
  items?: Shape;
}

interface Found {
  /** The innermost title the contract has on the way there. */
  field: string;
  near: string;
}

const near = (text: string, at: number): string =>
  text
    .slice(Math.max(0, at - AROUND), at + AROUND)
    .replace(EVERY_NO_TEXT, '')
    .trim();

const inText = (text: string, field: string): Found | null => {
  const at = text.search(NO_TEXT);
  return at < 0 ? null : { field, near: near(text, at) };
};

/** The part of the contract that describes this member, as far as the contract goes. */
const partOf = (shape: Shape | undefined, key: string): Shape | undefined =>
  shape?.properties && Object.hasOwn(shape.properties, key)
    ? shape.properties[key]
    : (shape?.items ?? Object.values(shape?.patternProperties ?? {})[0]);

const find = (value: unknown, shape: Shape | undefined, outer: string): Found | null => {
  const field = shape?.title ?? outer;
  if (typeof value === 'string') return inText(value, field);
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, part] of Object.entries(value)) {
    const found = inText(key, field) ?? find(part, partOf(shape, key), field);
    if (found) return found;
  }
  return null;
};

/** The first text, of values or of keys, that holds what is no text; null when there is none. */
export const badTextIn = (value: unknown, schema?: TSchema): Found | null => find(value, schema, '');

/** Refuses it by the title of its field. */
export const judgeTexts = (value: unknown, schema?: TSchema): void => {
  const found = badTextIn(value, schema);
  if (found) throw new Refusal('bad_text', { ...found });
};
