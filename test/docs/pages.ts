import { projectFiles, textOf } from '../house/files.ts';

/** What people read of the project. */
export const PAGES = projectFiles().filter((file) => file === 'README.md' || /^docs\/.*\.md$/.test(file));

export interface Fence {
  language: string;
  text: string;
}

/** The fenced blocks of a page, in order. */
export function fencesOf(page: string): Fence[] {
  return [...textOf(page).matchAll(/^( *)```(\w*)\n([\s\S]*?)^\1```$/gm)].map(
    ([, indent = '', language = '', text = '']) => ({
      language,
      text: text.replaceAll(new RegExp(`^${indent}`, 'gm'), '').trim(),
    }),
  );
}

/** A page without its fenced blocks. */
export const proseOf = (page: string): string => textOf(page).replace(/^ *```[\s\S]*?^ *```$/gm, '');

/** Everything a page sets in `code`, outside its fenced blocks. */
export const namesIn = (page: string): string[] =>
  [...proseOf(page).matchAll(/`([^`\n]+)`/g)].map(([, name = '']) => name);

/** Every command line a page tells people to type, one by one. */
export function commandsIn(page: string): string[] {
  const blocks = fencesOf(page)
    .filter(({ language }) => language === 'sh')
    .flatMap(({ text }) => text.split('\n'));
  const lines = blocks.concat(namesIn(page).filter((name) => name.startsWith('npm ')));
  return lines.flatMap((line) => line.split('&&').map((command) => command.trim()));
}

/** The anchors of a page's headings, as GitHub makes them. */
export function anchorsOf(page: string): string[] {
  const seen = new Map<string, number>();
  return [...proseOf(page).matchAll(/^#{1,6} +(.+)$/gm)].map(([, heading = '']) => {
    const plain = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').trim();
    const slug = plain
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M}\s_-]/gu, '')
      .replaceAll(' ', '-');
    const before = seen.get(slug) ?? 0;
    seen.set(slug, before + 1);
    return before === 0 ? slug : `${slug}-${before}`;
  });
}

/** Targets of links and images, without addresses on the network. */
export const linksOf = (page: string): string[] =>
  [
    ...proseOf(page)
      .replace(/`[^`\n]*`/g, '')
      .matchAll(/\]\(([^)\s]+)\)/g),
  ]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target));
