/** What changed in the checks of a form and in what it says of itself. */
import type { Change, DiffContext, Difference } from './change.ts';
import { changed, looser, quoted, sameJson, stricter } from './change.ts';
import type { Check, Form } from './dialect.ts';
import { altered } from './diffRule.ts';

const LEVELS: Record<Check['level'], string> = { block: '不满足就不能提交', warn: '只提醒' };

/** Checks are known by their ids. */
export function diffChecks(ctx: DiffContext): Change[] {
  const found: Change[] = [];
  const old = new Map((ctx.before.checks ?? []).map((check) => [check.id, check]));
  const tell = (check: Check, { kind, text, breaks }: Difference): void => {
    const name = `核对规则“${quoted(check.message)}”`;
    found.push({
      kind,
      path: `checks.${check.id}`,
      title: `核对规则 ${check.id}`,
      message: `${name}${text}。`,
      breaks,
    });
  };
  for (const check of ctx.after.checks ?? []) {
    const was = old.get(check.id);
    old.delete(check.id);
    const blocks = check.level === 'block';
    if (was === undefined) tell(check, stricter(`是新增的：${LEVELS[check.level]}`, blocks));
    else diffCheck(was, check, ctx).forEach((difference) => tell(check, difference));
  }
  old.forEach((check) => tell(check, looser(`已取消（原来${LEVELS[check.level]}）`)));
  return found;
}

function diffCheck(was: Check, check: Check, ctx: DiffContext): Difference[] {
  const found: Difference[] = [];
  const blocks = check.level === 'block';
  if (was.level !== check.level) {
    const text = `由“${LEVELS[was.level]}”改为“${LEVELS[check.level]}”`;
    found.push(blocks ? stricter(text, true) : looser(text));
  }
  if (!sameJson(was.holds, check.holds)) {
    found.push(changed(`核对的条件${altered(was.holds, check.holds, ctx)}`, blocks));
  }
  if (!sameJson(was.when, check.when)) {
    if (was.when === undefined) found.push(looser('改为只在满足条件时核对'));
    else if (check.when === undefined) found.push(stricter('改为任何时候都核对', blocks));
    else found.push(changed(`何时核对${altered(was.when, check.when, ctx)}`, blocks));
  }
  if (was.each !== check.each) {
    found.push(changed(check.each === undefined ? '改为对整张表单核对' : `改为逐行核对“${check.each}”`, blocks));
  }
  if (was.message !== check.message) found.push(changed(`的提示语改了，原为“${quoted(was.message)}”`));
  if (!sameJson(was.at, check.at)) found.push(changed('指出的位置有调整'));
  if (was.article !== check.article) found.push(changed('的依据条款有调整'));
  return found;
}

const SECTIONS: Record<NonNullable<Form['x-sections']>, string> = {
  steps: '逐步填写',
  tabs: '分页签填写',
  page: '在一页上填写',
};

/** What a form says of itself. */
export function diffHeader({ before, after }: DiffContext): Change[] {
  const found: Change[] = [];
  const tell = (text: string, breaks = false): void => {
    found.push({ kind: 'changed', path: after.key, title: after.title, message: `表单${text}。`, breaks });
  };
  if (before.key !== after.key) tell(`的内部名由 ${before.key} 改为 ${after.key}，两份可能不是同一张表单`, true);
  if (before.title !== after.title) tell(`由“${quoted(before.title)}”改名为“${quoted(after.title)}”`);
  if (before.abbreviation !== after.abbreviation) {
    tell(`的文号代字由 ${before.abbreviation} 改为 ${after.abbreviation}，只影响新编的号`);
  }
  if (!sameJson(before.articles, after.articles)) tell('的依据条款有调整');
  if (before.description !== after.description) tell('的填写说明有调整');
  const [old, now] = [before['x-sections'] ?? 'steps', after['x-sections'] ?? 'steps'];
  if (old !== now) tell(`的各分节由${SECTIONS[old]}改为${SECTIONS[now]}`);
  return found;
}
