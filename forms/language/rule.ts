/**
 * The only judge of rules: a closed subset of JsonLogic over plain data. Rules see own properties only, have no
 * side effects, no clock and no way to reach code.
 */
import { add, percent, timesHalfUp } from './decimal.ts';
import { monthsBetween, yearOf } from './dates.ts';
import type { Data, Env, Json, Rule } from './dialect.ts';
import { isBlank } from './text.ts';

/** What a rule may read: field values by key, and `env`; inside a table also `row`. */
export type Scope = { readonly [name: string]: Json | undefined };

/** A rule that is not of the dialect. Stored rules are checked before; this is a defect, not a person's mistake. */
export class RuleError extends Error {}

/** Builds the scope of the rules of a form. `env` wins over a field of that name, which the linter refuses. */
export function scopeOf(data: Data, env: Env): Scope {
  return { ...data, env };
}

/** The rule's value; what is missing is null. The row it is judged in is given apart, or stands in the scope. */
export function value(rule: Rule, scope: Scope, row?: Json): Json {
  return run(rule, scope, row ?? (own(scope, 'row') ? scope['row'] : undefined));
}

/** Whether the rule's value is exactly `true`: there is no truthiness. */
export function holds(rule: Rule, scope: Scope, row?: Json): boolean {
  return value(rule, scope, row) === true;
}

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

/** Splits `{operator: arguments}`; one argument may stand without its brackets. Null for a literal or a list. */
export function expressionOf(rule: Rule): { name: string; args: Rule[] } | null {
  if (rule === null || typeof rule !== 'object' || Array.isArray(rule)) return null;
  const names = Object.keys(rule);
  const name = names[0];
  if (name === undefined || names.length !== 1) throw new RuleError('a rule has exactly one operator');
  const inside = rule[name] ?? null;
  return { name, args: Array.isArray(inside) ? inside : [inside] };
}

function run(rule: Rule, scope: Scope, row: Json | undefined): Json {
  if (Array.isArray(rule)) return rule.map((item) => run(item, scope, row));
  const expression = expressionOf(rule);
  if (!expression) return rule;
  const { name, args } = expression;
  const operator = own(OPERATORS, name) ? OPERATORS[name] : undefined;
  if (!operator) throw new RuleError(`unknown operator ${name}`);
  if (args.length < operator.least || args.length > operator.most) {
    throw new RuleError(`${name} takes ${operator.least} to ${operator.most} arguments`);
  }
  if (operator.apply) return operator.apply(...args.map((argument) => run(argument, scope, row)));
  const first = args[0] ?? null;
  switch (name) {
    case 'var':
      return read(first, scope, row);
    case 'if':
      return choose(args, scope, row);
    case 'and':
      return args.every((argument) => run(argument, scope, row) === true);
    case 'or':
      return args.some((argument) => run(argument, scope, row) === true);
    default: {
      const test = args[1] ?? null;
      const items = itemsOf(run(first, scope, row));
      const passes = (item: Json): boolean => run(test, scope, item) === true;
      if (name === 'all') return items.every(passes);
      return items.some(passes) === (name === 'some');
    }
  }
}

function choose(args: Rule[], scope: Scope, row: Json | undefined): Json {
  let at = 0;
  for (; at + 1 < args.length; at += 2) {
    if (run(args[at] ?? null, scope, row) === true) return run(args[at + 1] ?? null, scope, row);
  }
  return at < args.length ? run(args[at] ?? null, scope, row) : null;
}

function own(container: object, key: string): boolean {
  return Object.prototype.hasOwnProperty.call(container, key);
}

function read(path: Rule, scope: Scope, row: Json | undefined): Json {
  if (typeof path !== 'string') throw new RuleError('var names what it reads in plain text');
  const [head = '', ...rest] = path.split('.');
  let found: Json | undefined = head === 'row' ? row : own(scope, head) ? scope[head] : null;
  for (const key of rest) {
    if (found === null || typeof found !== 'object' || Array.isArray(found) || !own(found, key)) return null;
    found = found[key];
  }
  return found ?? null;
}

/** Absent, null, blank text, an empty list, or an object with nothing filled in. `false` and 0 are answers. */
export function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined) return true;
  if (typeof value === 'string') return isBlank(value);
  if (Array.isArray(value)) return value.length === 0;
  if (typeof value === 'object') return Object.keys(value).every((key) => isEmpty((value as Data)[key]));
  return false;
}

/** Length of text in characters as people count them (not in UTF-16 halves), or of a list. */
export function lengthOf(value: Json): number {
  if (typeof value === 'string') return Array.from(value).length;
  return itemsOf(value).length;
}

function itemsOf(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}

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
  const numbers: number[] = [];
  for (const row of itemsOf(rows)) {
    const cell = typeof column === 'string' ? read(`row.${column}`, {}, row) : null;
    if (typeof cell === 'number') numbers.push(cell);
  }
  return add(numbers);
}

/**
 * Paths the rule reads, each once: `total`, `items.amount` (through sum, some, all, none), `row.amount` (the row
 * the rule stands in), `env.today`.
 */
export function readsOf(rule: Rule): string[] {
  const found: string[] = [];
  collect(rule, 'row', found);
  return found.filter((path, at) => found.indexOf(path) === at);
}

function collect(rule: Rule, rowPath: string, found: string[]): void {
  if (Array.isArray(rule)) return rule.forEach((item) => collect(item, rowPath, found));
  const expression = expressionOf(rule);
  if (!expression) return;
  const { name, args } = expression;
  const [first = null, second = null] = args;
  if (name === 'var') {
    if (typeof first === 'string') found.push(first.replace(/^row(?=\.|$)/, rowPath));
    return;
  }
  const table = pathOf(first, rowPath);
  if (name === 'sum' && table !== null && typeof second === 'string') {
    found.push(`${table}.${second}`);
  } else if ((name === 'some' || name === 'all' || name === 'none') && table !== null) {
    found.push(table);
    collect(second, table, found);
  } else {
    args.forEach((argument) => collect(argument, rowPath, found));
  }
}

function pathOf(rule: Rule, rowPath: string): string | null {
  if (rule === null || typeof rule !== 'object' || Array.isArray(rule)) return null;
  const path = rule['var'];
  return typeof path === 'string' ? path.replace(/^row(?=\.|$)/, rowPath) : null;
}
