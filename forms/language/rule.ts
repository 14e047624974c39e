/**
 * The only judge of rules: a closed subset of JsonLogic over plain data. Rules see own properties only, have no
 * side effects, no clock and no way to reach code.
 */
import type { Data, Env, Json, Rule } from './dialect.ts';
import { OPERATORS, stepInto } from './operators.ts';
import { isTruthy, itemsOf } from './values.ts';

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
  return judgeOf(rule)(scope, row ?? (own(scope, 'row') ? scope['row'] : undefined));
}

/** Whether the rule's value is exactly `true`. The linter sees to it that what is asked here is a question. */
export function holds(rule: Rule, scope: Scope, row?: Json): boolean {
  return value(rule, scope, row) === true;
}

/** Splits `{operator: arguments}`; one argument may stand without its brackets. Null for a literal or a list. */
export function expressionOf(rule: Rule): { name: string; args: Rule[] } | null {
  if (rule === null || typeof rule !== 'object' || Array.isArray(rule)) return null;
  const names = Object.keys(rule);
  const name = names[0];
  if (name === undefined || names.length !== 1) throw new RuleError('a rule has exactly one operator');
  const inside = rule[name] ?? null;
  return { name, args: Array.isArray(inside) ? inside : [inside] };
}

/** A rule made ready: what it reads and which operator it asks is looked up once. */
type Judge = (scope: Scope, row: Json | undefined) => Json;

const judges = new WeakMap<object, Judge>();

/** Kept per rule object: rules are replaced, never changed in place. */
function judgeOf(rule: Rule): Judge {
  if (rule === null || typeof rule !== 'object') return () => rule;
  let judge = judges.get(rule);
  if (!judge) {
    judge = Array.isArray(rule) ? listOf(rule.map(judgeOf)) : prepare(rule);
    judges.set(rule, judge);
  }
  return judge;
}

function listOf(items: Judge[]): Judge {
  return (scope, row) => items.map((item) => item(scope, row));
}

function prepare(rule: Rule): Judge {
  const expression = expressionOf(rule);
  if (!expression) return () => rule;
  const { name, args } = expression;
  const operator = own(OPERATORS, name) ? OPERATORS[name] : undefined;
  if (!operator) throw new RuleError(`unknown operator ${name}`);
  if (args.length < operator.least || args.length > operator.most) {
    throw new RuleError(`${name} takes ${operator.least} to ${operator.most} arguments`);
  }
  if (name === 'var') return reading(args[0] ?? '', args[1]);
  const parts = args.map(judgeOf);
  const [first = nothing, second = nothing] = parts;
  const { apply } = operator;
  if (apply) {
    if (parts.length === 1) return (scope, row) => apply(first(scope, row));
    if (parts.length === 2) return (scope, row) => apply(first(scope, row), second(scope, row));
    return (scope, row) => apply(...parts.map((part) => part(scope, row)));
  }
  switch (name) {
    case 'if':
      return choosing(parts);
    case 'and':
      return firstWhere(parts, (found) => !isTruthy(found));
    case 'or':
      return firstWhere(parts, isTruthy);
    case 'everyRow':
      return (scope, row) => itemsOf(first(scope, row)).every((item) => second(scope, item) === true);
    default:
      return (scope, row) =>
        itemsOf(first(scope, row)).some((item) => second(scope, item) === true) === (name === 'someRow');
  }
}

function nothing(): Json {
  return null;
}

/** The first value that settles the question, else the last one. */
function firstWhere(parts: Judge[], settles: (found: Json) => boolean): Judge {
  return (scope, row) => {
    let found: Json = null;
    for (const part of parts) {
      found = part(scope, row);
      if (settles(found)) return found;
    }
    return found;
  };
}

function choosing(parts: Judge[]): Judge {
  return (scope, row) => {
    let at = 0;
    for (; at + 1 < parts.length; at += 2) {
      if (isTruthy(parts[at]?.(scope, row))) return parts[at + 1]?.(scope, row) ?? null;
    }
    return parts[at]?.(scope, row) ?? null;
  };
}

function reading(path: Rule, otherwise: Rule = null): Judge {
  if (typeof path !== 'string' && typeof path !== 'number')
    throw new RuleError('var names what it reads in plain text');
  const [head = '', ...rest] = String(path).split('.');
  const instead = judgeOf(otherwise);
  return (scope, row) => {
    let found =
      head === '' ? (scope as Json) : head === 'row' && row !== undefined ? row : stepInto(scope as Json, head);
    for (const key of rest) found = stepInto(found, key);
    return found ?? instead(scope, row);
  };
}

function own(container: object, key: string): boolean {
  return Object.prototype.hasOwnProperty.call(container, key);
}
