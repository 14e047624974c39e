import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '../..');

// Whole programs start here, on machines that may be busy with the other suites.
jest.setTimeout(180_000);

const folders: string[] = [];
const children: ChildProcess[] = [];
afterEach(() => {
  children.splice(0).forEach((child) => child.kill('SIGKILL'));
  folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true, force: true }));
});

interface Process {
  child: ChildProcess;
  output: () => string;
  /** Resolves with what the pattern found once it was printed; rejects when the process ends before. */
  says: (pattern: RegExp) => Promise<RegExpExecArray>;
  ended: Promise<number | null>;
}

/** The program as it is really started. */
const start = (env: Record<string, string>): Process => {
  const folder = mkdtempSync(path.join(tmpdir(), 'start-'));
  folders.push(folder);
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], VAR_DIR: folder, PORT: '0', LOG_LEVEL: 'info', ...env },
  });
  children.push(child);
  let output = '';
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const says = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const look = () => {
        const found = pattern.exec(output);
        if (found) resolve(found);
      };
      child.stdout.on('data', look);
      void ended.then(() => reject(new Error(`ended without saying ${String(pattern)}:\n${output}`)));
      look();
    });
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return { child, output: () => output, says, ended };
};

describe('the program', () => {
  test('makes its database, answers, and ends with 0 when asked to', async () => {
    const running = start({});
    const [, url = ''] = await running.says(/"url":"([^"]+)"/);
    const health = await fetch(`${url}/api/health`);
    expect(await health.json()).toEqual({ status: 'ok' });
    running.child.kill('SIGTERM');
    expect(await running.ended).toBe(0);
    await expect(fetch(`${url}/api/health`)).rejects.toThrow();
  });

  test('refuses a wrong configuration with one message and does not start', async () => {
    const refused = start({ NODE_ENV: 'production', DEMO: '1', PUBLIC_URL: 'https://xm.example.gov.cn', ROLE: 'all' });
    expect(await refused.ended).toBe(1);
    expect(refused.output()).toMatch(/系统没有启动[\s\S]*DEMO=1[\s\S]*ROLE/);
  });
});
