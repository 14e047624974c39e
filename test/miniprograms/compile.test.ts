/** WeChat's own compilers, as the developer tools run them, must take every template and style sheet of the bundle. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from '../../scripts/build.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const BUNDLE = path.join(ROOT, 'miniapp/dist/weapp');
const require = createRequire(import.meta.url);
const TOOLS = path.join(path.dirname(require.resolve('miniprogram-compiler/package.json')), 'bin');
/** The package carries them for these three. */
const PLACES: Partial<Record<NodeJS.Platform, string>> = { linux: 'linux', darwin: 'mac', win32: 'windows' };

let folder: string;
const tool = (name: 'wcc' | 'wcsc'): string => path.join(folder, process.platform === 'win32' ? `${name}.exe` : name);

const filesOf = (folder: string, ending: RegExp): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => ending.test(file))
    .sort();

/** What the compiler says of these files; a status other than 0 is a refusal. */
function compile(name: 'wcc' | 'wcsc', bundle: string, options: string[], ending: RegExp) {
  const files = filesOf(bundle, ending);
  const { status, stdout, stderr } = spawnSync(tool(name), [...options, ...files], {
    cwd: bundle,
    encoding: 'utf8',
    maxBuffer: 64 * 1_048_576,
  });
  return { files, status, output: stdout, complaint: stderr };
}
const templates = (bundle: string) => compile('wcc', bundle, ['-d'], /\.(wxml|wxs)$/);
const styles = (bundle: string) => compile('wcsc', bundle, ['-db', '-pc', '0'], /\.wxss$/);

beforeAll(async () => {
  await build(() => undefined, ['weapp']);
  folder = mkdtempSync(path.join(tmpdir(), 'weapp-'));
  // The package forgets to mark them as programs.
  for (const name of ['wcc', 'wcsc'] as const) {
    copyFileSync(path.join(TOOLS, PLACES[process.platform] ?? '', path.basename(tool(name))), tool(name));
    chmodSync(tool(name), 0o755);
  }
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('wcc takes every template', () => {
  const { files, status, output, complaint } = templates(BUNDLE);
  expect(files).toEqual(expect.arrayContaining(['base.wxml', 'forms/fill/index.wxml', 'utils.wxs']));
  expect([status, complaint]).toEqual([0, '']);
  for (const file of files.filter((one) => one.endsWith('.wxml'))) expect(output).toContain(file);
});

test('wcsc takes every style sheet', () => {
  const { files, status, complaint } = styles(BUNDLE);
  expect(files).toEqual(expect.arrayContaining(['app.wxss', 'forms/sub-vendors.wxss']));
  expect([status, complaint]).toEqual([0, '']);
});

test('both refuse what is broken', () => {
  const broken = path.join(folder, 'broken');
  cpSync(BUNDLE, broken, { recursive: true });
  writeFileSync(path.join(broken, 'pages/home/index.wxml'), '<view><text></view>');
  writeFileSync(path.join(broken, 'pages/home/index.wxss'), '.page { color: ; } .x {');
  expect(templates(broken).status).not.toBe(0);
  expect(styles(broken).status).not.toBe(0);
});
