/** Real processes of the real server, for what only happens between two of them. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import request from 'supertest';
import { Actor } from './district.ts';
import { SEAL_KEYS } from './seals.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const SESSION_KEY = 'one key for every process of the test, 32+';

export interface ServerProcess {
  /** Where it listens; empty for a worker alone. */
  url: string;
  child: ChildProcess;
  /** Everything it logged. */
  logged: string[];
  /** SIGKILL; returns when the process is gone. */
  kill(): Promise<void>;
}

interface Settings {
  databaseUrl: string;
  folder: string;
  role?: 'web' | 'worker' | 'web,worker';
}

/** Starts `server/main.ts` as `npm start` would, on a port of its own, and returns when it says that it runs. */
export async function startServerProcess({ databaseUrl, folder, role = 'web' }: Settings): Promise<ServerProcess> {
  const child = spawnOurs(['server/main.ts'], {
    DATABASE_URL: databaseUrl,
    VAR_DIR: folder,
    ROLE: role,
    SESSION_KEY,
    SEAL_KEYS,
    HOST: '127.0.0.1',
    PORT: '0',
    DEMO: '1',
    LOG_LEVEL: 'info',
    RATE_LIMIT: '1000000',
  });
  const logged: string[] = [];
  const url = await new Promise<string>((done, failed) => {
    createInterface({ input: child.stdout! }).on('line', (line) => {
      logged.push(line);
      if (!line.includes('"已启动"')) return;
      done((JSON.parse(line) as { url: string | null }).url ?? '');
    });
    child.stderr!.on('data', (text: Buffer) => logged.push(String(text)));
    child.once('exit', (code) => failed(new Error(`the server ended with ${String(code)}:\n${logged.join('\n')}`)));
  });
  return { url, child, logged, kill: () => killed(child) };
}

/** A program of ours in a process of its own. It dies with the test. */
export function spawnOurs(args: string[], env: Record<string, string>): ChildProcess {
  const child = spawn(process.execPath, ['--import', 'tsx', ...args], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'] ?? '', NODE_NO_WARNINGS: '1', NODE_ENV: 'test', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const killNow = () => void child.kill('SIGKILL');
  process.once('exit', killNow);
  child.once('exit', () => process.off('exit', killNow));
  return child;
}

/** SIGKILL; returns when the process is gone. */
export async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

/** Signs a demonstration person in at one process; the token is good at every other. */
export async function tokenOf(url: string, login: string): Promise<string> {
  const answer = await request(url).post('/api/demo/login').send({ login });
  if (answer.status !== 200) throw new Error(`${login} could not sign in: ${answer.text}`);
  return (answer.body as { token: string }).token;
}

/** One person at two phones, each talking to another process. */
export async function atEach(servers: ServerProcess[], login: string): Promise<Actor[]> {
  const token = await tokenOf(servers[0]?.url ?? '', login);
  return servers.map(({ url }) => new Actor(url, token));
}
