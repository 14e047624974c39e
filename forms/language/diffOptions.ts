/** What changed in the choices a field offers. */
import type { Difference } from './change.ts';
import { changed, listed, looser, quoted, stricter } from './change.ts';
import { answersOf } from './components.ts';
import type { Field, Option } from './dialect.ts';

/** Options written in the form: what can no longer be chosen, what can now, what is called or placed otherwise. */
export function diffOptions(before: Field, after: Field): Difference[] {
  const [old, now] = [before['x-options'], after['x-options']];
  // From a list to a dictionary and back is told with the dictionary.
  if (old === undefined || now === undefined) {
    if (before['x-dictionary'] !== after['x-dictionary']) return [changed('改变了选项的来源', true)];
    return now === undefined ? [stricter('去掉了全部选项', true)] : [looser('列出了选项')];
  }
  const found: Difference[] = [];
  const was = new Map(answersIn(before).map((option) => [option.value, option]));
  const is = new Map(answersIn(after).map((option) => [option.value, option]));
  const gone = [...was.values()].filter(({ value }) => !is.has(value));
  const come = [...is.values()].filter(({ value }) => !was.has(value));
  if (gone.length > 0) found.push(stricter(`不能再选${listed(labelsOf(gone))}`, true));
  if (come.length > 0) found.push(looser(`可以选${listed(labelsOf(come))}`));
  const earlier = new Map(old.map((option) => [option.value, option]));
  const kept = now.filter(({ value }) => earlier.has(value));
  for (const option of kept) {
    const former = earlier.get(option.value);
    if (former !== undefined && former.label !== option.label) {
      found.push(changed(`的选项“${quoted(former.label)}”改称“${quoted(option.label)}”`));
    }
  }
  const placed = kept.filter(({ value, parent }) => earlier.get(value)?.parent !== parent);
  if (placed.length > 0) found.push(changed(`的选项${listed(labelsOf(placed))}换了上级`));
  if (found.length === 0) found.push(changed('的选项顺序有调整'));
  return found;
}

/** Another dictionary is another list of choices; what it holds is not known here. */
export function diffDictionary(before: Field, after: Field): Difference[] {
  const name = (field: Field): string =>
    field['x-dictionary'] === undefined
      ? field['x-options']
        ? '表单所列选项'
        : '默认来源'
      : `字典“${field['x-dictionary']}”`;
  return [changed(`的选项来源由${name(before)}改为${name(after)}`, true)];
}

function answersIn(field: Field): Option[] {
  return answersOf(field, {}) ?? [];
}

function labelsOf(options: readonly Option[]): string[] {
  return options.map(({ label }) => label);
}
