/** What is wrong with a form before anyone fills it in. A form with findings is not published. */
import type { Check, Dictionaries, Field, Form, Node, Rule } from './dialect.ts';
import { lintField } from './lintField.ts';
import { lintRule } from './lintRule.ts';
import type { RuleContext } from './lintRule.ts';
import { lintReach } from './lintReach.ts';
import { lintRowsFrom } from './lintRows.ts';
import { columnsOf, inOrder, isLayout, orderOf, placesOf } from './outline.ts';
import type { PlacedField } from './outline.ts';

export interface Finding {
  /** Stable word for tests and help pages. */
  code: string;
  /** Field key, `table.column`, layout key or `checks.<id>`. */
  path: string;
  /** What is wrong and what to do, in Chinese. */
  message: string;
}

/** What exists around the form; what is left out is not checked. */
export interface Known {
  dictionaries?: readonly string[];
  sources?: readonly string[];
  articles?: readonly string[];
  /** Names rules may read under `env.`. */
  env?: readonly string[];
  /** What the dictionaries hold, so that a rule that asks for something else is found. */
  options?: Dictionaries;
  /** Forms a table may take its rows from. */
  forms?: readonly Form[];
}

export type Report = (code: string, path: string, message: string) => void;

const KEY = /^[a-z][A-Za-z0-9]{0,39}$/;
const RESERVED = ['row', 'env', 'option', 'constructor', 'prototype', 'toString', 'valueOf', 'hasOwnProperty'];
const MOST_FIELDS = 300;

/** Whether a form, field, column or layout may be named so. */
export function isKey(key: string): boolean {
  return KEY.test(key) && !RESERVED.includes(key);
}

/** Every mistake found, in reading order; an empty list means the form may be published. */
export function lint(form: Form, known: Known = {}): Finding[] {
  const findings: Finding[] = [];
  const report: Report = (code, path, message) => {
    findings.push({ code, path, message });
  };
  lintPlaces(form, report);
  const { fields } = placesOf(form);
  const byKey = new Map(fields.map((placed) => [placed.key, placed]));
  if (fields.length === 0) report('noFields', form.key, '表单里还没有字段，请至少加一个。');
  if (fields.length > MOST_FIELDS) report('tooManyFields', form.key, `一张表单最多${MOST_FIELDS}个字段，请拆分。`);
  for (const { key, field } of fields) lintField(key, field, known, report);
  for (const placed of fields) lintRowsFrom(form, placed, known.forms ?? [], report);
  const context = { fields: byKey, env: known.env, forms: known.forms, report };
  const sound = [
    ...lintNodeRules(form, context),
    ...(form.checks ?? []).map((check) => lintCheck(check, form, context)),
  ];
  if (sound.every(Boolean)) {
    lintCycles(fields, byKey, report);
    lintReach(form, known.options ?? {}, report);
  }
  if (JSON.stringify(form).includes('{{')) {
    report('expression', form.key, '表单里不能出现“{{”：条件和计算请用规则来写。');
  }
  return findings;
}

function lintPlaces(form: Form, report: Report): void {
  const seen = new Set<string>();
  const lintKey = (key: string, path: string): void => {
    if (!isKey(key)) {
      report('badKey', path, `字段名“${key}”不能用：须以小写字母开头，只含字母和数字，且不是保留字。`);
    }
  };
  const walk = (properties: Record<string, Node>, path: string): void => {
    const nodes = inOrder(properties);
    nodes.forEach(([key, node], at) => {
      lintKey(key, key);
      if (seen.has(key)) report('duplicateKey', key, `字段名“${key}”用了两次，其中一个的内容会丢失，请改名。`);
      seen.add(key);
      const index = node['x-index'];
      if (!Number.isInteger(index) || index === nodes[at - 1]?.[1]['x-index']) {
        report('duplicateIndex', key, `“${node.title}”和另一项排在同一个位置，请重新排序。`);
      }
      if (node.title.trim() === '') report('noTitle', key, `字段“${key}”没有名称，请填写。`);
      lintWords(key, node, report);
      if (!isLayout(node)) {
        for (const [column, cell] of columnsOf(node)) {
          lintKey(column, `${key}.${column}`);
          lintWords(`${key}.${column}`, cell, report);
          if (cell.title.trim() === '') report('noTitle', `${key}.${column}`, `列“${column}”没有名称，请填写。`);
        }
        return;
      }
      if (Object.keys(node.properties).length === 0)
        report('emptyLayout', key, `“${node.title}”里没有字段，请删除或补充。`);
      if (node['x-component'] === 'Section' && path !== '') {
        report('nestedSection', key, `分节“${node.title}”不能放在另一个分组里，请移到最外层。`);
      }
      if ((node['x-component'] === 'Columns') !== (node['x-columns'] !== undefined)) {
        report('badColumns', key, `“${node.title}”并排几列，由 Columns 的 x-columns 写明，且只写在那里。`);
      }
      walk(node.properties, key);
    });
  };
  walk(form.properties, '');
}

/** Titles and hints are shown as they are; what looks like markup is a mistake or an attempt. */
function lintWords(path: string, { title, description = '' }: Node, report: Report): void {
  if (/<\/?[a-z!]|&#?\w+;|javascript:/i.test(title + description)) {
    report('markup', path, `“${title.slice(0, 40)}”的名称或说明里有网页代码，请改成普通文字。`);
  }
}

type Shared = Pick<RuleContext, 'fields' | 'env' | 'forms' | 'report'>;

function lintNodeRules(form: Form, shared: Shared): boolean[] {
  const { fields, layouts } = placesOf(form);
  const sound: boolean[] = [];
  const judge = (
    rule: Rule | undefined,
    path: string,
    table: string | null,
    kind: 'visible' | 'question' | 'value' | 'default' | 'offered',
  ): void => {
    if (rule === undefined) return;
    const ctx: RuleContext = {
      ...shared,
      path,
      table,
      readsForm: kind !== 'default',
      readsOption: kind === 'offered',
      decidesVisibility: kind === 'visible',
    };
    sound.push(lintRule(rule, ctx, kind !== 'value' && kind !== 'default'));
  };
  const rulesOf = (field: Field, path: string, table: string | null): void => {
    judge(field['x-visible'], path, table, 'visible');
    judge(field['x-required'], path, table, 'question');
    judge(field['x-editable'], path, table, 'question');
    judge(field['x-value'], path, table, 'value');
    judge(field['x-default'], path, null, 'default');
    judge(field['x-offered'], path, table, 'offered');
  };
  layouts.forEach(({ layout }, key) => judge(layout['x-visible'], key, null, 'visible'));
  for (const { key, field } of fields) {
    rulesOf(field, key, null);
    for (const [column, cell] of columnsOf(field)) rulesOf(cell, `${key}.${column}`, key);
  }
  return sound;
}

function lintCheck(check: Check, form: Form, shared: Shared): boolean {
  const path = `checks.${check.id}`;
  const { report, fields } = shared;
  if ((form.checks ?? []).filter((other) => other.id === check.id).length > 1) {
    report('duplicateCheck', path, `核对规则“${check.id}”的编号用了两次，请改名。`);
  }
  if (check.each !== undefined && fields.get(check.each)?.field['x-component'] !== 'Table') {
    report('unknownTable', path, `核对规则“${check.id}”逐行核对的表格“${check.each}”不存在。`);
  }
  const place = (at: string): boolean => {
    const [key = '', column, more] = at.split('.');
    const field = fields.get(key)?.field;
    if (!field || more !== undefined) return false;
    return column === undefined || Object.prototype.hasOwnProperty.call(field.items?.properties ?? {}, column);
  };
  if (check.at.length === 0 || !check.at.every(place)) {
    report('unknownPlace', path, `核对规则“${check.id}”要指出的位置不存在，请选择字段。`);
  }
  if (check.each !== undefined && check.at[0]?.split('.')[0] !== check.each) {
    report('unknownPlace', path, `核对规则“${check.id}”逐行核对，第一个位置须是该表格或它的列。`);
  }
  const ctx: RuleContext = { ...shared, path, table: check.each ?? null, readsForm: true };
  const sound = lintRule(check.holds, ctx, true);
  return (check.when === undefined || lintRule(check.when, ctx, true)) && sound;
}

function lintCycles(fields: PlacedField[], byKey: Map<string, PlacedField>, report: Report): void {
  for (const cycle of orderOf(fields, byKey).cycles) {
    const names = cycle.map((path) => {
      const [key = '', column] = path.split('.');
      const field = byKey.get(key)?.field;
      return (column === undefined ? field?.title : field?.items?.properties[column]?.title) ?? path;
    });
    report('cycle', cycle[0] ?? '', `“${names.join('”→“')}”互相依赖，无法计算，请断开其中一处。`);
  }
}
