import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, test } from '@jest/globals';
import mysql from 'mysql2/promise';
import { connect, type Db } from '../../server/db/connection.ts';
import { migrate } from '../../server/db/migrate.ts';

const HOW_TO_GET_IT = 'apt-get install mariadb-server-core (Debian, Ubuntu), or put a mariadbd on the PATH';

export interface Engine {
  readonly dialect: Db['dialect'];
  /** The address of a new database that holds nothing. It goes away with the suite. */
  empty(): Promise<string>;
  /** Closed with the suite. */
  connect(url: string): Db;
}

/** Opens a new, migrated, empty database of the engine under test. It is closed and removed with the suite. */
export type Open = () => Promise<Db>;

/**
 * Runs the suite on the embedded SQLite and on a private MariaDB, which is started for it and stopped after it. Without
 * MariaDB its half is a loud todo; with CI=1 it is a failure.
 */
export function describeOnEveryDatabase(name: string, suite: (open: Open, engine: Engine) => void): void {
  describe(`${name} (SQLite)`, () => runOn(sqlite(), suite));

  const program = mariadbd();
  if (program) {
    describe(`${name} (MariaDB)`, () => runOn(mariadb(program), suite));
    return;
  }
  if (process.env['CI'] === '1') throw new Error(`MariaDB is missing: ${HOW_TO_GET_IT}`);
  console.warn(`SKIPPED ${name} on MariaDB: there is no mariadbd. How to get it: ${HOW_TO_GET_IT}`);
  describe(`${name} (MariaDB)`, () => test.todo(`SKIPPED: there is no mariadbd; ${HOW_TO_GET_IT}`));
}

/** A migrated SQLite database for suites that need no second engine. Call `close` when done. */
export async function openEmbedded(): Promise<{ db: Db; close: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'db-'));
  const db = connect(`sqlite:${join(folder, 'test.db')}`);
  await migrate(db, { now: Date.now });
  return {
    db,
    close: async () => {
      await db.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface Server {
  dialect: Db['dialect'];
  start(folder: string): Promise<void>;
  empty(folder: string, count: number): Promise<string>;
  stop(): Promise<void>;
}

function runOn(server: Server, suite: (open: Open, engine: Engine) => void): void {
  const opened: Db[] = [];
  let folder = '';
  let count = 0;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'db-'));
    await server.start(folder);
  });
  afterAll(async () => {
    await Promise.all(opened.map((db) => db.close()));
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const engine: Engine = {
    dialect: server.dialect,
    empty: () => server.empty(folder, (count += 1)),
    connect: (url) => {
      const db = connect(url);
      opened.push(db);
      return db;
    },
  };
  const open = async () => {
    const db = engine.connect(await engine.empty());
    await migrate(db, { now: Date.now });
    return db;
  };
  suite(open, engine);
}

function sqlite(): Server {
  return {
    dialect: 'sqlite',
    start: () => Promise.resolve(),
    empty: (folder, count) => Promise.resolve(`sqlite:${join(folder, `${count}.db`)}`),
    stop: () => Promise.resolve(),
  };
}

/** Without system tables and without privileges it starts in a fraction of a second; it listens on a socket alone. */
function mariadb(program: string): Server {
  let child: ChildProcess | undefined;
  let socketPath = '';
  const kill = () => void child?.kill('SIGKILL');

  return {
    dialect: 'mysql',
    async start(folder) {
      socketPath = join(folder, 'socket');
      const log = join(folder, 'log');
      mkdirSync(join(folder, 'data'));
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
          '--skip-networking',
          '--skip-grant-tables',
          '--skip-log-bin',
          '--innodb-buffer-pool-size=32M',
          '--innodb-flush-method=nosync',
          '--innodb-flush-log-at-trx-commit=0',
          '--skip-innodb-doublewrite',
          '--innodb-file-per-table=OFF',
          '--skip-sync-frm',
          '--debug-no-sync',
          '--innodb-snapshot-isolation=ON',
          '--innodb-lock-wait-timeout=5',
          '--character-set-server=latin1',
        ],
        { stdio: 'ignore' },
      );
      process.once('exit', kill);
      await ready(child, socketPath, log);
    },
    async empty(_, count) {
      const connection = await mysql.createConnection({ socketPath, user: 'root' });
      await connection.query(`CREATE DATABASE test_${count}`);
      await connection.end();
      return `mysql://root@localhost/test_${count}?socket=${encodeURIComponent(socketPath)}`;
    },
    async stop() {
      process.off('exit', kill);
      const running = child;
      if (!running || running.exitCode !== null || running.signalCode !== null) return;
      const ended = new Promise((resolve) => running.once('exit', resolve));
      running.kill('SIGKILL');
      await ended;
    },
  };
}

/** Asks until the server answers; there is nothing in it worth an orderly wait for a log line. */
async function ready(child: ChildProcess, socketPath: string, log: string): Promise<void> {
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

function mariadbd(): string | undefined {
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
