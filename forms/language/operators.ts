/**
 * The closed list of what a rule may ask and compute. Operators named as in JsonLogic mean what they mean there, which
 * `test/forms/jsonLogic.test.ts` holds against its author's own implementation; ours have names of their own (`someRow`,
 * `times`, `filled` …).
 */
import { daysBetween, isDate, monthsBetween, plusDays, plusMonths, yearOf } from './dates.ts';
import { add, percent, timesHalfUp } from './decimal.ts';
import type { Json } from './dialect.ts';
import { isEmpty, isTruthy, itemsOf, lengthOf } from './values.ts';
import { plusWorkdays, workdaysBetween } from './workdays.ts';

type Gives = 'question' | 'number' | 'text' | 'any';

export interface Operator {
  least: number;
  most: number;
  gives: Gives;
  /** Evaluates with its arguments already evaluated; absent for those that choose what to evaluate. */
  apply?: (...args: Json[]) => Json;
}

const MANY = 50;

/** The closed list. `dialect.schema.json` names the same operators with the same numbers of arguments. */
export const OPERATORS: Readonly<Record<string, Operator>> = {
  var: { least: 0, most: 2, gives: 'any' },
  if: { least: 0, most: MANY, gives: 'any' },
  and: { least: 1, most: MANY, gives: 'question' },
  or: { least: 1, most: MANY, gives: 'question' },
  '!': { least: 1, most: 1, gives: 'question', apply: (a) => !isTruthy(a) },
  '===': { least: 2, most: 2, gives: 'question', apply: (a, b) => same(a, b) },
  '!==': { least: 2, most: 2, gives: 'question', apply: (a, b) => !same(a, b) },
  '<': { least: 2, most: 3, gives: 'question', apply: (...all) => inOrder(all, (a, b) => a < b) },
  '<=': { least: 2, most: 3, gives: 'question', apply: (...all) => inOrder(all, (a, b) => a <= b) },
  '>': { least: 2, most: 2, gives: 'question', apply: (...all) => inOrder(all, (a, b) => a > b) },
  '>=': { least: 2, most: 2, gives: 'question', apply: (...all) => inOrder(all, (a, b) => a >= b) },
  '+': { least: 1, most: MANY, gives: 'number', apply: (...all) => ofNumbers(all.map(asNumber), add) },
  '-': { least: 1, most: 2, gives: 'number', apply: (...all) => difference(all.map(asNumber)) },
  min: { least: 1, most: MANY, gives: 'number', apply: (...all) => ofNumbers(all, (some) => Math.min(...some)) },
  max: { least: 1, most: MANY, gives: 'number', apply: (...all) => ofNumbers(all, (some) => Math.max(...some)) },
  in: { least: 2, most: 2, gives: 'question', apply: (a, b) => contains(b, a) },
  cat: { least: 1, most: MANY, gives: 'text', apply: (...all) => all.map(written).join('') },
  includes: { least: 2, most: 2, gives: 'question', apply: (a, b) => contains(a, b) },
  times: { least: 2, most: 2, gives: 'number', apply: (a, b) => ofTwo(a, b, timesHalfUp) },
  percentOf: { least: 2, most: 2, gives: 'number', apply: (a, b) => ofTwo(a, b, percent) },
  sum: { least: 2, most: 2, gives: 'number', apply: (rows, column) => sumOf(rows, column) },
  count: { least: 1, most: 1, gives: 'number', apply: (a) => itemsOf(a).length },
  someRow: { least: 2, most: 2, gives: 'question' },
  everyRow: { least: 2, most: 2, gives: 'question' },
  noRow: { least: 2, most: 2, gives: 'question' },
  filled: { least: 1, most: 1, gives: 'question', apply: (a) => !isEmpty(a) },
  length: { least: 1, most: 1, gives: 'number', apply: (a) => lengthOf(a) },
  year: { least: 1, most: 1, gives: 'number', apply: (a) => yearOf(a) },
  monthsBetween: { least: 2, most: 2, gives: 'number', apply: (a, b) => monthsBetween(a, b) },
  daysBetween: { least: 2, most: 2, gives: 'number', apply: (a, b) => daysBetween(a, b) },
  plusDays: { least: 2, most: 2, gives: 'text', apply: (a, b) => plusDays(a, b) },
  plusMonths: { least: 2, most: 2, gives: 'text', apply: (a, b) => plusMonths(a, b) },
  workdaysBetween: { least: 3, most: 3, gives: 'number', apply: (a, b, days) => workdaysBetween(a, b, days) },
  plusWorkdays: { least: 3, most: 3, gives: 'text', apply: (a, b, days) => plusWorkdays(a, b, days) },
  lastOfYear: { least: 1, most: 1, gives: 'text', apply: (a) => (isDate(a) ? `${a.slice(0, 4)}-12-31` : null) },
};

function same(left: Json | undefined, right: Json | undefined): boolean {
  return isScalar(left) && isScalar(right) && (left ?? null) === (right ?? null);
}

function isScalar(value: Json | undefined): boolean {
  return value === null || typeof value !== 'object';
}

/** A number, also one written as text, as JsonLogic reads it; what is missing stays missing. */
function asNumber(value: Json | undefined): Json {
  if (typeof value !== 'string' || !/^\s*-?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?/i.test(value)) return value ?? null;
  return parseFloat(value);
}

/** Numbers by size, text (and so dates) letter by letter; a text beside a number counts as one. Nothing is never in order. */
function inOrder(values: Json[], holds: (left: string | number, right: string | number) => boolean): boolean {
  const numeric = values.some((value) => typeof value === 'number');
  const known = numeric ? values.map(asNumber) : values;
  return known.every((value, at) => {
    if (typeof value !== (numeric ? 'number' : 'string')) return false;
    const before = known[at - 1] as string | number | undefined;
    return before === undefined || holds(before, value as string | number);
  });
}

function contains(list: Json | undefined, item: Json | undefined): boolean {
  if (typeof list === 'string') return list !== '' && typeof item === 'string' && list.indexOf(item) >= 0;
  return item !== null && item !== undefined && itemsOf(list).some((one) => same(one, item));
}

function ofTwo(left: Json | undefined, right: Json | undefined, apply: (a: number, b: number) => Json): Json {
  return typeof left === 'number' && typeof right === 'number' ? apply(left, right) : null;
}

function difference([first, second]: Json[]): Json {
  if (second === undefined) return typeof first === 'number' ? -first : null;
  return ofTwo(first, second, (left, right) => add([left, -right]));
}

/** What is missing does not count; with nothing there at all the answer is missing too. */
function ofNumbers(values: Json[], apply: (numbers: number[]) => number): Json {
  const numbers = values.filter((value) => typeof value === 'number');
  return numbers.length === 0 ? null : apply(numbers);
}

function written(value: Json): string {
  return value === null || typeof value === 'object' ? '' : String(value);
}

function sumOf(rows: Json | undefined, column: Json | undefined): number {
  if (typeof column !== 'string') return 0;
  const numbers: number[] = [];
  for (const row of itemsOf(rows)) {
    const cell = stepInto(row, column);
    if (typeof cell === 'number') numbers.push(cell);
  }
  return add(numbers);
}

/** An own property of an object, or the item of a list at this number; null otherwise. */
export function stepInto(from: Json | undefined, key: string): Json {
  if (from === null || typeof from !== 'object') return null;
  if (Array.isArray(from)) return /^\d{1,6}$/.test(key) ? (from[Number(key)] ?? null) : null;
  return Object.prototype.hasOwnProperty.call(from, key) ? (from[key] ?? null) : null;
}
