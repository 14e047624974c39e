import { describe, expect, test } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ENV_NAMES, readEnv } from '../../server/env.ts';
import { isErrorCode } from '../../server/errors.ts';
import { projectFiles, ROOT, textOf } from '../house/files.ts';
import { readForms } from '../support/declaration.ts';
import { anchorsOf, commandsIn, fencesOf, linksOf, namesIn, PAGES } from './pages.ts';

const README = 'README.md';
const CHINESE = 'docs/README.zh-CN.md';
const OPERATIONS = 'docs/operations.md';
const pack = JSON.parse(textOf('package.json')) as { scripts: Record<string, string>; engines: { node: string } };

/** What a page says that is not so, each with its page. */
const untrue = (findings: (page: string) => string[]): string[] =>
  PAGES.flatMap((page) => findings(page).map((finding) => `${page}: ${finding}`));

test('the pages are found', () => {
  expect(PAGES).toEqual(expect.arrayContaining([README, CHINESE, OPERATIONS, 'docs/api.md', 'docs/security.md']));
  expect(PAGES.flatMap(linksOf).length).toBeGreaterThan(10);
  expect(PAGES.flatMap(commandsIn).length).toBeGreaterThan(5);
});

describe('links', () => {
  const targetOf = (page: string, link: string): string =>
    path.posix.join(path.posix.dirname(page), decodeURIComponent(link.split('#')[0] ?? ''));

  test('every file and image a page points to is part of the project', () => {
    const files = new Set(projectFiles());
    const isThere = (place: string) => files.has(place) || [...files].some((file) => file.startsWith(`${place}/`));
    expect(
      untrue((page) => linksOf(page).filter((link) => !link.startsWith('#') && !isThere(targetOf(page, link)))),
    ).toEqual([]);
  });

  test('every anchor is a heading of the page it points into', () => {
    expect(anchorsOf(README)).toContain('glossary-中英对照');
    const isAstray = (page: string) => (link: string) => {
      if (!link.includes('#')) return false;
      const target = link.startsWith('#') ? page : targetOf(page, link);
      const anchor = decodeURIComponent(link.split('#')[1] ?? '');
      return !existsSync(path.join(ROOT, target)) || !anchorsOf(target).includes(anchor);
    };
    expect(untrue((page) => linksOf(page).filter(isAstray(page)))).toEqual([]);
  });

  test('an image shows what its name says it is', () => {
    const images = new Set(
      PAGES.flatMap((page) =>
        linksOf(page)
          .map((link) => targetOf(page, link))
          .filter((link) => link.endsWith('.png')),
      ),
    );
    const PNG = Buffer.from('89504e470d0a1a0a', 'hex');
    for (const image of images)
      expect([image, readFileSync(path.join(ROOT, image)).subarray(0, 8)]).toEqual([image, PNG]);
  });
});

describe('names', () => {
  test('every folder of the table in the README is there, and every room has its line', () => {
    const table = textOf(README).split('## Where things live')[1]?.split('\n## ')[0] ?? '';
    const folders = table
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .flatMap((line) => [...(line.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, folder = '']) => folder));
    const rooms = projectFiles().flatMap((file) => {
      const [top = '', room = '', below] = file.split('/');
      return ['server', 'forms'].includes(top) && below !== undefined ? [`${top}/${room}`] : [];
    });
    expect(folders.filter((folder) => !projectFiles().some((file) => file.startsWith(`${folder}/`)))).toEqual([]);
    const unnamed = new Set(rooms.filter((room) => !folders.includes(room)));
    // Koa's own vocabulary needs no line.
    unnamed.delete('server/middleware');
    expect([...unnamed]).toEqual([]);
  });

  test('every path of the project that is named exists', () => {
    const isPath = (name: string) => /^(server|forms|miniapp|admin|scripts|test|docs)\/[\w./-]*$/.test(name);
    expect(
      untrue((page) => namesIn(page).filter((name) => isPath(name) && !existsSync(path.join(ROOT, name)))),
    ).toEqual([]);
  });

  test('every script of npm that is named exists', () => {
    const unknown = (command: string) => {
      const script = /^npm (?:run (?:--\S+ )*([\w:-]+)|(start|test)\b)/.exec(command);
      if (!script) return command.startsWith('npm ') && command !== 'npm ci';
      return pack.scripts[script[1] ?? script[2] ?? ''] === undefined;
    };
    expect(untrue((page) => commandsIn(page).filter(unknown))).toEqual([]);
  });

  test('every setting that is named is in .env.example and is read', () => {
    const example = [...textOf('.env.example').matchAll(/^([A-Z_]+)=/gm)].map(([, name = '']) => name);
    const settingsIn = (page: string) =>
      [...namesIn(page), ...commandsIn(page)]
        .map((name) => /^([A-Z][A-Z0-9_]+)(=.*)?$/.exec(name)?.[1] ?? '')
        .filter((name) => name !== '' && !name.startsWith('SIG'));
    expect(settingsIn(OPERATIONS)).toContain('DATABASE_URL');
    const ofTheBuild = ['API_BASE'].filter((name) => textOf('scripts/build.ts').includes(`process.env.${name}`));
    const isRead = (name: string) =>
      ofTheBuild.includes(name) || (example.includes(name) && ENV_NAMES.some((known) => known === name));
    expect(untrue((page) => settingsIn(page).filter((name) => !isRead(name)))).toEqual([]);
  });

  test('every error code that is named is in the catalogue', () => {
    const codesIn = (page: string) => namesIn(page).filter((name) => /^[a-z]+(_[a-z]+)+$/.test(name));
    expect(codesIn('docs/api.md').length).toBeGreaterThan(0);
    expect(untrue((page) => codesIn(page).filter((code) => !isErrorCode(code)))).toEqual([]);
  });

  test('every rule of the regulation that is named is in the list', () => {
    const ids = readForms<{ rules: { id: string }[] }>('policy/rules.json').rules.map(({ id }) => id);
    const named = (page: string) => textOf(page).match(/\bR\d\d-\w+/g) ?? [];
    expect(named('docs/security.md').length).toBeGreaterThan(0);
    expect(untrue((page) => named(page).filter((id) => !ids.includes(id)))).toEqual([]);
  });
});

describe('what people are told to do', () => {
  test('the settings for real use are accepted as they stand', () => {
    const settings = fencesOf(OPERATIONS).find(({ text }) => text.includes('NODE_ENV='))?.text ?? '';
    const pairs = settings.split('\n').map((line): [string, string] => {
      const [name = '', ...value] = line.split('=');
      return [name, value.join('=')];
    });
    expect(readEnv(Object.fromEntries(pairs))).toMatchObject({ production: true, demo: false });
  });

  test('the Node they need is the Node that is asked for', () => {
    const asked = pack.engines.node.replace('>=', '').replace(/\.0$/, '');
    expect(textOf(README)).toContain(`Node ${asked} or later`);
    expect(textOf(CHINESE)).toContain(`Node ${asked} 或更高版本`);
  });

  test('the Chinese page names the same commands and shows the same pictures', () => {
    const pictures = (page: string) =>
      linksOf(page)
        .filter((link) => link.endsWith('.png'))
        .map((link) => path.posix.basename(link));
    expect(commandsIn(CHINESE)).toEqual(commandsIn(README));
    expect(pictures(CHINESE)).toEqual(pictures(README));
  });
});
