/** Reading a foreign schema: own members only, expressions set aside, every text cleaned; and the report of it all. */
import { placeOf } from './bounds.ts';
import { isKey } from './lint.ts';
import { isBlank, tidyText } from './text.ts';

export interface ImportFinding {
  /**
   * `refused`: nothing was imported. `lost`: left out. `changed`: carried over as something else. `lint`: carried over,
   * but to be put right before publishing.
   */
  level: 'refused' | 'lost' | 'changed' | 'lint';
  /** Stable word for tests and help pages. */
  code: string;
  /** Where it stood in the foreign schema; for `lint`, where it stands in the form. */
  path: string;
  /** Whole sentence in Chinese. */
  message: string;
}

export type Source = { readonly [keyword: string]: unknown };

const MOST_FINDINGS = 500;
const MOST_QUOTED = 120;

/** One import under way. */
export interface Importing {
  findings: ImportFinding[];
  /** Findings beyond the most that are listed. */
  unlisted: number;
  /** Fields and columns made so far. */
  made: number;
  /** Titles of fields that rely on the limits their component has by itself. */
  unlimited: string[];
  /** Names of the form's nodes that are taken, with the number to try next. */
  keys: Names;
  sections: 'steps' | 'tabs' | 'page' | null;
}

export type Names = Map<string, number>;

export function startImport(): Importing {
  return { findings: [], unlisted: 0, made: 0, unlimited: [], keys: new Map(), sections: null };
}

export function tell(
  ctx: Importing,
  level: ImportFinding['level'],
  code: string,
  trail: readonly string[],
  message: string,
): void {
  if (ctx.findings.length < MOST_FINDINGS || level === 'refused') {
    ctx.findings.push({ level, code, path: placeOf(trail), message });
  } else ctx.unlisted += 1;
}

/** An own member; what a prototype brings is not part of the document. */
export function own(node: Source, keyword: string): unknown {
  return Object.prototype.hasOwnProperty.call(node, keyword) ? node[keyword] : undefined;
}

export function isSource(value: unknown): value is Source {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A member that is an object; an empty one stands for whatever else is there. */
export function partOf(node: Source, keyword: string): Source {
  const part = own(node, keyword);
  return isSource(part) ? part : {};
}

export function propsOf(node: Source): Source {
  return partOf(node, 'x-component-props');
}

export function isExpression(value: unknown): boolean {
  return typeof value === 'string' && value.includes('{{');
}

/** Text short enough to be shown in a report. */
export function excerpt(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > MOST_QUOTED ? `${text.slice(0, MOST_QUOTED)}…` : text;
}

/** The first of these that is text with something to see in it, as it may stand in a form; expressions are no text. */
export function textOf(ctx: Importing, values: unknown[], most: number, trail: readonly string[]): string | undefined {
  const found = values.find((value) => typeof value === 'string' && !isExpression(value) && !isBlank(value));
  if (typeof found !== 'string') return undefined;
  let text = tidyText(found);
  if (/<[a-z!/?]/i.test(text)) {
    text = text.replace(/<(?=[a-z!/?])/gi, '＜');
    tell(ctx, 'changed', 'markup', trail, `文字里的标签“${excerpt(found)}”不起作用，按原样显示为文字，请修改。`);
  }
  if (text.length > most) {
    text = Array.from(text.slice(0, most))
      .join('')
      .replace(/[\ud800-\udbff]$/, '');
    tell(ctx, 'changed', 'clipped', trail, `文字超过${most}个字，只保留了前面的部分：“${excerpt(text)}”。`);
  }
  return text;
}

/** The nodes in the order Formily draws them: those with a place first, by their place, then the others. */
export function childrenOf(node: Source): [string, Source][] {
  const children = Object.entries(partOf(node, 'properties')).filter((entry): entry is [string, Source] =>
    isSource(entry[1]),
  );
  const rank = ([, child]: [string, Source]): number => {
    const index = own(child, 'x-index');
    return typeof index === 'number' ? index : Number.POSITIVE_INFINITY;
  };
  return children
    .map((entry, at) => ({ entry, at, rank: rank(entry) }))
    .sort((left, right) => (left.rank === right.rank ? left.at - right.at : left.rank < right.rank ? -1 : 1))
    .map(({ entry }) => entry);
}

/** A name our language takes, not yet given away: the foreign one where it fits, else one as like it as can be. */
export function nameFor(ctx: Importing, names: Names, foreign: string, trail: readonly string[] | null): string {
  const base = fitting(foreign);
  let next = names.get(base) ?? 1;
  let name = base;
  while (names.has(name)) {
    next += 1;
    name = `${base.slice(0, 34)}${next}`;
  }
  names.set(base, next);
  names.set(name, names.get(name) ?? 1);
  if (trail !== null && name !== foreign) {
    const isTwice = base === foreign;
    const why = isTwice ? '用了两次' : '不符合命名规则（小写字母开头，只含字母和数字）';
    tell(
      ctx,
      'changed',
      isTwice ? 'duplicateKey' : 'renamedKey',
      trail,
      `字段名“${excerpt(foreign)}”${why}，已改为“${name}”。`,
    );
  }
  return name;
}

function fitting(foreign: string): string {
  if (isKey(foreign)) return foreign;
  const words = foreign
    .slice(0, 200)
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '');
  const joined = words
    .map((word, at) => (at === 0 ? lowered(word) : word.charAt(0).toUpperCase() + word.slice(1)))
    .join('');
  const name = (/^[a-z]/.test(joined) ? joined : `field${joined}`).slice(0, 40);
  return isKey(name) ? name : `${name.slice(0, 34)}Field`;
}

/** `ID` and `URL` become `id` and `url`, `UserName` becomes `userName`. */
function lowered(word: string): string {
  return /^[A-Z0-9]+$/.test(word) ? word.toLowerCase() : word.charAt(0).toLowerCase() + word.slice(1);
}
