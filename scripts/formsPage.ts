/** The page of all forms: every field and check of every form, in words and in reading order. */
import { COMPONENTS, decimalsOf, isSensitive, limitsOf, optionsOf } from '../forms/language/components.ts';
import type { Check, ComponentName, Dictionaries, Field, Form, Json, Layout } from '../forms/language/dialect.ts';
import { formatMoney, formatValue } from '../forms/language/format.ts';
import { columnsOf, fieldsOf, type PlacedField } from '../forms/language/outline.ts';
import { nameRead } from '../forms/language/readText.ts';
import { computedText, ruleText, type Standing } from '../forms/language/ruleText.ts';

const KINDS: Record<ComponentName, string> = {
  Text: '文本',
  TextArea: '长文本',
  Integer: '整数',
  Number: '数字',
  Money: '金额（万元）',
  Percent: '百分比',
  Year: '年度',
  Date: '日期',
  DateRange: '起止日期',
  Boolean: '是否',
  Select: '单选',
  MultiSelect: '多选',
  Cascade: '逐级选择',
  Unit: '单位',
  Units: '多个单位',
  User: '人员',
  Seat: '席位',
  Phone: '电话',
  Uscc: '统一社会信用代码',
  IdCard: '身份证号',
  Files: '附件',
  Signature: '手写签名',
  Reference: '关联记录',
  Auto: '系统填写',
  Note: '说明文字',
  Table: '表格',
};

/** Where a form stands on the page: its text, and the folder and file it is written in. */
export interface PrintedForm {
  form: Form;
  file: string;
}

/** The whole page, before prettier. `title` of the regulation heads the article numbers. */
export function formsPage(printed: readonly PrintedForm[], dictionaries: Dictionaries): string {
  const forms = printed.map(({ form }) => form);
  const parts = printed.map(({ form, file }) => formPart(form, file, { form, dictionaries, forms }));
  return [
    '# 表单一览',
    '由 `npm run forms:docs` 根据 `forms/stages` 生成，不要手改；改了表单之后重新生成。',
    '每张表单按填写顺序列出全部栏目：必填一列，●为必填，◐为有条件必填，○为选填，－为不由人填写。“依据”是《办法》的条号；没有条号的是填写常识或内部要求，不是《办法》的规定。',
    table(
      ['表单', '键', '栏目', '核对', '依据'],
      forms.map((form) => [
        form.title,
        `\`${form.key}\``,
        String(fieldsOf(form).length),
        String((form.checks ?? []).length),
        articles(form.articles),
      ]),
    ),
    ...parts,
  ].join('\n\n');
}

function formPart(form: Form, file: string, at: Standing): string {
  const sections = new Map<string, PlacedField[]>();
  for (const placed of fieldsOf(form)) {
    const title = placed.section?.title ?? '';
    sections.set(title, [...(sections.get(title) ?? []), placed]);
  }
  const parts = [
    `## ${form.title}`,
    `\`${form.key}\`，简称 ${form.abbreviation}，见 \`${file}\`，依据${articles(form.articles)}。`,
  ];
  if (form.description) parts.push(form.description);
  for (const [title, fields] of sections) {
    if (title !== '') parts.push(`**${title}**`);
    const rows = fields.flatMap((placed) => fieldRows(placed, at));
    parts.push(table(['栏目', '键', '类型', '必填', '规则', '依据'], rows));
  }
  if ((form.checks ?? []).length > 0) {
    parts.push(
      '**核对**',
      table(
        ['编号', '级别', '什么时候不通过', '提示', '依据'],
        (form.checks ?? []).map((check) => checkRow(check, at)),
      ),
    );
  }
  return parts.join('\n\n');
}

function fieldRows({ key, field, layouts }: PlacedField, at: Standing): string[][] {
  const inRow: Standing = { ...at, table: key };
  return [
    row(field.title, key, field, [...layoutRules(layouts, at), ...rulesOf(field, key, at)], at),
    ...columnsOf(field).map(([column, cell]) =>
      row(`└ ${cell.title}`, `${key}.${column}`, cell, rulesOf(cell, `row.${column}`, inRow), inRow),
    ),
  ];
}

const row = (title: string, key: string, field: Field, rules: string[], at: Standing): string[] => [
  title,
  `\`${key}\``,
  KINDS[field['x-component']],
  markOf(field),
  [...rules, ...requiredRule(field, at)].join('；'),
  field['x-article'] ? articles([field['x-article']]) : '',
];

function markOf(field: Field): string {
  if (field['x-value'] !== undefined || field['x-component'] === 'Auto' || field['x-component'] === 'Note') return '－';
  const asked = field['x-required'] ?? false;
  if (asked === true) return '●';
  return asked === false ? '○' : '◐';
}

function requiredRule(field: Field, at: Standing): string[] {
  const asked = field['x-required'];
  return asked === undefined || typeof asked === 'boolean' ? [] : [`当 ${ruleText(asked, at)} 时必填`];
}

const layoutRules = (layouts: readonly Layout[], at: Standing): string[] =>
  layouts.flatMap((layout) =>
    layout['x-visible'] === undefined ? [] : [`“${layout.title}”只在 ${ruleText(layout['x-visible'], at)} 时出现`],
  );

function rulesOf(field: Field, path: string, at: Standing): string[] {
  const held = nameRead(path, at);
  const said: string[] = [];
  const { 'x-visible': visible, 'x-editable': editable, 'x-value': computed, 'x-default': starts } = field;
  if (visible !== undefined) said.push(`只在 ${ruleText(visible, at)} 时出现`);
  if (computed !== undefined) said.push(`计算：${computedText(computed, at, held)}`);
  if (starts !== undefined) said.push(`初值：${computedText(starts, at, held)}`);
  if (editable === false) said.push('不可改');
  else if (editable !== undefined && editable !== true) said.push(`只在 ${ruleText(editable, at)} 时可改`);
  if (field['x-offered'] !== undefined) said.push(`只列出符合条件的选项：${ruleText(field['x-offered'], at)}`);
  return [...said, ...limits(field), ...choices(field, at.dictionaries), ...given(field, at.dictionaries)];
}

function limits(field: Field): string[] {
  const { minLength, maxLength, minItems, maxItems, minimum, maximum } = field;
  const { 'x-files': files, 'x-totals': totals, 'x-unit': unit } = field;
  const name = field['x-component'];
  const counted = name === 'Table' ? '行' : name === 'Files' ? '个文件' : '项';
  const amount = (value: number): string => (name === 'Money' ? `${formatMoney(value)} 万元` : `${value}${unit ?? ''}`);
  const columns = new Map(columnsOf(field));
  return [
    minLength === undefined ? '' : `至少 ${minLength} 字`,
    maxLength === undefined ? '' : `最多 ${maxLength} 字`,
    minItems === undefined ? '' : `至少 ${minItems} ${counted}`,
    maxItems === undefined ? '' : `最多 ${maxItems} ${counted}`,
    minimum === undefined ? '' : `不小于 ${amount(minimum)}`,
    maximum === undefined ? '' : `不大于 ${amount(maximum)}`,
    field.pattern === undefined ? '' : '按规定格式填写',
    name === 'Number' && field['x-decimals'] !== undefined ? `最多 ${decimalsOf(field)} 位小数` : '',
    unit === undefined ? '' : `单位：${unit}`,
    files ? `收 ${files.extensions.join('、')}，每个不超过 ${Math.floor(files.maxBytes / 1_000_000)} MB` : '',
    totals ? `合计：${totals.map((total) => columns.get(total)?.title ?? total).join('、')}` : '',
    isSensitive(field) ? '加密保存、脱敏显示' : '',
    COMPONENTS[name].options && limitsOf(field).maxItems === undefined && name === 'MultiSelect' ? '可多选' : '',
  ].filter((text) => text !== '');
}

/** A long list is in its dictionary; units are the whole district. */
const MOST_LABELS = 30;

function choices(field: Field, dictionaries: Dictionaries): string[] {
  const name = field['x-component'];
  if (name === 'Unit' || name === 'Units') return field['x-dictionary'] ? [] : ['从全区单位中选'];
  const labels = (optionsOf(field, dictionaries) ?? []).map(({ label }) => label);
  if (labels.length === 0) return [];
  const more = labels.length > MOST_LABELS ? `等 ${labels.length} 项` : '';
  return [`选项：${labels.slice(0, MOST_LABELS).join('、')}${more}`];
}

function given(field: Field, dictionaries: Dictionaries): string[] {
  const from = field['x-rows-from'];
  if (from) return [`逐行取自表单 ${from.form} 的 ${from.table}`];
  const rows = field['x-rows'];
  if (!rows) return [];
  const columns = new Map(columnsOf(field));
  const cell = (column: string, value: Json | undefined): string => {
    const one = columns.get(column);
    return one ? formatValue(one, value, dictionaries) : '';
  };
  const [first = ''] = Object.keys(rows[0] ?? {});
  return [`固定 ${rows.length} 行：${rows.map((one) => cell(first, one[first])).join('、')}`];
}

function checkRow(check: Check, at: Standing): string[] {
  const inRow: Standing = { ...at, table: check.each ?? null };
  const each = check.each === undefined ? '' : `${nameRead(check.each, at).text} 逐行：`;
  const when = check.when === undefined ? '' : `当 ${ruleText(check.when, inRow)} 时，`;
  return [
    `\`${check.id}\``,
    check.level === 'block' ? '拦截' : '提醒',
    `${each}${when}须 ${ruleText(check.holds, inRow)}`,
    check.message,
    check.article ? articles([check.article]) : '',
  ];
}

const articles = (numbers: readonly string[]): string => (numbers.length === 0 ? '' : `第 ${numbers.join('、')} 条`);

const escaped = (cell: string): string =>
  cell.replace(/\s*\n\s*/g, ' ').replace(/[\\|*_<>[\]]/g, (mark) => `\\${mark}`);

/** Names in `code` stand as they are. */
const cellText = (cell: string): string => (/^`[^`]*`$/.test(cell) ? cell : escaped(cell));

const table = (head: string[], rows: string[][]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.map(cellText).join(' | ')} |`).join('\n');
