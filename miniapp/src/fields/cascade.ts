import { answersOf, optionsOf } from '../../../forms/language/components.ts';
import type { Dictionaries, Field, Option } from '../../../forms/language/dialect.ts';

/** One line of a level: an answer, or what leads to answers. */
export interface Branch {
  option: Option;
  isAnswer: boolean;
}

/** What a cascade offers, level by level. */
export interface Cascade {
  /** Below this option, or at the top; only what is offered, and what leads there. */
  below: (parent: string | null) => Branch[];
  /** From the top down to this option, itself included; empty where it does not exist. */
  path: (value: string | null) => Option[];
  /** Answers whose path contains these words, in the order of the options. */
  search: (words: string) => Option[];
  /** How many answers there are. */
  size: number;
}

/** `offered` are the options somebody may choose now; all others still tell the way to them. */
export function cascadeOf(field: Field, dictionaries: Dictionaries, offered: Option[] | undefined): Cascade {
  const all = optionsOf(field, dictionaries) ?? [];
  const byValue = new Map(all.map((option) => [option.value, option]));
  const may = offered && new Set(offered.map(({ value }) => value));
  const answers = (answersOf(field, dictionaries) ?? []).filter(({ value }) => may?.has(value) ?? true);
  const parentOf = ({ parent }: Option) => (parent === undefined ? undefined : byValue.get(parent));
  const path = (value: string | null): Option[] => {
    const trail: Option[] = [];
    let at = value === null ? undefined : byValue.get(value);
    while (at && !trail.includes(at)) {
      trail.unshift(at);
      at = parentOf(at);
    }
    return trail;
  };
  const shown = new Set(answers.flatMap(({ value }) => path(value).map((option) => option.value)));
  const isAnswer = new Set(answers.map(({ value }) => value));
  return {
    path,
    size: answers.length,
    below: (parent) =>
      all
        .filter((option) => shown.has(option.value) && (parentOf(option)?.value ?? null) === parent)
        .map((option) => ({ option, isAnswer: isAnswer.has(option.value) })),
    search: (words) => {
      const wanted = words.trim().toLowerCase();
      return answers.filter(({ value }) => pathText(path(value)).toLowerCase().includes(wanted));
    },
  };
}

/** `浔阳区 / 甘棠街道` */
export function pathText(path: Option[]): string {
  return path.map(({ label }) => label).join(' / ');
}
