import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
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
  /** Its `VAR_DIR`. */
  folder: string;
  output: () => string;
  /** Resolves with what the pattern found once it was printed; rejects when the process ends before. */
  says: (pattern: RegExp) => Promise<RegExpExecArray>;
  ended: Promise<number | null>;
}

const newFolder = (): string => {
  const folder = mkdtempSync(path.join(tmpdir(), 'start-'));
  folders.push(folder);
  return folder;
};

/** The program as it is really started. */
const start = (env: Record<string, string>): Process => {
  const folder = newFolder();
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
  return { child, folder, output: () => output, says, ended };
};

describe('the program', () => {
  test('makes its database, answers, and ends with 0 when asked to', async () => {
    const running = start({});
    const [, url = ''] = await running.says(/"url":"([^"]+)"/);
    const health = await fetch(`${url}/api/health`);
    expect(await health.json()).toEqual({ status: 'ok' });
    const readableByOthers = readdirSync(running.folder).filter(
      (file) => (statSync(path.join(running.folder, file)).mode & 0o077) !== 0,
    );
    expect(readdirSync(running.folder)).toEqual(expect.arrayContaining(['xunyang.db', 'xunyang.db-wal']));
    expect(readableByOthers).toEqual([]);
    running.child.kill('SIGTERM');
    expect(await running.ended).toBe(0);
    await expect(fetch(`${url}/api/health`)).rejects.toThrow();
  });

  test('refuses a wrong configuration with one message and does not start', async () => {
    const refused = start({ NODE_ENV: 'production', DEMO: '1', PUBLIC_URL: 'https://xm.example.gov.cn', ROLE: 'all' });
    expect(await refused.ended).toBe(1);
    expect(refused.output()).toMatch(/系统没有启动[\s\S]*DEMO=1[\s\S]*ROLE/);
  });

  /** Exit code 1 and this one line: no stack, no password. */
  const expectOneLine = async (refused: Process, says: RegExp): Promise<void> => {
    expect(await refused.ended).toBe(1);
    expect(refused.output()).toMatch(/^系统没有启动：[^\n]+。\n$/);
    expect(refused.output()).toMatch(says);
    expect(refused.output()).not.toContain('hunter2');
  };

  test('says in one line that the port is taken, before it makes a database', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    try {
      const refused = start({ PORT: String(port) });
      await expectOneLine(refused, new RegExp(`端口 ${port} 已被占用，请改 PORT`));
      expect(readdirSync(refused.folder)).toEqual([]);
    } finally {
      await new Promise((resolve) => other.close(resolve));
    }
  });

  test('says in one line that the database does not answer', async () => {
    const reserved = createServer();
    await new Promise<void>((resolve) => reserved.listen(0, '127.0.0.1', resolve));
    const { port } = reserved.address() as AddressInfo;
    await new Promise((resolve) => reserved.close(resolve));
    const DATABASE_URL = `mysql://app:hunter2@127.0.0.1:${port}/xunyang`;
    await expectOneLine(start({ DATABASE_URL, HOST: '127.0.0.1' }), /连不上数据库（ECONNREFUSED）.*DATABASE_URL/);
    const unescaped = 'mysql://app:hunter2%@127.0.0.1/xunyang';
    await expectOneLine(start({ DATABASE_URL: unescaped, HOST: '127.0.0.1' }), /DATABASE_URL.*“%25”/);
  });

  test.each([
    ['no path', () => '', /是文件夹.*sqlite:var\/xunyang\.db/],
    ['a folder', (folder: string) => folder, /是文件夹/],
    ['a file below a file', (folder: string) => path.join(folder, 'text/data.db'), /不能建立数据库文件/],
    ['a file of another kind', (folder: string) => path.join(folder, 'text'), /打不开数据库文件.*DATABASE_URL/],
  ])('says in one line that DATABASE_URL=sqlite: with %s cannot be', async (_what, place, says) => {
    const folder = newFolder();
    writeFileSync(path.join(folder, 'text'), 'this is no database, and long enough to be read as one\n'.repeat(20));
    await expectOneLine(start({ DATABASE_URL: `sqlite:${place(folder)}` }), says);
  });
});
