/** Findings about one rule: its operators, what it reads, and whether it answers what it is asked. */
import type { Field, Form, Rule } from './dialect.ts';
import type { Report } from './lint.ts';
import { placesOf } from './outline.ts';
import type { PlacedField } from './outline.ts';
import { OPERATORS } from './operators.ts';
import { expressionOf } from './rule.ts';

export interface RuleContext {
  /** Where the rule stands, for the finding. */
  path: string;
  fields: Map<string, PlacedField>;
  /** Names a rule may read under `env.`; absent means any. */
  env?: readonly string[];
  /** Table whose row the rule stands in. */
  table: string | null;
  /** Whether the form itself may be read; default values are made before there is any data. */
  readsForm: boolean;
  /** Whether it is asked of each choice (`x-offered`). */
  readsOption?: boolean;
  /** Whether it decides what is shown. */
  decidesVisibility?: boolean;
  /** The district's forms, where they are known. */
  forms?: readonly Form[];
  report: Report;
}

const DEEPEST = 20;
const NUMBERS = ['Integer', 'Number', 'Money', 'Percent', 'Year'];

/** Lints a rule; `question` when its value must be true or false. Returns whether the rule can be evaluated at all. */
export function lintRule(rule: Rule, ctx: RuleContext, question: boolean): boolean {
  const sound = walk(rule, ctx, 0);
  if (sound && question && !isQuestion(rule, ctx)) {
    ctx.report('notAQuestion', ctx.path, '这里需要一个“是或否”的条件，请用比较或“已填写”等判断。');
  }
  return sound;
}

function walk(rule: Rule, ctx: RuleContext, depth: number): boolean {
  if (rule === null || typeof rule !== 'object') return true;
  if (depth > DEEPEST) {
    ctx.report('ruleTooDeep', ctx.path, `条件嵌套超过${DEEPEST}层，请拆成几条。`);
    return false;
  }
  if (Array.isArray(rule)) return rule.map((item) => walk(item, ctx, depth + 1)).every(Boolean);
  if (Object.keys(rule).length !== 1) {
    ctx.report('badRule', ctx.path, '一个条件对象里只能有一个运算符。');
    return false;
  }
  const { name, args } = expressionOf(rule) ?? { name: '', args: [] };
  const operator = Object.prototype.hasOwnProperty.call(OPERATORS, name) ? OPERATORS[name] : undefined;
  if (!operator) {
    ctx.report('unknownOperator', ctx.path, `运算符“${name}”不在允许的清单里。`);
    return false;
  }
  // JsonLogic reads a lone condition as its own value; here its author forgot what follows from it.
  const least = name === 'if' ? 2 : operator.least;
  if (args.length < least || args.length > operator.most) {
    ctx.report('wrongArguments', ctx.path, `运算符“${name}”的参数个数不对，需要${least}到${operator.most}个。`);
    return false;
  }
  if (name === 'var') return read(args[0] ?? null, ctx) && walk(args[1] ?? null, ctx, depth + 1);
  const conditions = name === 'and' || name === 'or' || name === '!' ? args : name === 'if' ? conditionsOf(args) : [];
  if (name === 'sum') return sum(args, ctx);
  if (name === 'someRow' || name === 'everyRow' || name === 'noRow') return quantified(args, ctx, depth);
  const sound = args.map((argument) => walk(argument, ctx, depth + 1)).every(Boolean);
  if (sound && !conditions.every((condition) => isQuestion(condition, ctx))) {
    ctx.report('notAQuestion', ctx.path, `运算符“${name}”只能连接“是或否”的条件，请先用比较或“已填写”等判断。`);
  }
  return sound;
}

function conditionsOf(args: Rule[]): Rule[] {
  return args.filter((_, at) => at % 2 === 0 && at + 1 < args.length);
}

function unknown(ctx: RuleContext, path: string): true {
  ctx.report('unknownRead', ctx.path, `条件里读取的“${path}”不存在，请核对字段。`);
  return true;
}

function read(path: Rule, ctx: RuleContext): boolean {
  if (typeof path !== 'string') {
    ctx.report('badRule', ctx.path, '读取的字段名须直接写出，不能由计算得来。');
    return false;
  }
  const parts = path.split('.');
  const [head = '', second] = parts;
  if (head === 'env') {
    const known = second !== undefined && (ctx.env === undefined || ctx.env.indexOf(second) >= 0);
    if (!known) return unknown(ctx, path);
    return second === 'earlier' ? readsEarlier(path, parts, ctx) : true;
  }
  if (head === 'option') {
    const known = ctx.readsOption === true && ['value', 'label', 'parent'].indexOf(second ?? '') >= 0;
    return known || unknown(ctx, path);
  }
  if (head === 'row') return ctx.table === null ? unknown(ctx, path) : reachable(path, parts.slice(1), ctx.table, ctx);
  if (!ctx.readsForm) {
    ctx.report('defaultReadsForm', ctx.path, '初始值在填写之前产生，只能读取环境信息（env），不能读取表单内容。');
    return true;
  }
  const field = ctx.fields.get(head)?.field;
  if (!field) return unknown(ctx, path);
  return second === undefined || insideOf(field, second) || unknown(ctx, path);
}

/** `env.earlier.<form>.<field>`: whoever only reads the form is not sent it, so nothing may be shown or hidden by it. */
function readsEarlier(path: string, [, , formKey = '', field = '']: string[], ctx: RuleContext): boolean {
  if (ctx.decidesVisibility) {
    ctx.report('earlierHides', ctx.path, '是否显示不能取决于以前的表单，请改用本表单里的内容。');
  }
  const form = ctx.forms?.find(({ key }) => key === formKey);
  if (ctx.forms === undefined || ctx.forms.length === 0) return true;
  return (form !== undefined && placesOf(form).fields.some(({ key }) => key === field)) || unknown(ctx, path);
}

function reachable(path: string, rest: string[], table: string, ctx: RuleContext): boolean {
  const columns = ctx.fields.get(table)?.field.items?.properties;
  // Over a list of plain values the row is the value itself.
  if (rest.length === 0) return columns === undefined || unknown(ctx, path);
  return (columns !== undefined && column(columns, rest[0]) !== undefined) || unknown(ctx, path);
}

function column(columns: Record<string, Field>, name: string | undefined): Field | undefined {
  return name !== undefined && Object.prototype.hasOwnProperty.call(columns, name) ? columns[name] : undefined;
}

function insideOf(field: Field, part: string): boolean {
  if (field['x-component'] === 'DateRange') return part === 'start' || part === 'end';
  return ['Reference', 'User', 'Seat'].indexOf(field['x-component']) >= 0 && (part === 'id' || part === 'label');
}

function tableNamed(rule: Rule | undefined, ctx: RuleContext): string | null {
  const path = rule !== null && typeof rule === 'object' && !Array.isArray(rule) ? rule['var'] : undefined;
  return typeof path === 'string' && ctx.fields.has(path) ? path : null;
}

function sum(args: Rule[], ctx: RuleContext): boolean {
  const table = tableNamed(args[0], ctx);
  const name = args[1];
  const cell = column(ctx.fields.get(table ?? '')?.field.items?.properties ?? {}, typeof name === 'string' ? name : '');
  if (!cell) return unknown(ctx, `${table ?? '?'}.${typeof name === 'string' ? name : '?'}`);
  if (NUMBERS.indexOf(cell['x-component']) < 0) {
    ctx.report('sumOfText', ctx.path, `“${cell.title}”不是数字列，不能求和。`);
  }
  return true;
}

function quantified(args: Rule[], ctx: RuleContext, depth: number): boolean {
  const table = tableNamed(args[0], ctx);
  if (table === null) return walk(args[0] ?? null, ctx, depth + 1);
  if (!ctx.readsForm) return read({ var: table }['var'], ctx);
  const inner: RuleContext = { ...ctx, table };
  const test = args[1] ?? null;
  const sound = walk(test, inner, depth + 1);
  if (sound && !isQuestion(test, inner)) {
    ctx.report('notAQuestion', ctx.path, '逐行判断需要一个“是或否”的条件。');
  }
  return sound;
}

function isQuestion(rule: Rule, ctx: RuleContext): boolean {
  if (typeof rule === 'boolean') return true;
  if (rule === null || typeof rule !== 'object' || Array.isArray(rule)) return false;
  const { name, args } = expressionOf(rule) ?? { name: '', args: [] };
  if (name === 'if') return args.every((part, at) => (at % 2 === 0 && at + 1 < args.length) || isQuestion(part, ctx));
  if (name !== 'var') return OPERATORS[name]?.gives === 'question';
  const path = args[0];
  const [head = '', second = ''] = typeof path === 'string' ? path.split('.') : [];
  if (head === 'env') return true;
  const field = ctx.fields.get(head === 'row' ? (ctx.table ?? '') : head)?.field;
  const asked = head === 'row' ? column(field?.items?.properties ?? {}, second) : field;
  return asked === undefined || asked['x-component'] === 'Boolean' || asked.type === 'boolean';
}
