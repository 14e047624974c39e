/** Findings about one field by itself: its component and the keywords beside it. */
import { COMPONENTS, limitsOf } from './components.ts';
import type { ComponentName, Data, Field, Option } from './dialect.ts';
import type { Known, Report } from './lint.ts';
import { columnsOf, inOrder } from './outline.ts';
import { patternFault } from './pattern.ts';

const TEXTS: ComponentName[] = ['Text', 'TextArea'];
const NUMBERS: ComponentName[] = ['Integer', 'Number', 'Money', 'Percent', 'Year'];
const LISTS: ComponentName[] = ['MultiSelect', 'Units', 'Files', 'Table'];

/** Which components a keyword belongs to; elsewhere it would be ignored, which its author did not mean. */
const BELONGS: Record<string, readonly ComponentName[]> = {
  'x-options': ['Select', 'MultiSelect', 'Cascade'],
  'x-dictionary': ['Select', 'MultiSelect', 'Cascade', 'Unit', 'Units'],
  'x-offered': ['Select', 'MultiSelect', 'Cascade', 'Unit', 'Units'],
  'x-text': ['Note'],
  'x-sensitive': ['Text', 'TextArea', 'Phone', 'IdCard'],
  'x-source': ['Reference'],
  'x-files': ['Files'],
  'x-totals': ['Table'],
  'x-rows': ['Table'],
  'x-rows-from': ['Table'],
  items: ['Table'],
  'x-decimals': ['Number', 'Percent'],
  minLength: TEXTS,
  maxLength: TEXTS,
  pattern: ['Text'],
  minimum: NUMBERS,
  maximum: NUMBERS,
  minItems: LISTS,
  maxItems: LISTS,
};

const PATTERN_FAULTS = {
  invalid: '格式规则无法识别，请检查括号和转义。',
  notAnchored: '格式规则须以 ^ 开头、以 $ 结尾，否则只要有一部分符合就会通过。',
  notPortable: '格式规则用了手机或服务器不支持的写法（如前后断言、反向引用、\\s、\\u），请换一种写法。',
  couldHang: '格式规则里的重复相互嵌套，遇到特殊内容会卡死，请简化。',
};

/** Lints a field, or a column when `path` names one, and its columns. */
export function lintField(path: string, field: Field, known: Known, report: Report): void {
  const component = Object.prototype.hasOwnProperty.call(COMPONENTS, field['x-component'])
    ? COMPONENTS[field['x-component']]
    : undefined;
  if (!component) return report('unknownComponent', path, `没有“${field['x-component']}”这种组件。`);
  if (component.types.indexOf(field.type) < 0) {
    report('wrongType', path, `“${field.title}”的类型应为 ${component.types.join(' 或 ')}，写成了 ${field.type}。`);
  }
  for (const [keyword, components] of Object.entries(BELONGS)) {
    if (
      (field as unknown as Record<string, unknown>)[keyword] !== undefined &&
      !components.includes(field['x-component'])
    ) {
      report('misplacedKeyword', path, `“${field.title}”上的 ${keyword} 对这种组件不起作用，请去掉。`);
    }
  }
  if (
    field['x-value'] !== undefined &&
    (field['x-default'] ?? field['x-editable'] ?? field['x-required']) !== undefined
  ) {
    report('computedAndTyped', path, `“${field.title}”由系统计算，不能再有初始值、必填或可编辑条件。`);
  }
  if (field['x-component'] === 'Note') {
    const asks = [field['x-required'], field['x-editable'], field['x-value'], field['x-default']];
    if (field['x-text'] === undefined) report('noText', path, `说明“${field.title}”没有内容，请填写。`);
    if (asks.some((rule) => rule !== undefined)) {
      report('misplacedKeyword', path, `说明“${field.title}”不填写内容，不能有必填、可编辑、计算或初始值。`);
    }
  }
  lintChoices(path, field, known, report);
  lintLimits(path, field, report);
  if (field['x-component'] === 'Table') lintTable(path, field, known, report);
  if (field['x-source'] !== undefined && known.sources && !known.sources.includes(field['x-source'])) {
    report('unknownSource', path, `“${field.title}”引用的数据来源“${field['x-source']}”不存在。`);
  }
  if (field['x-component'] === 'Reference' && field['x-source'] === undefined) {
    report('noSource', path, `“${field.title}”没有指定从哪里选取，请补充数据来源。`);
  }
  if (field['x-article'] !== undefined && known.articles && !known.articles.includes(field['x-article'])) {
    report('unknownArticle', path, `“${field.title}”的依据条款“${field['x-article']}”不在《办法》中。`);
  }
}

function lintChoices(path: string, field: Field, known: Known, report: Report): void {
  const { 'x-options': options, 'x-dictionary': dictionary } = field;
  if (!COMPONENTS[field['x-component']].options) return;
  const byItself = field['x-component'] === 'Unit' || field['x-component'] === 'Units';
  if (options === undefined && dictionary === undefined && !byItself) {
    report('noOptions', path, `“${field.title}”没有可选项，请列出选项或指定字典。`);
  }
  if (options !== undefined && dictionary !== undefined) {
    report('twoOptionSources', path, `“${field.title}”既列了选项又指定了字典，请只留一个。`);
  }
  if (options?.length === 0) report('noOptions', path, `“${field.title}”没有可选项，请列出选项或指定字典。`);
  const values = (options ?? []).map((option) => option.value);
  if (options !== undefined && field['x-component'] === 'Cascade') lintCascade(path, field, options, report);
  if (values.some((value, at) => values.indexOf(value) !== at)) {
    report('duplicateOption', path, `“${field.title}”有两个选项的值相同。`);
  }
  if (dictionary !== undefined && known.dictionaries && !known.dictionaries.includes(dictionary)) {
    report('unknownDictionary', path, `“${field.title}”引用的字典“${dictionary}”不存在。`);
  }
}

/** Every option hangs under one that exists, and none under itself. */
function lintCascade(path: string, field: Field, options: Option[], report: Report): void {
  const above = new Map(options.map(({ value, parent }) => [value, parent]));
  for (const { value, label } of options) {
    const seen = new Set<string>();
    let at: string | undefined = value;
    while (at !== undefined && !seen.has(at) && above.has(at)) {
      seen.add(at);
      at = above.get(at);
    }
    if (at === undefined) continue;
    report('badCascade', path, `“${field.title}”的选项“${label}”的上级不存在，或转了一圈又回到自己，请核对。`);
  }
}

function lintLimits(path: string, field: Field, report: Report): void {
  const limits = limitsOf(field);
  const pairs: [number | undefined, number | undefined][] = [
    [limits.minLength, limits.maxLength],
    [limits.minimum, limits.maximum],
    [limits.minItems, limits.maxItems],
  ];
  if (pairs.some(([least, most]) => least !== undefined && most !== undefined && least > most)) {
    report('impossibleLimits', path, `“${field.title}”的下限大于上限，没有内容能通过。`);
  }
  const caps = COMPONENTS[field['x-component']];
  if (
    (field.maxItems ?? 0) > 200 ||
    (field.maxLength ?? 0) > 20_000 ||
    (field.maximum ?? 0) > (caps.widest ?? caps.maximum ?? Infinity)
  ) {
    report('limitTooHigh', path, `“${field.title}”的上限超出系统能保证的范围，请调低。`);
  }
  if (field.pattern === undefined) return;
  const fault = patternFault(field.pattern);
  if (fault) report('badPattern', path, `“${field.title}”的${PATTERN_FAULTS[fault]}`);
  if ((limits.maxLength ?? 0) > 200) report('badPattern', path, `“${field.title}”有格式规则，字数上限不能超过200。`);
}

function lintTable(path: string, table: Field, known: Known, report: Report): void {
  const columns = table.items?.properties ?? {};
  const has = (name: string): boolean => Object.prototype.hasOwnProperty.call(columns, name);
  if (Object.keys(columns).length === 0) report('noColumns', path, `表格“${table.title}”没有列，请至少加一列。`);
  for (const [column, cell] of inOrder(columns)) {
    const place = `${path}.${column}`;
    if (COMPONENTS[cell['x-component']]?.column === false) {
      report('notAColumn', place, `“${cell.title}”这种组件不能放在表格里，请移到表格外。`);
    } else {
      lintField(place, cell, known, report);
    }
  }
  for (const total of table['x-totals'] ?? []) {
    const cell = has(total) ? columns[total] : undefined;
    if (!cell || !NUMBERS.includes(cell['x-component'])) {
      report('badTotal', path, `表格“${table.title}”的合计列“${total}”不存在或不是数字。`);
    }
  }
  const unknown = (table['x-rows'] ?? []).some((row) => Object.keys(row).some((name) => !has(name)));
  if (unknown) report('badRows', path, `表格“${table.title}”的固定行里有不存在的列。`);
  if (!rowsDiffer(table['x-rows'] ?? [])) {
    report('badRows', path, `表格“${table.title}”有两个固定行分不清，请让每行的固定内容各不相同。`);
  }
  if ((table['x-rows']?.length ?? 0) > (limitsOf(table).maxItems ?? 0)) {
    report('badRows', path, `表格“${table.title}”的固定行超过了行数上限。`);
  }
  const sorted = columnsOf(table).map(([, cell]) => cell['x-index']);
  if (sorted.some((index, at) => !Number.isInteger(index) || index === sorted[at - 1])) {
    report('duplicateIndex', path, `表格“${table.title}”有两列排在同一个位置，请重新排序。`);
  }
}

/** Rows are told apart by the cells the form gives; none may fit where another belongs. */
function rowsDiffer(rows: Data[]): boolean {
  return rows.every((row, at) =>
    rows.every((other, index) => at === index || Object.keys(row).some((column) => row[column] !== other[column])),
  );
}
