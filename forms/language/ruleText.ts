/** A rule read aloud in plain Chinese, fields by their titles: what stands on the page of all forms and in the designer. */
import type { Rule } from './dialect.ts';
import { OPERATORS } from './operators.ts';
import { nameRead, valueText } from './readText.ts';
import type { Named, Standing } from './readText.ts';
import { expressionOf } from './rule.ts';

export type { Standing } from './readText.ts';

/** The rule as a phrase without its full stop: `资金来源 的任一行 来源 为“上级转移支付”`. */
export function ruleText(rule: Rule, at: Standing): string {
  if (typeof rule === 'boolean') return rule ? '总是' : '从不';
  return asQuestion(rule, at);
}

/** A rule that gives a value: `单价 × 数量`; a literal is worded by the field it fills. */
export function computedText(rule: Rule, at: Standing, fills?: Named): string {
  return term(rule, at, fills ?? null);
}

type Reader = (args: Rule[], at: Standing) => string;

/** One reader for each operator; `ruleText.test.ts` holds the list against OPERATORS. */
export const READERS: Readonly<Record<string, Reader>> = {
  var: ([path = ''], at) => nameRead(plain(path), at).text,
  if: (args, at) => choices(args, at),
  and: (args, at) => joined('and', args, '，并且 ', at),
  or: (args, at) => joined('or', args, '，或者 ', at),
  '!': ([inner = null], at) => not(inner, at),
  '===': ([left = null, right = null], at) => equal(left, right, at, true),
  '!==': ([left = null, right = null], at) => equal(left, right, at, false),
  '<': (args, at) => compared(args, at, ['小于', '早于'], '（不含两端）'),
  '<=': (args, at) => compared(args, at, ['不大于', '不晚于'], '（含两端）'),
  '>': (args, at) => compared(args, at, ['大于', '晚于'], ''),
  '>=': (args, at) => compared(args, at, ['不小于', '不早于'], ''),
  '+': (args, at) => args.map((part) => term(part, at, heldIn(args, at))).join(' ＋ '),
  '-': ([first = null, second], at) =>
    second === undefined
      ? `负的 ${factor(first, at)}`
      : `${term(first, at, nameOf(second, at))} － ${factor(second, at, nameOf(first, at))}`,
  min: (args, at) => `${args.map((part) => term(part, at, heldIn(args, at))).join('、')} 中最小的`,
  max: (args, at) => `${args.map((part) => term(part, at, heldIn(args, at))).join('、')} 中最大的`,
  in: ([item = null, list = null], at) => within(item, list, at, true),
  cat: (args, at) => `${args.map((part) => term(part, at, null)).join('、')} 依次连写`,
  includes: ([list = null, item = null], at) =>
    `${term(list, at, null)} 包含${after(term(item, at, nameOf(list, at)))}`,
  times: ([left = null, right = null], at) => `${factor(left, at)} × ${factor(right, at)}`,
  percentOf: ([part = null, whole = null], at) => `${factor(part, at)} 占 ${factor(whole, at)} 的百分比`,
  sum: ([rows = null, column = null], at) => summed(rows, column, at),
  count: ([list = null], at) => `${term(list, at, null)} 的${countedIn(list, at)}`,
  someRow: (args, at) => rows(args, at, '的任一行'),
  everyRow: (args, at) => rows(args, at, '的每一行'),
  noRow: (args, at) => rows(args, at, '没有任何一行'),
  filled: ([field = null], at) => `${term(field, at, null)} 已填写`,
  length: ([field = null], at) =>
    `${term(field, at, null)} 的${nameOf(field, at)?.field?.type === 'array' ? countedIn(field, at) : '字数'}`,
  year: ([date = null], at) => `${term(date, at, null)} 的年份`,
  monthsBetween: ([from = null, to = null], at) => `${term(from, at, null)} 到 ${term(to, at, null)} 的月数`,
  daysBetween: ([from = null, to = null], at) => `${term(from, at, null)} 到 ${term(to, at, null)} 的天数`,
  plusDays: ([from = null, count = null], at) => later(from, count, at, '天'),
  plusMonths: ([from = null, count = null], at) => later(from, count, at, '个月'),
  workdaysBetween: ([from = null, to = null], at) => `${term(from, at, null)} 到 ${term(to, at, null)} 的工作日数`,
  plusWorkdays: ([from = null, count = null], at) => later(from, count, at, '个工作日'),
  lastOfYear: ([date = null], at) => `${term(date, at, null)} 当年的最后一天`,
};

const DATES = ['plusDays', 'plusMonths', 'plusWorkdays', 'lastOfYear'];
const SUMS = ['+', '-'];

/** What a share is held against is one too. */
const SHARE: Named = {
  text: '',
  date: false,
  field: { type: 'number', title: '', 'x-component': 'Percent', 'x-index': 1 },
};

function countedIn(list: Rule, at: Standing): string {
  return nameOf(list, at)?.field?.['x-component'] === 'Table' ? '行数' : '个数';
}

function asQuestion(rule: Rule, at: Standing): string {
  const name = operatorOf(rule);
  if (name === 'var') return `${term(rule, at, null)} 为“是”`;
  return typeof rule === 'boolean' ? ruleText(rule, at) : term(rule, at, null);
}

/** The phrase for a value; a literal is worded by what it is held against. */
function term(rule: Rule, at: Standing, held: Named | null): string {
  if (Array.isArray(rule)) return rule.map((item) => term(item, at, held)).join('、');
  const expression = expressionOf(rule);
  if (!expression) return valueText(rule, held, at);
  const reader = Object.prototype.hasOwnProperty.call(READERS, expression.name) ? READERS[expression.name] : undefined;
  return reader ? reader(expression.args, at) : expression.name;
}

/** Sums in brackets where a sum would be read wrong. */
function factor(rule: Rule, at: Standing, held: Named | null = null): string {
  const text = term(rule, at, held);
  return SUMS.indexOf(operatorOf(rule) ?? '') >= 0 ? `（${text}）` : text;
}

function operatorOf(rule: Rule): string | null {
  return Array.isArray(rule) ? null : (expressionOf(rule)?.name ?? null);
}

/** What a value is called that others are held against: a field, a sum of a column, or a sum of fields. */
function nameOf(rule: Rule, at: Standing): Named | null {
  const expression = Array.isArray(rule) ? null : expressionOf(rule);
  if (!expression) return null;
  const { name, args } = expression;
  const [first = null, second = null] = args;
  if (name === 'var') return nameRead(plain(first), at);
  if (name === 'sum') return typeof second === 'string' ? nameRead(`${pathOf(first)}.${second}`, at) : null;
  if (DATES.indexOf(name) >= 0) return { text: '', date: true };
  if (SUMS.indexOf(name) >= 0 || name === 'min' || name === 'max') return heldIn(args, at);
  if (name === 'percentOf') return SHARE;
  return name === 'times' ? nameOf(first, at) : null;
}

function heldIn(args: Rule[], at: Standing): Named | null {
  return args.map((part) => nameOf(part, at)).find((found) => found !== null) ?? null;
}

/** Paths and columns stand in a rule as plain text. */
function plain(rule: Rule): string {
  return typeof rule === 'string' || typeof rule === 'number' ? String(rule) : '';
}

function pathOf(rule: Rule): string {
  const expression = Array.isArray(rule) ? null : expressionOf(rule);
  return expression?.name === 'var' ? plain(expression.args[0] ?? '') : '';
}

/** A quoted value follows its word directly, anything else after a space. */
function after(text: string): string {
  return text.charAt(0) === '“' ? text : ` ${text}`;
}

/** Whether the rule is a condition of its own, not something read. */
function isCondition(rule: Rule): boolean {
  return OPERATORS[operatorOf(rule) ?? '']?.gives === 'question';
}

function equal(left: Rule, right: Rule, at: Standing, same: boolean): string {
  if (isCondition(left) || isCondition(right)) {
    return `（${asQuestion(left, at)}）与（${asQuestion(right, at)}）${same ? '一致' : '不一致'}`;
  }
  if (right === null) return `${term(left, at, null)} ${same ? '没有填写' : '已填写'}`;
  const [one, other] = [term(left, at, nameOf(right, at)), term(right, at, nameOf(left, at))];
  return `${one} ${same ? '为' : '不为'}${after(other)}`;
}

function compared(args: Rule[], at: Standing, [bigger, sooner]: [string, string], ends: string): string {
  const held = heldIn(args, at);
  const isDate = args.some((part) => nameOf(part, at)?.date === true);
  const words = args.map((part) => term(part, at, held));
  const [first = '', second = '', third] = words;
  if (third !== undefined) return `${second} 在 ${first} 与 ${third} 之间${ends}`;
  return `${first} ${isDate ? sooner : bigger} ${second}`;
}

function within(item: Rule, list: Rule, at: Standing, yes: boolean): string {
  if (!Array.isArray(list))
    return `${term(list, at, null)} ${yes ? '' : '不'}包含${after(term(item, at, nameOf(list, at)))}`;
  const held = nameOf(item, at);
  const words = list.map((one) => term(one, at, held));
  if (words.length === 1) return `${term(item, at, null)} ${yes ? '为' : '不为'}${after(words[0] ?? '')}`;
  return `${term(item, at, null)} ${yes ? '为' : '不为'}${after(words.join('、'))} ${yes ? '之一' : '中的任何一个'}`;
}

function not(inner: Rule, at: Standing): string {
  const expression = Array.isArray(inner) ? null : expressionOf(inner);
  const [first = null, second = null] = expression?.args ?? [];
  switch (expression?.name) {
    case 'filled':
      return `${term(first, at, null)} 没有填写`;
    case 'in':
      return within(first, second, at, false);
    case 'includes':
      return within(second, first, at, false);
    case 'var':
      return `${term(inner, at, null)} 不为“是”`;
    default:
      return `并非（${asQuestion(inner, at)}）`;
  }
}

/** `and` inside `or`, and the other way round, stands in brackets. */
function joined(name: 'and' | 'or', args: Rule[], word: string, at: Standing): string {
  return args
    .map((part) => {
      const inner = operatorOf(part);
      const text = asQuestion(part, at);
      return inner === 'if' || ((inner === 'and' || inner === 'or') && inner !== name) ? `（${text}）` : text;
    })
    .join(word);
}

function choices(args: Rule[], at: Standing): string {
  const said: string[] = [];
  let place = 0;
  for (; place + 1 < args.length; place += 2) {
    said.push(`当 ${asQuestion(args[place] ?? null, at)} 时为 ${term(args[place + 1] ?? null, at, null)}`);
  }
  if (place < args.length) said.push(`否则为 ${term(args[place] ?? null, at, null)}`);
  return said.join('；');
}

function summed(table: Rule, column: Rule, at: Standing): string {
  const inner: Standing = { ...at, table: pathOf(table) };
  return `${term(table, at, null)} 各行 ${nameRead(`row.${plain(column)}`, inner).text} 合计`;
}

function rows([table = null, test = null]: Rule[], at: Standing, which: string): string {
  const inner: Standing = { ...at, table: pathOf(table) };
  const text = asQuestion(test, inner);
  const several = ['and', 'or', 'if'].indexOf(operatorOf(test) ?? '') >= 0;
  return `${term(table, at, null)} ${which} ${several ? `（${text}）` : text}`;
}

function later(from: Rule, count: Rule, at: Standing, unit: string): string {
  const back = typeof count === 'number' && count < 0;
  const amount = back ? String(-count) : term(count, at, null);
  return `${term(from, at, null)} 之${back ? '前' : '后'} ${amount} ${unit}`;
}
