/** What changed in one field, keyword by keyword. A keyword nobody knows here is still told, in general words. */
import type { DiffContext, Difference } from './change.ts';
import { amountOf, changed, looser, quoted, sameJson, stricter } from './change.ts';
import { decimalsOf, isSensitive, limitsOf } from './components.ts';
import type { Limits } from './components.ts';
import type { Field } from './dialect.ts';
import { diffDictionary, diffOptions } from './diffOptions.ts';
import { diffRestriction, diffValueRule } from './diffRule.ts';
import type { RuleKeyword } from './diffRule.ts';
import { diffFiles, diffGivenRows, diffRowsFrom, diffTotals } from './diffTable.ts';

type Judge = (before: Field, after: Field, ctx: DiffContext) => Difference[];

/** `[the word for it, the unit behind the number]`, by component where it differs. */
type LimitWords = (field: Field) => [string, string];

const itemWord: LimitWords = (field) =>
  field['x-component'] === 'Table'
    ? ['行数', '行']
    : field['x-component'] === 'Files'
      ? ['文件数', '个']
      : ['选项数', '项'];

function limit(keyword: keyof Limits, isFloor: boolean, words: LimitWords): Judge {
  return (before, after) => {
    const [from, to] = [limitsOf(before)[keyword], limitsOf(after)[keyword]];
    if (from === to) return [];
    const [word, unit] = words(after);
    const say = (amount: unknown, field: Field): string =>
      typeof amount !== 'number' ? '不限' : unit === '' ? amountOf(field, amount) : `${amount}${unit}`;
    const text = `的${isFloor ? '最少' : '最多'}${word}由${say(from, before)}改为${say(to, after)}`;
    const rank = (amount: unknown): number =>
      typeof amount === 'number' ? (isFloor ? amount : -amount) : Number.NEGATIVE_INFINITY;
    return [rank(to) > rank(from) ? stricter(text, true) : looser(text)];
  };
}

function wording(name: string, keyword: keyof Field): Judge {
  return (before, after) => {
    const [from, to] = [before[keyword], after[keyword]];
    if (typeof to !== 'string') return [changed(`去掉了${name}`)];
    if (typeof from !== 'string') return [changed(`新增了${name}“${quoted(to)}”`)];
    return [changed(`的${name}由“${quoted(from)}”改为“${quoted(to)}”`)];
  };
}

const restriction =
  (keyword: RuleKeyword): Judge =>
  (before, after, ctx) =>
    diffRestriction(keyword, before, after, ctx);

const JUDGES: Partial<Record<keyof Field, Judge>> = {
  title: (before, after) => [changed(`改名为“${quoted(after.title)}”`)],
  description: wording('填写说明', 'description'),
  type: (before, after) => [changed(`保存的内容类型由 ${before.type} 改为 ${after.type}`, true)],
  'x-component': (before, after) => [
    changed(
      `的填写方式由 ${before['x-component']} 改为 ${after['x-component']}，选项、上下限等随之改变`,
      !isWidening(before, after),
    ),
  ],
  'x-required': restriction('x-required'),
  'x-visible': restriction('x-visible'),
  'x-editable': restriction('x-editable'),
  'x-offered': restriction('x-offered'),
  // A value computed otherwise is judged by limits and checks that let the old one pass.
  'x-value': (before, after, ctx) => [diffValueRule('自动计算', before['x-value'], after['x-value'], true, ctx)],
  'x-default': (before, after, ctx) => [diffValueRule('初始值', before['x-default'], after['x-default'], false, ctx)],
  'x-options': diffOptions,
  'x-dictionary': diffDictionary,
  'x-source': (before, after) => [
    changed(`选取的范围由“${before['x-source'] ?? '无'}”改为“${after['x-source'] ?? '无'}”`, true),
  ],
  'x-sensitive': (before, after) => {
    if (isSensitive(before) === isSensitive(after)) return [];
    return isSensitive(after)
      ? [stricter('改为敏感内容：加密保存，只对有权的人显示全文', false)]
      : [looser('不再是敏感内容：不加密，有权查看表单的人都能看到')];
  },
  'x-text': wording('内容', 'x-text'),
  'x-placeholder': wording('提示文字', 'x-placeholder'),
  'x-unit': wording('计量单位', 'x-unit'),
  'x-article': wording('依据条款', 'x-article'),
  'x-totals': diffTotals,
  'x-rows': diffGivenRows,
  'x-rows-from': diffRowsFrom,
  'x-files': diffFiles,
  'x-decimals': (before, after) => {
    const [from, to] = [decimalsOf(before), decimalsOf(after)];
    if (from === to) return [];
    const text = `的小数位数由${from}位改为${to}位`;
    return [to < from ? stricter(text, true) : looser(text)];
  },
  minLength: limit('minLength', true, () => ['字数', '个字']),
  maxLength: limit('maxLength', false, () => ['字数', '个字']),
  minimum: limit('minimum', true, () => ['可填', '']),
  maximum: limit('maximum', false, () => ['可填', '']),
  minItems: limit('minItems', true, itemWord),
  maxItems: limit('maxItems', false, itemWord),
  pattern: (before, after) => {
    if (before.pattern === undefined) return [stricter('新增了格式要求', true)];
    if (after.pattern === undefined) return [looser('取消了格式要求')];
    return [changed('的格式要求有调整', true)];
  },
};

/** Told of the field as a whole, whatever its component. */
const GENERAL: readonly string[] = [
  ...['title', 'description', 'x-required', 'x-visible', 'x-editable', 'x-value', 'x-default'],
  ...['x-placeholder', 'x-unit', 'x-article', 'x-sensitive'],
];

/** Told elsewhere: where a node stands, and the columns of a table. */
const ELSEWHERE: readonly string[] = ['x-index', 'items'];

/** Everything that differs between two versions of one field, but for its place and its columns. */
export function diffField(before: Field, after: Field, ctx: DiffContext): Difference[] {
  const found: Difference[] = [];
  const isOtherComponent = before['x-component'] !== after['x-component'];
  for (const keyword of keywordsOf(before, after)) {
    if (ELSEWHERE.includes(keyword)) continue;
    if (isOtherComponent && keyword !== 'x-component' && !GENERAL.includes(keyword)) continue;
    const [from, to] = [part(before, keyword), part(after, keyword)];
    if (sameJson(from, to)) continue;
    const judge = Object.prototype.hasOwnProperty.call(JUDGES, keyword) ? JUDGES[keyword as keyof Field] : undefined;
    const told = judge?.(before, after, ctx) ?? [];
    found.push(...(told.length > 0 ? told : [changed(`的设置 ${keyword} 有调整，效果不变`)]));
  }
  return found;
}

function keywordsOf(before: Field, after: Field): string[] {
  const known = Object.keys(JUDGES);
  const present = [...Object.keys(before), ...Object.keys(after)];
  return [...known, ...present.filter((keyword) => !known.includes(keyword))].filter(
    (keyword, at, all) => present.includes(keyword) && all.indexOf(keyword) === at,
  );
}

function part(field: Field, keyword: string): unknown {
  return Object.prototype.hasOwnProperty.call(field, keyword)
    ? (field as unknown as Record<string, unknown>)[keyword]
    : undefined;
}

const WIDER: readonly [Field['x-component'], Field['x-component']][] = [
  ['Text', 'TextArea'],
  ['Integer', 'Number'],
];

/** Whether whatever the old component took, the new one takes too. */
function isWidening(before: Field, after: Field): boolean {
  const [from, to] = [before['x-component'], after['x-component']];
  if (!WIDER.some(([narrow, wide]) => narrow === from && wide === to)) return false;
  const [old, now] = [limitsOf(before), limitsOf(after)];
  const floors = (['minLength', 'minimum'] as const).every(
    (name) => (now[name] ?? -Infinity) <= (old[name] ?? -Infinity),
  );
  const tops = (['maxLength', 'maximum'] as const).every((name) => (now[name] ?? Infinity) >= (old[name] ?? Infinity));
  return floors && tops && (now.pattern === undefined || now.pattern === old.pattern);
}
