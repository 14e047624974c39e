/** One difference between two versions, told to an administrator, and the small words differences are told in. */
import { formatMoney } from './format.ts';
import type { Field, Form, Rule } from './dialect.ts';

export type ChangeKind =
  | 'added'
  | 'removed'
  | 'renamed'
  | 'moved'
  | 'stricter'
  | 'looser'
  | 'changed'
  /** Who may see or fill in what. */
  | 'rights';

export interface Change {
  kind: ChangeKind;
  /** Field key, `table.column`, layout key, `checks.<id>`, or the form's key for the form as a whole. */
  path: string;
  title: string;
  /** Whole sentence in Chinese. */
  message: string;
  /** Whether data filed under the old version may be refused under the new one. */
  breaks: boolean;
}

/** A difference before it is known where it stands; `text` goes on after the name. */
export interface Difference {
  kind: ChangeKind;
  text: string;
  breaks: boolean;
}

/** Reads a rule of this form aloud. Without one, a changed rule is only said to have changed. */
export type ReadAloud = (rule: Rule, form: Form) => string;

export interface DiffContext {
  before: Form;
  after: Form;
  aloud?: ReadAloud;
}

const MOST_NAMED = 5;
const MOST_QUOTED = 40;

export const stricter = (text: string, breaks: boolean): Difference => ({ kind: 'stricter', text, breaks });
export const looser = (text: string): Difference => ({ kind: 'looser', text, breaks: false });
export const changed = (text: string, breaks = false): Difference => ({ kind: 'changed', text, breaks });

/** `“甲”、“乙”等7项`: some by name, the rest by number. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMED).map((name) => `“${quoted(name)}”`);
  return shown.join('、') + (names.length > MOST_NAMED ? `等${names.length}项` : '');
}

/** Text short enough to stand in a sentence. */
export function quoted(text: string): string {
  return text.length > MOST_QUOTED ? `${text.slice(0, MOST_QUOTED)}…` : text;
}

/** A limit as people read it: money in 万元, others with the field's unit. */
export function amountOf(field: Field, amount: number): string {
  return field['x-component'] === 'Money' ? `${formatMoney(amount)}万元` : `${amount}${field['x-unit'] ?? ''}`;
}

/** Equal as JSON whatever the order of keys, to the letter: blanks and invisible characters are differences here. */
export function sameJson(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  const one = left as Record<string, unknown>;
  const other = right as Record<string, unknown>;
  const names = Object.keys(one).filter((name) => one[name] !== undefined);
  if (names.length !== Object.keys(other).filter((name) => other[name] !== undefined).length) return false;
  return names.every((name) => Object.prototype.hasOwnProperty.call(other, name) && sameJson(one[name], other[name]));
}
