import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const ROOT = path.resolve(import.meta.dirname, '../..');

/** Every file git would carry: tracked, or new and not ignored. Paths relative to the root, with `/`. */
export function projectFiles(): string[] {
  const list = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  return list
    .split('\0')
    .filter((file) => file !== '' && existsSync(path.join(ROOT, file)))
    .sort();
}

export const textOf = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');

export const isSource = (file: string): boolean => /\.(ts|tsx)$/.test(file) && !file.endsWith('.d.ts');

/** Code without comments and strings, so that a word in a sentence is not taken for a call. */
export function codeOf(file: string): string {
  return textOf(file).replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"/g, (found) =>
    found.startsWith('/') ? '' : "''",
  );
}

export interface Import {
  /** As written. */
  specifier: string;
  /** Relative to the root when it points into the project, else null. */
  target: string | null;
  typeOnly: boolean;
}

export function importsOf(file: string): Import[] {
  const found: Import[] = [];
  const pattern =
    /(?:^|\n)\s*(?:import|export)\s+(type\s+)?(?:[^'"`;]*?\sfrom\s+)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/g;
  for (const match of textOf(file).matchAll(pattern)) {
    const specifier = match[2] ?? match[3] ?? '';
    const target = specifier.startsWith('.')
      ? path.posix.normalize(path.posix.join(path.posix.dirname(file), specifier))
      : null;
    found.push({ specifier, target, typeOnly: match[1] !== undefined });
  }
  return found;
}
