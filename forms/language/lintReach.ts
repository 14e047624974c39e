/** Findings about rules that are written correctly and yet decide nothing: they never hold, or nobody ever gets there. */
import { answersOf, isServerValue, limitsOf } from './components.ts';
import type { Check, Dictionaries, Field, Form, Json, Layout, Rule } from './dialect.ts';
import type { Report } from './lint.ts';
import { columnsOf, outlineOf } from './outline.ts';
import type { PlacedField } from './outline.ts';
import { expressionOf } from './rule.ts';

/** What can be said of a question before anybody answers: it never holds, it always does, or it depends. */
type Verdict = 'never' | 'always' | 'depends';

interface Place {
  byKey: Map<string, PlacedField>;
  table: Field | null;
  dictionaries: Dictionaries;
}

/** Lints what is reachable; only for a form whose rules are sound. `dictionaries` may be empty: then less is known. */
export function lintReach(form: Form, dictionaries: Dictionaries, report: Report): void {
  const { byKey, fields, layouts } = outlineOf(form);
  const place: Place = { byKey, table: null, dictionaries };
  layouts.forEach(({ layout }, key) => lintShown(layout, key, place, report));
  for (const { key, field } of fields) {
    lintField(key, field, place, report);
    for (const [column, cell] of columnsOf(field))
      lintField(`${key}.${column}`, cell, { ...place, table: field }, report);
  }
  for (const check of form.checks ?? []) {
    const table = check.each === undefined ? null : (byKey.get(check.each)?.field ?? null);
    lintCheck(check, { ...place, table }, report);
  }
}

function lintShown(node: Field | Layout, path: string, place: Place, report: Report): boolean {
  if (verdictOf(node['x-visible'] ?? true, place) !== 'never') return true;
  report('neverShown', path, `“${node.title}”的显示条件永远不成立，谁也看不到它，请修改条件或删除这一项。`);
  return false;
}

function lintField(path: string, field: Field, place: Place, report: Report): void {
  const shown = lintShown(field, path, place, report);
  const required = verdictOf(field['x-required'] ?? false, place);
  if (!shown && required !== 'never') {
    report('requiredHidden', path, `“${field.title}”必填，却永远不显示，没有人能填，请修改其中一处。`);
  }
  if (field['x-required'] !== undefined && field['x-required'] !== false && required === 'never') {
    report('neverRequired', path, `“${field.title}”的必填条件永远不成立，请修改或去掉。`);
  }
  const locked = field['x-editable'] !== undefined && verdictOf(field['x-editable'], place) === 'never';
  const rows = [place.table?.['x-rows'], place.table?.['x-rows-from'], place.table?.['x-default']];
  const given = rows.some((one) => one !== undefined);
  if (locked && field['x-default'] === undefined && !isServerValue(field) && !given) {
    report('nobodyFills', path, `“${field.title}”不能填写，也没有初始值或计算规则，永远是空的，请补上其中一种。`);
  }
}

function lintCheck(check: Check, place: Place, report: Report): void {
  const path = `checks.${check.id}`;
  if (check.when !== undefined && verdictOf(check.when, place) === 'never') {
    report('checkNeverApplies', path, `核对规则“${check.id}”的适用条件永远不成立，它什么也不核对，请修改或删除。`);
  } else if (verdictOf(check.holds, place) === 'never') {
    report('checkNeverHolds', path, `核对规则“${check.id}”永远不成立，会一直拦住填报人，请修改条件。`);
  } else if (verdictOf(check.holds, place) === 'always') {
    report('checkAlwaysHolds', path, `核对规则“${check.id}”总是成立，它什么也不核对，请修改或删除。`);
  }
}

function verdictOf(rule: Rule, place: Place): Verdict {
  if (rule === true) return 'always';
  const expression = expressionOf(rule);
  if (!expression) return rule === false ? 'never' : 'depends';
  const { name, args } = expression;
  const [first = null, second = null] = args;
  const inside = (): Verdict[] => args.map((argument) => verdictOf(argument, place));
  switch (name) {
    case 'and':
      return inside().indexOf('never') >= 0 || contradicts(args)
        ? 'never'
        : allAre(inside(), 'always')
          ? 'always'
          : 'depends';
    case 'or':
      return inside().indexOf('always') >= 0 ? 'always' : allAre(inside(), 'never') ? 'never' : 'depends';
    case '!':
      return opposite(verdictOf(first, place));
    case '===':
      return equalVerdict(first, second, place);
    case '!==':
      return opposite(equalVerdict(first, second, place));
    case 'in':
      return Array.isArray(second) ? within(second.map((one) => equalVerdict(first, one, place))) : 'depends';
    case '<':
    case '<=':
    case '>':
    case '>=':
      return args.length === 2 ? orderVerdict(name, first, second, place) : 'depends';
    default:
      return 'depends';
  }
}

function opposite(verdict: Verdict): Verdict {
  return verdict === 'never' ? 'always' : verdict === 'always' ? 'never' : 'depends';
}

function allAre(verdicts: Verdict[], wanted: Verdict): boolean {
  return verdicts.length > 0 && verdicts.every((verdict) => verdict === wanted);
}

function within(verdicts: Verdict[]): Verdict {
  return verdicts.length === 0 || allAre(verdicts, 'never') ? 'never' : 'depends';
}

/** Two parts of one `and` that ask the same field to be two different things. */
function contradicts(args: Rule[]): boolean {
  const wanted = new Map<string, Json>();
  return args.some((argument) => {
    const { name = '', args: parts = [] } = expressionOf(argument) ?? {};
    const path = pathOf(parts[0]);
    const value = parts[1] ?? null;
    if (name !== '===' || path === null || typeof value === 'object') return false;
    const before = wanted.get(path);
    wanted.set(path, value);
    return before !== undefined && before !== value;
  });
}

function equalVerdict(left: Rule, right: Rule, place: Place): Verdict {
  if (isLiteral(left) && isLiteral(right)) return left === right ? 'always' : 'never';
  const field = fieldAt(left, place);
  if (!field || !isLiteral(right) || right === null) return 'depends';
  const known = answersOf(field, place.dictionaries);
  if (known && known.length > 0) return known.some(({ value }) => value === right) ? 'depends' : 'never';
  if (typeof right === 'number') return outside(field, right, right) ? 'never' : 'depends';
  return 'depends';
}

function orderVerdict(name: string, left: Rule, right: Rule, place: Place): Verdict {
  if (typeof left === 'number' && typeof right !== 'number')
    return orderVerdict(MIRRORED[name] ?? '', right, left, place);
  const field = fieldAt(left, place);
  if (!field || typeof right !== 'number') return 'depends';
  const { minimum = -Infinity, maximum = Infinity } = limitsOf(field);
  if (name === '<') return minimum >= right ? 'never' : 'depends';
  if (name === '<=') return minimum > right ? 'never' : 'depends';
  if (name === '>') return maximum <= right ? 'never' : 'depends';
  return maximum < right ? 'never' : 'depends';
}

const MIRRORED: Readonly<Record<string, string>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' };

/** Limits of what people type; what is computed may go beyond them. */
function outside(field: Field, least: number, most: number): boolean {
  const { minimum = -Infinity, maximum = Infinity } = limitsOf(field);
  return most < minimum || least > maximum;
}

function fieldAt(rule: Rule, { byKey, table }: Place): Field | null {
  const [head = '', column] = (pathOf(rule) ?? '').split('.');
  const cells = new Map(table ? columnsOf(table) : []);
  const field = head === 'row' ? cells.get(column ?? '') : column === undefined ? byKey.get(head)?.field : undefined;
  return field === undefined || isServerValue(field) ? null : field;
}

function pathOf(rule: Rule | undefined): string | null {
  if (rule === null || typeof rule !== 'object' || Array.isArray(rule)) return null;
  return typeof rule['var'] === 'string' ? rule['var'] : null;
}

function isLiteral(rule: Rule): rule is string | number | boolean | null {
  return rule === null || typeof rule !== 'object';
}
