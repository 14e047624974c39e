/** What a rule reads, called by its name; and plain values as the field they are held against shows them. */
import { optionsOf } from './components.ts';
import type { Dictionaries, Field, Form, Json } from './dialect.ts';
import { formatMoney } from './format.ts';
import { columnsOf, outlineOf } from './outline.ts';

/** Where a rule stands, for those who read it aloud. */
export interface Standing {
  form: Form;
  dictionaries: Dictionaries;
  /** The table whose row the rule is judged in. */
  table?: string | null;
  /** Forms of earlier stages, so that what is read of them has a name. */
  forms?: readonly Form[];
}

const ENVIRONMENT: Readonly<Record<string, string>> = {
  today: '今天',
  planYears: '开放申报的年度',
  round: '第几次提交',
  step: '当前环节',
  decision: '本次处理',
  workdays: '工作日历',
  unit: '本单位',
  'unit.code': '本单位',
  'unit.name': '本单位名称',
  'unit.uscc': '本单位统一社会信用代码',
  'unit.type': '本单位性质',
  person: '填表人',
  'person.id': '填表人',
  'person.name': '填表人姓名',
  'person.phone': '填表人电话',
  initiator: '发起人',
  project: '本项目',
  'project.no': '项目编号',
  'project.title': '项目名称',
};

/** Words of the environment that are not choices of a field, by the name they are read under. */
const WORDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  本次处理: { submit: '提交', approve: '同意', return: '退回', reject: '不同意' },
  当前环节: { initiator: '发起人填写' },
};

const PARTS: Readonly<Record<string, string>> = { start: '的开始日期', end: '的结束日期', id: '', label: '' };

/** What stands at a path: its name, and the field it is, where it is one. */
export interface Named {
  text: string;
  field?: Field;
  /** Whether it holds a date: earlier and later, not smaller and larger. */
  date: boolean;
}

/** The name of a read path; the path itself where nothing of the form stands there, which the linter refuses. */
export function nameRead(path: string, at: Standing): Named {
  const [head = '', ...rest] = path.split('.');
  if (head === 'env') return inEnvironment(rest, at);
  if (head === 'option') return { text: rest[0] === 'parent' ? '选项的上级' : '选项', date: false };
  if (head === 'row') return inRow(rest, at);
  return inForm(head, rest, at.form) ?? { text: path, date: false };
}

function inForm(key: string, rest: string[], form: Form): Named | null {
  const field = outlineOf(form).byKey.get(key)?.field;
  if (!field) return null;
  const column = rest[0] === undefined ? undefined : columnsOf(field).find(([name]) => name === rest[0])?.[1];
  if (column) return named(`${field.title} 的 ${column.title}`, column, rest.slice(1));
  return named(field.title, field, rest);
}

function named(title: string, field: Field, parts: string[]): Named {
  const part = parts[0];
  const date = field['x-component'] === 'Date' || (field['x-component'] === 'DateRange' && part !== undefined);
  return { text: part === undefined ? title : `${title}${PARTS[part] ?? ` 的 ${part}`}`, field, date };
}

function inRow(rest: string[], at: Standing): Named {
  const table = outlineOf(at.form).byKey.get(at.table ?? '')?.field;
  const column = table && columnsOf(table).find(([name]) => name === rest[0])?.[1];
  if (column) return named(column.title, column, rest.slice(1));
  // Over a list of plain values the row is the value itself, worded by the options of the list.
  return { text: rest.length === 0 ? '该项' : rest.join('.'), date: false, ...(table ? { field: table } : {}) };
}

function inEnvironment(rest: string[], at: Standing): Named {
  const [first = '', key = '', name = '', ...more] = rest;
  const known = ENVIRONMENT[rest.join('.')];
  if (known !== undefined) return { text: known, date: first === 'today' };
  if (first !== 'earlier') return { text: `${ENVIRONMENT[first] ?? first}的 ${rest.slice(1).join('.')}`, date: false };
  const form = (at.forms ?? []).find((one) => one.key === key);
  const there = form && inForm(name, more, form);
  if (!form || !there) return { text: `前序表单 ${rest.slice(1).join('.')}`, date: false };
  return { ...there, text: `《${form.title}》的 ${there.text}` };
}

/** A plain value, worded by the field it is held against: an option by its label, fen as 万元. */
export function valueText(value: Json, held: Named | null, at: Standing): string {
  const field = held?.field;
  if (value === null) return '空';
  if (Array.isArray(value)) return value.map((item) => valueText(item, held, at)).join('、');
  if (typeof value === 'boolean') return value ? '“是”' : '“否”';
  if (typeof value === 'number') return numberText(value, field);
  if (typeof value === 'object')
    return Object.values(value)
      .map((item) => valueText(item, held, at))
      .join('、');
  return quoted(WORDS[held?.text ?? '']?.[value] ?? labelOf(value, field, at));
}

/** Quotation marks inside a quotation are single ones. */
function quoted(text: string): string {
  return `“${text.replace(/“/g, '‘').replace(/”/g, '’')}”`;
}

function numberText(value: number, field: Field | undefined): string {
  if (!field) return String(value);
  switch (field['x-component']) {
    case 'Money':
      return `${formatMoney(value)} 万元`;
    case 'Percent':
      return `${value}%`;
    case 'Year':
      return `${value} 年`;
    default:
      return field['x-unit'] ? `${value} ${field['x-unit']}` : String(value);
  }
}

function labelOf(value: string, field: Field | undefined, at: Standing): string {
  const options = field ? (optionsOf(field, at.dictionaries) ?? []) : [];
  return options.find((option) => option.value === value)?.label ?? value;
}
