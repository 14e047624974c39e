/** The closed list of what a rule may ask and compute. */
import { add, percent, timesHalfUp } from './decimal.ts';
import { monthsBetween, yearOf } from './dates.ts';
import type { Json } from './dialect.ts';
import { isEmpty, itemsOf, lengthOf } from './values.ts';

type Gives = 'question' | 'number' | 'any';

interface Operator {
  least: number;
  most: number;
  gives: Gives;
  /** Evaluates with its arguments already evaluated; absent for those that choose what to evaluate. */
  apply?: (...args: Json[]) => Json;
}

const MANY = 50;

/** The closed list. `dialect.schema.json` names the same operators with the same numbers of arguments. */
export const OPERATORS: Readonly<Record<string, Operator>> = {
  var: { least: 1, most: 1, gives: 'any' },
  if: { least: 2, most: MANY, gives: 'any' },
  and: { least: 1, most: MANY, gives: 'question' },
  or: { least: 1, most: MANY, gives: 'question' },
  '!': { least: 1, most: 1, gives: 'question', apply: (a) => a !== true },
  '==': { least: 2, most: 2, gives: 'question', apply: (a, b) => same(a, b) },
  '!=': { least: 2, most: 2, gives: 'question', apply: (a, b) => !same(a, b) },
  '<': { least: 2, most: 2, gives: 'question', apply: (a, b) => comparable(a, b) && below(a, b) },
  '<=': { least: 2, most: 2, gives: 'question', apply: (a, b) => comparable(a, b) && !below(b, a) },
  '>': { least: 2, most: 2, gives: 'question', apply: (a, b) => comparable(a, b) && below(b, a) },
  '>=': { least: 2, most: 2, gives: 'question', apply: (a, b) => comparable(a, b) && !below(a, b) },
  '+': { least: 1, most: MANY, gives: 'number', apply: (...all) => ofNumbers(all, add) },
  '-': { least: 2, most: 2, gives: 'number', apply: (a, b) => ofTwo(a, b, (x, y) => add([x, -y])) },
  times: { least: 2, most: 2, gives: 'number', apply: (a, b) => ofTwo(a, b, timesHalfUp) },
  percentOf: { least: 2, most: 2, gives: 'number', apply: (a, b) => ofTwo(a, b, percent) },
  in: { least: 2, most: 2, gives: 'question', apply: (a, b) => contains(b, a) },
  includes: { least: 2, most: 2, gives: 'question', apply: (a, b) => contains(a, b) },
  sum: { least: 2, most: 2, gives: 'number', apply: (rows, column) => sumOf(rows, column) },
  count: { least: 1, most: 1, gives: 'number', apply: (a) => itemsOf(a).length },
  some: { least: 2, most: 2, gives: 'question' },
  all: { least: 2, most: 2, gives: 'question' },
  none: { least: 2, most: 2, gives: 'question' },
  filled: { least: 1, most: 1, gives: 'question', apply: (a) => !isEmpty(a) },
  length: { least: 1, most: 1, gives: 'number', apply: (a) => lengthOf(a) },
  min: { least: 1, most: MANY, gives: 'number', apply: (...all) => ofNumbers(all, (some) => Math.min(...some)) },
  max: { least: 1, most: MANY, gives: 'number', apply: (...all) => ofNumbers(all, (some) => Math.max(...some)) },
  monthsBetween: { least: 2, most: 2, gives: 'number', apply: (a, b) => monthsBetween(a, b) },
  year: { least: 1, most: 1, gives: 'number', apply: (a) => yearOf(a) },
};

function same(left: Json | undefined, right: Json | undefined): boolean {
  return isScalar(left) && isScalar(right) && (left ?? null) === (right ?? null);
}

function isScalar(value: Json | undefined): boolean {
  return value === null || typeof value !== 'object';
}

function comparable(left: Json | undefined, right: Json | undefined): boolean {
  return (
    (typeof left === 'number' && typeof right === 'number') || (typeof left === 'string' && typeof right === 'string')
  );
}

function below(left: Json | undefined, right: Json | undefined): boolean {
  return (left as number) < (right as number);
}

function contains(list: Json | undefined, item: Json | undefined): boolean {
  return item !== null && item !== undefined && itemsOf(list).some((one) => same(one, item));
}

function ofTwo(left: Json | undefined, right: Json | undefined, apply: (a: number, b: number) => Json): Json {
  return typeof left === 'number' && typeof right === 'number' ? apply(left, right) : null;
}

/** What is missing does not count; with nothing there at all the answer is missing too. */
function ofNumbers(values: Json[], apply: (numbers: number[]) => number): Json {
  const numbers = values.filter((value) => typeof value === 'number');
  return numbers.length === 0 ? null : apply(numbers);
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

/** An own property of an object that is no list; null otherwise. */
export function stepInto(from: Json | undefined, key: string): Json {
  if (from === null || typeof from !== 'object' || Array.isArray(from)) return null;
  return Object.prototype.hasOwnProperty.call(from, key) ? (from[key] ?? null) : null;
}
