/** What the forms of the district lack of what the list of fields asks for. */
import { optionsOf } from '../../forms/language/components.ts';
import type { Check, Dictionaries, Field, Form, Rule } from '../../forms/language/dialect.ts';
import { columnsOf, fieldsOf, type PlacedField } from '../../forms/language/outline.ts';
import { readsOf } from '../../forms/language/reads.ts';
import { bornBy, lacksOfFlow } from './fieldFlows.ts';
import type { ListedField } from './fieldList.ts';

interface Found extends PlacedField {
  form: Form;
  /** All forms, for what comes from one by way of another. */
  others: readonly Form[];
}

/** Titles are compared without spaces, brackets, slashes and quotes. */
const plain = (text: string): string => text.replace(/[\s()（）“”"‘’、，,/／：:·\-—]/g, '').toLowerCase();

const sameTitle = (title: string, wanted: string[]): boolean => wanted.some((one) => plain(one) === plain(title));

const rulesOf = (field: Field): Rule[] =>
  [field['x-visible'], field['x-required'], field['x-value'], field['x-default'], field['x-offered']].filter(
    (rule) => rule !== undefined,
  );

const cellsOf = (field: Field): Field[] => columnsOf(field).map(([, cell]) => cell);

/** Everything a rule reads, through what those fields are computed from and begin with. */
function reachOf(form: Form, rules: Rule[]): string[] {
  const fields = new Map(fieldsOf(form).map(({ key, field }) => [key, field]));
  const seen = new Set<string>();
  const follow = (path: string): void => {
    if (seen.has(path)) return;
    seen.add(path);
    const [key = '', column = ''] = path.split('.');
    const field = fields.get(key);
    const cell = field?.items?.properties[column];
    const inside = cell ? [cell] : field ? [field, ...cellsOf(field)] : [];
    for (const one of inside) {
      for (const rule of [one['x-value'], one['x-default']]) {
        if (rule !== undefined) readsOf(rule).forEach((read) => follow(read.replace(/^row\./, `${key}.`)));
      }
    }
  };
  rules.flatMap(readsOf).forEach(follow);
  return [...seen];
}

/** Keys of the earlier forms these rules read, and of those that these took it from. */
function originsOf(form: Form, rules: Rule[], others: readonly Form[], seen: string[] = []): string[] {
  for (const read of reachOf(form, rules)) {
    const [, , key = '', name = ''] = read.split('.');
    if (!read.startsWith('env.earlier.') || seen.includes(`${key}.${name}`)) continue;
    seen.push(key, `${key}.${name}`);
    const there = others.find((other) => other.key === key);
    const field = there && fieldsOf(there).find((placed) => placed.key === name)?.field;
    if (there && field) originsOf(there, rulesOf(field), others, seen);
  }
  return seen;
}

/** The form of the same case a table takes its rows from, and so what it begins with. */
const rowsOrigin = (field: Field): string[] => (field['x-rows-from'] ? [field['x-rows-from'].form] : []);

const readsOfCheck = (form: Form, check: Check): string[] => {
  const rules = [check.holds, ...(check.when === undefined ? [] : [check.when])];
  const inRow = (read: string) => (check.each === undefined ? read : read.replace(/^row\./, `${check.each}.`));
  return reachOf(form, rules).map(inRow);
};

/** Whether what is read holds the thing called so: by key, title, `table.column`, `earlier.form` or `env.name`. */
function namesRead(form: Form, reads: string[], name: string): boolean {
  const fields = fieldsOf(form);
  return name.split(' 或 ').some((one) => {
    const path = one.startsWith('earlier.') ? `env.${one}` : one;
    const ways = [path];
    for (const { key, field } of fields) {
      if (sameTitle(field.title, [one]) || key === one) ways.push(key);
      for (const [column, cell] of columnsOf(field)) {
        if (sameTitle(cell.title, [one]) || `${key}.${column}` === one) ways.push(`${key}.${column}`);
      }
    }
    return reads.some((read) => ways.some((way) => read === way || read.startsWith(`${way}.`)));
  });
}

const isComputed = (field: Field): boolean => field['x-value'] !== undefined || field['x-component'] === 'Auto';
const isLocked = (field: Field): boolean => field['x-default'] !== undefined && field['x-editable'] === false;
const isAsked = (field: Field): boolean => (field['x-required'] ?? false) !== false || (field.minItems ?? 0) > 0;
const hasRows = (field: Field): boolean =>
  (field['x-rows'] !== undefined || field['x-rows-from'] !== undefined) && cellsOf(field).some(isAsked);
const isFilled = (field: Field): boolean => isAsked(field) || isComputed(field) || isLocked(field) || hasRows(field);

const conditionsOf = ({ field, layouts }: Found): Rule[] =>
  [
    ...layouts.map((layout) => layout['x-visible']),
    ...[field, ...cellsOf(field)].flatMap((one) => [one['x-visible'], one['x-required']]),
  ].filter((rule) => rule !== undefined && rule !== true);

const checksAt = (found: Found): Check[] =>
  (found.form.checks ?? []).filter(
    (check) =>
      check.at.some((at) => at.split('.')[0] === found.key) ||
      readsOfCheck(found.form, check).some((read) => read.split('.')[0] === found.key),
  );

function labelsOf(field: Field, dictionaries: Dictionaries): string[] {
  const own = (optionsOf(field, dictionaries) ?? []).map(({ label }) => label);
  const given = (field['x-rows'] ?? []).flatMap((row) => Object.values(row)).filter((cell) => typeof cell === 'string');
  return [...own, ...given, ...cellsOf(field).flatMap((cell) => [cell.title, ...labelsOf(cell, dictionaries)])];
}

const isKind = (field: Field, kinds: string[]): boolean =>
  kinds.some((kind) => (kind === '自动' ? isComputed(field) || isLocked(field) : field['x-component'] === kind));

/** Whether another field must be filled in where this one is empty: the reason for having none. */
const isExplained = ({ form, key }: Found): boolean =>
  fieldsOf(form).some(
    (placed) =>
      placed.key !== key &&
      isAsked(placed.field) &&
      conditionsOf({ ...placed, form, others: [] })
        .flatMap(readsOf)
        .some((read) => read.split('.')[0] === key),
  );

function isWanted(found: Found, mark: ListedField['mark']): boolean {
  if (mark === '○') return true;
  if (mark === '●') return isFilled(found.field);
  return isFilled(found.field) || conditionsOf(found).length > 0 || checksAt(found).length > 0 || isExplained(found);
}

const limitsHold = (field: Field, names: string[]): boolean => {
  const [least = 0, most = Infinity] = (names[0] ?? '').split('–').map(Number);
  return (field.minLength ?? 0) >= least && (field.maxLength ?? Infinity) <= most;
};

/** One judge for each verb of the last column; `all` are the fields of that title taken together. */
const DEMANDS: Record<string, (found: Found, names: string[], all: Found[], dictionaries: Dictionaries) => boolean> = {
  列: ({ field }, names) =>
    names.every((name) =>
      cellsOf(field).some((cell) => name.split(' 或 ').some((one) => sameTitle(cell.title, [one]))),
    ),
  列计算: ({ field }, names) =>
    names.every((name) => cellsOf(field).some((cell) => plain(cell.title).includes(plain(name)) && isComputed(cell))),
  选项: (_found, names, all, dictionaries) => {
    const labels = all.flatMap(({ field }) => labelsOf(field, dictionaries)).map(plain);
    return names.every((name) => name.split(' 或 ').some((one) => labels.some((label) => label.includes(plain(one)))));
  },
  选项数: ({ field }, [count = ''], _all, dictionaries) =>
    (optionsOf(field, dictionaries) ?? []).length >= Number(count),
  固定行: ({ field }, [count = '']) => (field['x-rows'] ?? []).length >= Number(count),
  计算: ({ field }) => isComputed(field),
  计算自: ({ field, form }, names) => {
    const reads = field['x-value'] === undefined ? [] : reachOf(form, [field['x-value']]);
    return names.every((name) => namesRead(form, reads, name));
  },
  核对: (_found, names, all) => isChecked(all, names),
  拦截: (_found, names, all) => isChecked(all, names, 'block'),
  提醒: (_found, names, all) => isChecked(all, names, 'warn'),
  条件: (found, names) => {
    const reads = conditionsOf(found).flatMap(readsOf);
    return names.every((name) => namesRead(found.form, reads, name));
  },
  初值: ({ field }) => field['x-default'] !== undefined || isComputed(field),
  初值取自: (found, names) => {
    const reads = [...originsOf(found.form, rulesOf(found.field), found.others), ...rowsOrigin(found.field)];
    return names.every((name) => reads.includes(name));
  },
  字数: ({ field }, names) => limitsHold(field, names),
  至少: (found, [count = '']) =>
    (found.field.minItems ?? 0) >= Number(count) ||
    (Number(count) === 1 && isFilled(found.field)) ||
    (found.field['x-rows'] ?? []).length >= Number(count) ||
    checksAt(found).some((check) => JSON.stringify(check.holds).includes(`{"count":{"var":"${found.key}"}}`)),
  引用: ({ field }, [sources = '']) => sources.split(' 或 ').includes(field['x-source'] ?? ''),
};

function isChecked(all: Found[], names: string[], level?: Check['level']): boolean {
  return all.some((found) =>
    checksAt(found).some((check) => {
      const reads = [...readsOfCheck(found.form, check), ...check.at];
      return (level ?? check.level) === check.level && names.every((name) => namesRead(found.form, reads, name));
    }),
  );
}

/** The verbs the list may use; any other is a slip of the pen. */
export const VERBS = [...Object.keys(DEMANDS), '流程', '席位', '事项', '仅单位', '仅项目', '仅签发'];

/** What these forms lack of one listed field, in words; nothing where all is there. */
export function lacks(
  forms: Form[],
  listed: ListedField,
  dictionaries: Dictionaries,
  others: readonly Form[] = forms,
): string[] {
  if (bornBy(listed)) return lacksOfFlow(forms, listed);
  const all: Found[] = forms.flatMap((form) => fieldsOf(form).map((placed) => ({ ...placed, form, others })));
  const titled = all.filter(({ field }) => sameTitle(field.title, listed.titles));
  const keyed = all.filter(({ key }) => key === listed.key);
  if (listed.key !== null && keyed.length === 0) {
    const other = titled.map(({ key }) => key);
    return [
      other.length === 0
        ? `没有“${listed.name}”（${listed.key}）`
        : `“${listed.name}”的键应为 ${listed.key}，写成了 ${other.join('、')}`,
    ];
  }
  if (listed.key === null && titled.length === 0) return [`没有“${listed.name}”`];
  const found = listed.key === null ? titled : keyed;
  if (listed.titles.length > 0 && !found.some(({ field }) => sameTitle(field.title, listed.titles))) {
    return [`${listed.key ?? ''} 的标题应为“${listed.name}”，写成了“${found[0]?.field.title ?? ''}”`];
  }
  // Several fields of one title (each department's opinion): the one that lacks least speaks for them.
  const each = found.map((one) => [
    ...(isKind(one.field, listed.kinds)
      ? []
      : [`“${listed.name}”应为 ${listed.kinds.join('或')}，写成了 ${one.field['x-component']}`]),
    ...(isWanted(one, listed.mark) ? [] : [`“${listed.name}”应为 ${listed.mark}，放松了`]),
    ...listed.demands
      .filter(({ verb, names }) => DEMANDS[verb]?.(one, names, found, dictionaries) === false)
      .map(({ verb, names }) => `“${listed.name}”缺：${verb} ${names.join('、')}`),
  ]);
  return each.sort((left, right) => left.length - right.length)[0] ?? [];
}
