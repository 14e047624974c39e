/** Builds the phone app (H5) and the console when their sources have changed since the last build. */
import { createHash } from 'node:crypto';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = path.resolve(import.meta.dirname, '..');

interface Target {
  title: string;
  /** Folders and files whose content decides whether a build is due. */
  sources: string[];
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

const targets = (): Target[] => [
  {
    title: '手机端（H5）',
    sources: [
      'miniapp/src',
      'miniapp/config',
      'miniapp/babel.config.js',
      'miniapp/no-compile-loader.js',
      'forms/language',
      'package-lock.json',
    ],
    output: 'miniapp/dist/h5',
    cwd: 'miniapp',
    command: [binOf('miniapp', '@tarojs/cli', 'bin/taro'), 'build', '--type', 'h5'],
  },
  {
    title: '演示台与管理端',
    sources: ['admin/src', 'admin/index.html', 'admin/vite.config.ts', 'miniapp/src/theme', 'package-lock.json'],
    output: 'admin/dist',
    cwd: 'admin',
    command: [binOf('admin', 'vite', 'bin/vite.js'), 'build', '--logLevel', 'warn'],
  },
];

async function filesUnder(place: string): Promise<string[]> {
  if (!existsSync(place)) return [];
  const entries = await readdir(place, { withFileTypes: true, recursive: true }).catch(() => null);
  if (entries === null) return [place];
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}

async function fingerprint(sources: string[]): Promise<string> {
  const hash = createHash('sha256');
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
function run(command: [string, ...string[]], cwd: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, command, {
      cwd,
      env: { ...process.env, NODE_ENV: 'production', BROWSERSLIST_IGNORE_OLD_DATA: '1', NODE_OPTIONS: '' },
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

export async function build(say: (line: string) => void): Promise<void> {
  for (const target of targets()) {
    const stamp = path.join(ROOT, target.output, '.built-from');
    const print = await fingerprint(target.sources);
    const last = await readFile(stamp, 'utf8').catch(() => '');
    if (last === print) {
      say(`${target.title}：已是最新`);
      continue;
    }
    const started = performance.now();
    say(`${target.title}：正在构建…`);
    await rm(path.join(ROOT, target.output), { recursive: true, force: true });
    await run(target.command, path.join(ROOT, target.cwd));
    await writeFile(stamp, print);
    say(`${target.title}：构建完成，用时 ${((performance.now() - started) / 1000).toFixed(0)} 秒`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await build((line) => console.log(line));
