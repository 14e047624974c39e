/** The processes of the bench: our server, the floor, and those that give them work. */
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { openSync, readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import type { Answer, Job } from './clients.ts';
import type { Measured } from './figures.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const TSX = ['--import', 'tsx'];

/** Does jobs in a process of its own. */
export type Worker = (job: Job) => Promise<Measured>;

export class Programs {
  readonly #children: ChildProcess[] = [];
  readonly #env: NodeJS.ProcessEnv;

  constructor(env: NodeJS.ProcessEnv) {
    this.#env = { ...process.env, ...env };
    process.once('exit', () => this.#children.forEach((child) => child.kill('SIGKILL')));
  }

  /** Our server as it runs in production, its log in a file; returns its address when it answers. */
  async server(log: string): Promise<string> {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const file = openSync(log, 'a');
    const production = { NODE_ENV: 'production', PUBLIC_URL: 'https://bench.example', ROLE: 'web', PORT: String(port) };
    const child = spawn(process.execPath, [...TSX, path.join(ROOT, 'server/main.ts')], {
      cwd: ROOT,
      env: { ...this.#env, ...production },
      stdio: ['ignore', file, file],
    });
    this.#children.push(child);
    for (let attempt = 0; attempt < 300 && child.exitCode === null; attempt += 1) {
      if (await answers(`${url}/api/health`)) return url;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`the server did not start:\n${readFileSync(log, 'utf8')}`);
  }

  /** The floor; returns its address. */
  floor(): Promise<string> {
    const child = this.#fork('floor.ts');
    return new Promise((resolve, reject) => {
      child.once('message', (url: string) => resolve(url));
      child.once('exit', () => reject(new Error('the floor did not start')));
    });
  }

  worker(file: 'load.ts' | 'bare.ts'): Worker {
    const child = this.#fork(file);
    return (job) =>
      new Promise((resolve, reject) => {
        const gone = () => reject(new Error(`${file} is gone`));
        child.once('exit', gone);
        child.once('message', (answer: Answer) => {
          child.off('exit', gone);
          if ('measured' in answer) resolve(answer.measured);
          else reject(new Error(answer.error));
        });
        child.send(job);
      });
  }

  async stop(): Promise<void> {
    await Promise.all(
      this.#children
        .filter((child) => child.exitCode === null && child.signalCode === null)
        .map((child) => {
          const ended = new Promise((resolve) => child.once('exit', resolve));
          child.kill('SIGKILL');
          return ended;
        }),
    );
  }

  #fork(file: string): ChildProcess {
    const child = fork(path.join(import.meta.dirname, file), { execArgv: TSX, env: this.#env, cwd: ROOT });
    this.#children.push(child);
    return child;
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
