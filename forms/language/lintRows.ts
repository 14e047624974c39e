/** Findings about a table whose rows come from another form (`x-rows-from`). */
import type { Field, Form } from './dialect.ts';
import type { Report } from './lint.ts';
import { columnsOf, fieldsOf } from './outline.ts';
import type { PlacedField } from './outline.ts';

/** Lints such a table of this form; the source is looked for in `forms`, where these are known. */
export function lintRowsFrom(form: Form, { key, field }: PlacedField, forms: readonly Form[], report: Report): void {
  const from = field['x-rows-from'];
  if (!from) return;
  const say = (path: string, message: string): void => report('badRowsFrom', path, message);
  const name = `表格“${field.title}”`;
  if (field['x-rows'] !== undefined) {
    report('twoRowSources', key, `${name}既有固定行又从别的表单取行，请只留一个。`);
  }
  if (from.form === form.key) say(key, `${name}不能从本表单取行，请指定同一事项的另一张表单。`);
  if (field['x-required'] !== undefined || field.minItems !== undefined) {
    say(key, `${name}的行由“${from.form}”决定，填表人加不了行，不能要求必填或最少行数。`);
  }
  const columns = new Map(columnsOf(field));
  const pairs = Object.entries(from.columns);
  if (pairs.length === 0) say(key, `${name}没有写明从别的表单取哪些列，第一列用来区分各行。`);
  for (const [here] of pairs) {
    const cell = columns.get(here);
    if (!cell) say(`${key}.${here}`, `${name}要从别的表单取的列“${here}”不存在，请改名或补上这一列。`);
    else if (isAnswered(cell)) {
      say(`${key}.${here}`, `“${cell.title}”取自别的表单，不能再由系统计算、设初始值，或写可见、必填、可编辑条件。`);
    }
  }
  const strayDefault = columnsOf(field).find(([, cell]) => cell['x-default'] !== undefined);
  if (strayDefault && !(strayDefault[0] in from.columns)) {
    say(`${key}.${strayDefault[0]}`, `“${strayDefault[1].title}”所在的行取自别的表单，不能有初始值。`);
  }
  if (forms.length > 0 && from.form !== form.key) lintSource(key, field, forms, say);
}

/** Whether the column would also be filled in, computed or hidden here. */
function isAnswered(cell: Field): boolean {
  const rules = [cell['x-value'], cell['x-default'], cell['x-visible'], cell['x-required'], cell['x-editable']];
  return cell['x-component'] === 'Auto' || rules.some((rule) => rule !== undefined);
}

function lintSource(
  key: string,
  field: Field,
  forms: readonly Form[],
  say: (path: string, message: string) => void,
): void {
  const from = field['x-rows-from'];
  const source = forms.find((form) => form.key === from?.form);
  const table = source && fieldsOf(source).find((placed) => placed.key === from?.table)?.field;
  if (!from || table?.['x-component'] !== 'Table') {
    return say(key, `表格“${field.title}”要从表单“${from?.form}”的表格“${from?.table}”取行，那里没有这张表格。`);
  }
  const there = new Map(columnsOf(table));
  for (const [here, column] of Object.entries(from.columns)) {
    const cell = new Map(columnsOf(field)).get(here);
    const given = there.get(column);
    if (!given) say(`${key}.${here}`, `“${table.title}”里没有列“${column}”，请改成那里有的列。`);
    else if (cell && !isSameKind(cell, given)) {
      say(`${key}.${here}`, `“${cell.title}”和“${table.title}”的“${given.title}”不是同一种内容，取过来会显示错。`);
    }
  }
}

function isSameKind(here: Field, there: Field): boolean {
  return here['x-component'] === there['x-component'] && here['x-dictionary'] === there['x-dictionary'];
}
