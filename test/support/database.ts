import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, test } from '@jest/globals';
import { findMariadbd, HOW_TO_GET_MARIADB, mariadbIn, type Mariadb } from '../../scripts/mariadb.ts';
import { connect, type Db } from '../../server/db/connection.ts';
import { migrate } from '../../server/db/migrate.ts';
import { crypto } from './seals.ts';

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
  // The other run of this file has it on both.
  if (shared) return;
  describe(`${name} (SQLite)`, () => runOn(sqlite(), suite));

  const program = findMariadbd();
  if (program) describe(`${name} (MariaDB)`, () => runOn(mariadb(program), suite));
  else sayMissing(name);
}

/**
 * Runs a suite on a private MariaDB alone: where two processes share a database it is the only one, because the embedded
 * SQLite serves one process. `durable` keeps what was committed when the server itself is killed.
 */
export function describeOnMariadb(
  name: string,
  suite: (server: Mariadb, folder: string) => void,
  options: { durable?: boolean } = {},
): void {
  const program = findMariadbd();
  if (!program) {
    sayMissing(name);
    return;
  }
  describe(`${name} (MariaDB)`, () => {
    const folder = mkdtempSync(join(tmpdir(), 'db-'));
    const server = mariadbIn(program, folder, options);
    beforeAll(() => server.start());
    afterAll(async () => {
      await server.kill();
      rmSync(folder, { recursive: true, force: true });
    });
    suite(server, folder);
  });
}

/** Loudly: a todo in the report and a warning; a failure where nothing may be skipped. */
function sayMissing(name: string): void {
  if (process.env['CI'] === '1') throw new Error(`MariaDB is missing: ${HOW_TO_GET_MARIADB}`);
  console.warn(`SKIPPED ${name} on MariaDB: there is no mariadbd. How to get it: ${HOW_TO_GET_MARIADB}`);
  describe(`${name} (MariaDB)`, () => test.todo(`SKIPPED: there is no mariadbd; ${HOW_TO_GET_MARIADB}`));
}

let shared: Mariadb | undefined;
let made = 0;

/** From here on `openDatabase` makes its databases on this server; for `onMariadb.ts`. */
export function makeDatabasesOn(server: Mariadb): void {
  shared = server;
}

/**
 * A new, migrated database for suites that have no word on the engine: SQLite in one run, MariaDB in the other (see
 * `jest.config.js`). Call `close` when done.
 */
export async function openDatabase(): Promise<{ db: Db; close: () => Promise<void> }> {
  if (shared) {
    const db = connect(await shared.empty(`suite_${(made += 1)}`), { crypto });
    await migrate(db, { now: Date.now });
    return { db, close: () => db.close() };
  }
  const folder = mkdtempSync(join(tmpdir(), 'db-'));
  const db = connect(`sqlite:${join(folder, 'test.db')}`, { crypto });
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
      const db = connect(url, { crypto });
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

function mariadb(program: string): Server {
  let running: Mariadb | undefined;
  return {
    dialect: 'mysql',
    start: (folder) => (running = mariadbIn(program, folder)).start(),
    empty: (_, count) => running?.empty(`test_${count}`) ?? Promise.reject(new Error('MariaDB was not started')),
    stop: () => running?.kill() ?? Promise.resolve(),
  };
}
