/** A private MariaDB for one run, gone afterwards: for the tests and for the bench. */
import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import mysql from 'mysql2/promise';

export const HOW_TO_GET_MARIADB = 'apt-get install mariadb-server-core (Debian, Ubuntu), or put a mariadbd on the PATH';

/** A private server without system tables and privileges; it listens on a socket alone and starts in a moment. */
export interface Mariadb {
  /** Where every statement is written down, if that was asked for. */
  readonly generalLog: string;
  /** Starts it, for the first time or again after a `kill`, and returns when it answers. */
  start(): Promise<void>;
  /** SIGKILL; returns when the process is gone. */
  kill(): Promise<void>;
  /** A new database that holds nothing; its address as `DATABASE_URL` wants it. */
  empty(name: string): Promise<string>;
  /** A connection of one's own, beside those of the program under test. */
  connect(url?: string): Promise<mysql.Connection>;
}

interface Options {
  /** Keeps what was committed over a `kill`, as a server in production does; slower. */
  durable?: boolean;
  /** Memory for its pages; a bench wants more than a test. */
  bufferPool?: string;
  /** Writes every statement down, see `generalLog`. Only a start can switch it on: there are no system tables. */
  logStatements?: boolean;
}

/** The stricter snapshots are what newer servers switch on by themselves; what holds with them holds without. */
const SETTINGS = [
  '--skip-networking',
  '--skip-grant-tables',
  '--skip-log-bin',
  '--innodb-file-per-table=OFF',
  '--innodb-snapshot-isolation=ON',
  '--innodb-lock-wait-timeout=5',
  '--character-set-server=latin1',
];
/** Nothing waits for the disk: a machine may lose it all, and without DURABLE so does a killed process. */
const FAST = ['--innodb-flush-method=nosync', '--skip-sync-frm', '--debug-no-sync'];
const FORGETFUL = ['--innodb-flush-log-at-trx-commit=0', '--skip-innodb-doublewrite'];
const DURABLE = ['--innodb-flush-log-at-trx-commit=2'];

/** A server whose data lie in this folder. */
export function mariadbIn(
  program: string,
  folder: string,
  { durable = false, bufferPool = '32M', logStatements = false }: Options = {},
): Mariadb {
  const socketPath = join(folder, 'socket');
  const log = join(folder, 'log.err');
  const generalLog = join(folder, 'statements');
  let child: ChildProcess | undefined;
  const killNow = () => void child?.kill('SIGKILL');

  const end = async (signal: NodeJS.Signals): Promise<void> => {
    process.off('exit', killNow);
    const running = child;
    if (!running || running.exitCode !== null || running.signalCode !== null) return;
    const ended = new Promise((resolve) => running.once('exit', resolve));
    running.kill(signal);
    await ended;
  };
  const begin = async (): Promise<void> => {
    rmSync(socketPath, { force: true });
    child = spawn(
      program,
      [
        '--no-defaults',
        ...(process.getuid?.() === 0 ? ['--user=root'] : []),
        `--datadir=${join(folder, 'data')}`,
        `--tmpdir=${folder}`,
        `--socket=${socketPath}`,
        `--pid-file=${join(folder, 'pid')}`,
        `--log-error=${log}`,
        `--innodb-buffer-pool-size=${bufferPool}`,
        ...(logStatements ? ['--general-log', `--general-log-file=${generalLog}`] : []),
        ...SETTINGS,
        ...FAST,
        ...(durable ? DURABLE : FORGETFUL),
      ],
      { stdio: 'ignore' },
    );
    process.once('exit', killNow);
    await answering(child, socketPath, log);
  };

  const self: Mariadb = {
    generalLog,
    async start() {
      const known = existsSync(join(folder, 'data'));
      if (!known) mkdirSync(join(folder, 'data'));
      await begin();
      if (known || !durable) return;
      // A data folder just made cannot be recovered before its first orderly stop: page 0 has not been written yet.
      await end('SIGTERM');
      await begin();
    },
    kill: () => end('SIGKILL'),
    async empty(name) {
      const connection = await self.connect();
      await connection.query(`CREATE DATABASE ${name}`);
      await connection.end();
      return `mysql://root@localhost/${name}?socket=${encodeURIComponent(socketPath)}`;
    },
    connect: (url) => {
      const database = url === undefined ? undefined : new URL(url).pathname.slice(1);
      return mysql.createConnection({ socketPath, user: 'root', database });
    },
  };
  return self;
}

/** Asks until the server answers; there is nothing in it worth an orderly wait for a log line. */
async function answering(child: ChildProcess, socketPath: string, log: string): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    if (child.exitCode !== null) break;
    try {
      await (await mysql.createConnection({ socketPath, user: 'root' })).end();
      return;
    } catch (error) {
      if (!['ENOENT', 'ECONNREFUSED'].includes(String((error as { code?: unknown }).code))) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`mariadbd did not start:\n${readFileSync(log, 'utf8')}`);
}

/** Where the program is; none where it is not installed. */
export function findMariadbd(): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/libexec', '/usr/local/sbin'];
  return folders
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, 'mariadbd'))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}
