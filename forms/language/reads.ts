/** What a rule reads, told without judging it. */
import type { Rule } from './dialect.ts';
import { expressionOf } from './rule.ts';

/**
 * Paths the rule reads, each once: `total`, `items.amount` (through sum, someRow, everyRow, noRow), `row.amount` (the row
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
  } else if ((name === 'someRow' || name === 'everyRow' || name === 'noRow') && table !== null) {
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
