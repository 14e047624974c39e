/**
 * Builds the clients whose sources have changed since their last build: `h5` and `console`, which the server serves,
 * or those named as arguments; `weapp` and `dd` are the mini-programs for WeChat and DingTalk.
 */
import { createHash } from 'node:crypto';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { apiBaseOf } from './apiBase.ts';

const ROOT = path.resolve(import.meta.dirname, '..');

interface Target {
  title: string;
  /** Folders and files whose content decides whether a build is due. */
  sources: string[];
  /** What else decides it: settings that end up in the build. */
  settings: Record<string, string>;
  output: string;
  cwd: string;
  command: [string, ...string[]];
}

const binOf = (from: string, name: string, bin: string): string => {
  const require = createRequire(path.join(ROOT, from, 'package.json'));
  let folder = path.dirname(require.resolve(name));
  while (!existsSync(path.join(folder, 'package.json')) || !existsSync(path.join(folder, bin))) {
    const parent = path.dirname(folder);
    if (parent === folder) throw new Error(`${name} is not installed; run "npm ci" first`);
    folder = parent;
  }
  return path.join(folder, bin);
};

const PHONE = [
  'miniapp/src',
  'miniapp/config',
  'miniapp/babel.config.js',
  'miniapp/no-compile-loader.js',
  'miniapp/project.config.json',
  'forms/language',
  'package-lock.json',
];

/** One code base, three builds; Taro calls them h5, weapp and dd. */
const phone = (title: string, type: 'h5' | 'weapp' | 'dd', settings: Record<string, string> = {}): Target => ({
  title,
  sources: PHONE,
  settings,
  output: `miniapp/dist/${type}`,
  cwd: 'miniapp',
  command: [binOf('miniapp', '@tarojs/cli', 'bin/taro'), 'build', '--type', type],
});

const miniProgram = (title: string, type: 'weapp' | 'dd'): Target => {
  const base = apiBaseOf(process.env.API_BASE);
  return phone(`${title}（接口 ${base}）`, type, { API_BASE: base });
};

const TARGETS = {
  h5: () => phone('手机端（H5）', 'h5'),
  console: (): Target => ({
    title: '演示台与管理端',
    sources: ['admin/src', 'admin/index.html', 'admin/vite.config.ts', 'miniapp/src/theme', 'package-lock.json'],
    settings: {},
    output: 'admin/dist',
    cwd: 'admin',
    command: [binOf('admin', 'vite', 'bin/vite.js'), 'build', '--logLevel', 'warn'],
  }),
  weapp: () => miniProgram('微信小程序', 'weapp'),
  dd: () => miniProgram('钉钉小程序', 'dd'),
};

export type TargetName = keyof typeof TARGETS;
const isTarget = (name: string): name is TargetName => Object.hasOwn(TARGETS, name);

/** What the server serves. */
export const SITES: TargetName[] = ['h5', 'console'];
export const MINI_PROGRAMS: TargetName[] = ['weapp', 'dd'];

async function filesUnder(place: string): Promise<string[]> {
  if (!existsSync(place)) return [];
  const entries = await readdir(place, { withFileTypes: true, recursive: true }).catch(() => null);
  if (entries === null) return [place];
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}

async function fingerprint({ sources, settings }: Target): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify(settings));
  for (const source of sources) {
    for (const file of (await filesUnder(path.join(ROOT, source))).sort()) {
      hash
        .update(path.relative(ROOT, file))
        .update('\0')
        .update(await readFile(file));
    }
  }
  return hash.digest('hex');
}

/** Runs one build; its output is shown only when it fails. */
function run({ command, cwd, settings }: Target): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, command, {
      cwd: path.join(ROOT, cwd),
      env: { ...process.env, ...settings, NODE_ENV: 'production', BROWSERSLIST_IGNORE_OLD_DATA: '1', NODE_OPTIONS: '' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const output: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${Buffer.concat(output).toString('utf8')}\nbuild ended with code ${code ?? 'null'}`));
    });
  });
}

async function buildOne(target: Target, say: (line: string) => void): Promise<void> {
  const stamp = path.join(ROOT, target.output, '.built-from');
  const print = await fingerprint(target);
  const last = await readFile(stamp, 'utf8').catch(() => '');
  if (last === print) return say(`${target.title}：已是最新`);
  const started = performance.now();
  say(`${target.title}：正在构建…`);
  await rm(path.join(ROOT, target.output), { recursive: true, force: true });
  await run(target);
  await writeFile(stamp, print);
  say(`${target.title}：构建完成，用时 ${((performance.now() - started) / 1000).toFixed(0)} 秒`);
}

/** Builds what is out of date, two at a time: each is mostly one busy thread. */
export async function build(say: (line: string) => void, names: TargetName[] = SITES): Promise<void> {
  const waiting = names.map((name) => TARGETS[name]());
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await buildOne(next, say);
  };
  await Promise.all([work(), work()]);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const asked = process.argv.slice(2);
  const unknown = asked.filter((name) => !isTarget(name));
  if (unknown.length > 0)
    throw new Error(`没有“${unknown.join('、')}”这个构建目标，可选：${Object.keys(TARGETS).join('、')}`);
  await build((line) => console.log(line), asked.length > 0 ? asked.filter(isTarget) : SITES);
}
