/** How the rules of a node tightened, loosened or changed. */
import type { DiffContext, Difference } from './change.ts';
import { changed, looser, quoted, stricter } from './change.ts';
import type { Node, Rule } from './dialect.ts';

/** The words of one rule keyword, from the loosest to the tightest. */
interface Wording {
  /** What it does as a literal, and when it is absent. */
  loose: string;
  tight: string;
  /** What it is while a condition decides. */
  between: string;
  /** The literal that is as good as no rule at all. */
  looseIs: boolean;
}

const WORDING: Record<'x-required' | 'x-visible' | 'x-editable' | 'x-offered', Wording> = {
  'x-required': { loose: '选填', between: '满足条件时必填', tight: '必填', looseIs: false },
  'x-visible': { loose: '始终显示', between: '满足条件时才显示', tight: '不显示', looseIs: true },
  'x-editable': { loose: '可以填写', between: '满足条件时才能填写', tight: '不可填写', looseIs: true },
  'x-offered': { loose: '全部选项可选', between: '只列出符合条件的选项', tight: '没有可选项', looseIs: true },
};

export type RuleKeyword = keyof typeof WORDING;

/** 0 for no restriction, 1 while a condition decides, 2 for always. A rule holds only where it is exactly `true`. */
function tightness(rule: Rule | undefined, looseIs: boolean): 0 | 1 | 2 {
  if (rule === undefined) return 0;
  if (rule !== null && typeof rule === 'object') return 1;
  return (rule === true) === looseIs ? 0 : 2;
}

/** The difference in one rule that restricts; none where both come to the same. */
export function diffRestriction(keyword: RuleKeyword, before: Node, after: Node, ctx: DiffContext): Difference[] {
  const wording = WORDING[keyword];
  const old = ruleIn(before, keyword);
  const now = ruleIn(after, keyword);
  const [from, to] = [tightness(old, wording.looseIs), tightness(now, wording.looseIs)];
  if (from === to && from !== 1) return [];
  const words = [wording.loose, wording.between, wording.tight] as const;
  if (from === to) return [changed(`的“${words[1]}”条件${altered(old, now, ctx)}`, mayBreak(keyword, after))];
  const said = to === 1 ? aloud(now, ctx.after, ctx) : from === 1 ? aloud(old, ctx.before, ctx) : '';
  const text = `由“${words[from]}”改为“${words[to]}”${said === '' ? '' : `（条件：${said}）`}`;
  if (to > from) return [stricter(text, keyword === 'x-required' || keyword === 'x-offered')];
  return [{ ...looser(text), breaks: keyword === 'x-visible' && mayBreak(keyword, after) }];
}

/** A difference in a rule that gives a value. */
export function diffValueRule(
  name: string,
  old: Rule | undefined,
  now: Rule | undefined,
  breaks: boolean,
  ctx: DiffContext,
): Difference {
  if (old === undefined) return changed(`新增了${name}${inBrackets(aloud(now, ctx.after, ctx))}`, breaks);
  if (now === undefined) return changed(`取消了${name}${inBrackets(aloud(old, ctx.before, ctx))}`);
  return changed(`的${name}${altered(old, now, ctx)}`, breaks);
}

/** `由“…”改为“…”` where rules can be read aloud, else that it has changed. */
export function altered(old: Rule | undefined, now: Rule | undefined, ctx: DiffContext): string {
  const [from, to] = [aloud(old, ctx.before, ctx), aloud(now, ctx.after, ctx)];
  return from === '' || to === '' || from === to ? '有调整' : `由“${from}”改为“${to}”`;
}

/** What was hidden and empty may now be shown and asked for; other rules take nothing that was filed amiss. */
function mayBreak(keyword: RuleKeyword, after: Node): boolean {
  if (keyword === 'x-editable') return false;
  if (keyword !== 'x-visible') return true;
  return after.type === 'void' || tightness(after['x-required'], false) > 0;
}

function ruleIn(node: Node, keyword: RuleKeyword): Rule | undefined {
  return (node as { [name in RuleKeyword]?: Rule })[keyword];
}

function aloud(rule: Rule | undefined, form: DiffContext['before'], ctx: DiffContext): string {
  if (rule === undefined) return '';
  return ctx.aloud === undefined ? '' : quoted(ctx.aloud(rule, form));
}

function inBrackets(text: string): string {
  return text === '' ? '' : `：${text}`;
}

/** Whether a field with this rule can be asked for at all. */
export function mayBeRequired(rule: Rule | undefined): boolean {
  return tightness(rule, false) > 0;
}
