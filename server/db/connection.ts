import { closeSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import mysql from 'mysql2';
import { Sequelize, Transaction, type Options } from 'sequelize';
import type { CryptoProvider } from '../crypto.ts';
import { embeddedDriver } from './embedded/driver.ts';
import { fileAt } from './embedded/file.ts';
import { connectionOf, cryptoOf, type Db } from './handle.ts';
import { defineTables } from './table.ts';
import './tables.ts';
import { DatabaseUnusable } from './unusable.ts';

export type { Db, Reader, Tx } from './handle.ts';

export interface ConnectOptions {
  /** Gets every statement, without its values: they hold what citizens and officials wrote. */
  log?: (sql: string) => void;
  /** Connections kept at most; MySQL only. */
  poolMax?: number;
  /** Seals and opens sensitive values; without it neither can be done. */
  crypto?: CryptoProvider;
}

const withoutKeys = (): Promise<never> =>
  Promise.reject(new Error('This database was opened without keys: sensitive values can be neither sealed nor opened'));

const NO_KEYS: CryptoProvider = { newestKey: () => '', seal: withoutKeys, open: withoutKeys };

const LITERAL = /'(?:[^'\\]|\\.|'')*'/g;

/**
 * Opens a database: `sqlite:var/data.db` (trial, one process) or `mysql://user:password@host:3306/name` (production;
 * also MariaDB, TiDB, OceanBase). Nothing is created in it; run `migrate` before the first use. An address that cannot
 * be one is refused with `DatabaseUnusable`.
 */
export function connect(databaseUrl: string, { log, poolMax = 20, crypto = NO_KEYS }: ConnectOptions = {}): Db {
  const shared: Options = {
    logging: log ? (sql) => log(sql.replace(LITERAL, '?')) : false,
    // The driver and `inTransaction` retry where it is safe; Sequelize would repeat single statements.
    retry: { max: 1, match: [] },
    define: { timestamps: false },
  };
  const { dialect, options, release } = databaseUrl.startsWith('sqlite:')
    ? embedded(databaseUrl)
    : networked(databaseUrl, poolMax);
  const sequelize = new Sequelize({ ...shared, ...options });
  defineTables(sequelize);
  return { dialect, [connectionOf]: sequelize, [cryptoOf]: crypto, close: () => sequelize.close().finally(release) };
}

interface Target {
  dialect: Db['dialect'];
  options: Options;
  release?: () => void;
}

function embedded(databaseUrl: string): Target {
  const storage = resolve(databaseUrl.slice('sqlite:'.length));
  createPrivately(storage);
  const dialectModule = embeddedDriver();
  const transactionType = Transaction.TYPES.IMMEDIATE;
  return {
    dialect: 'sqlite',
    release: fileAt(storage).hold(),
    options: { dialect: 'sqlite', storage, dialectModule, transactionType },
  };
}

/** For the owner alone; SQLite gives its `-wal` and `-shm` the permissions of the file they belong to. */
function createPrivately(file: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    // A file that is there is not even opened: closing it again would drop the locks SQLite holds on it.
    closeSync(openSync(file, 'wx', 0o600));
  } catch (cause) {
    const { code, syscall } = cause as NodeJS.ErrnoException;
    if (code !== 'EEXIST' || syscall !== 'open') {
      throw new DatabaseUnusable(
        `不能建立数据库文件 ${file}（${String(code)}），请检查 DATABASE_URL 和所在文件夹的权限`,
      );
    }
    if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) {
      throw new DatabaseUnusable(
        `${file} 是文件夹，请在 DATABASE_URL 的 sqlite: 之后写文件，例如 sqlite:var/xunyang.db`,
      );
    }
  }
}

function networked(databaseUrl: string, poolMax: number): Target {
  const url = new URL(databaseUrl);
  if (url.protocol !== 'mysql:')
    throw new Error(`DATABASE_URL must begin with sqlite: or mysql://, not ${url.protocol}`);
  const socketPath = url.searchParams.get('socket');
  return {
    dialect: 'mysql',
    options: {
      dialect: 'mysql',
      dialectModule: mysql,
      host: url.hostname,
      port: Number(url.port || 3306),
      username: plain(url.username),
      password: plain(url.password),
      database: plain(url.pathname.slice(1)),
      pool: { max: poolMax, min: 0, idle: 30_000, acquire: 30_000 },
      dialectOptions: {
        charset: 'utf8mb4_bin',
        connectTimeout: 10_000,
        // `update` answers how many rows matched, as SQLite does, not how many changed.
        flags: ['FOUND_ROWS'],
        // Sequelize's own would be asked for every cell, for the sake of column types we do not have.
        typeCast: true,
        // The server keeps 16,382 prepared statements for all its clients together.
        maxPreparedStatements: 250,
        ...(socketPath ? { socketPath } : {}),
      },
    },
  };
}

function plain(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    throw new DatabaseUnusable('DATABASE_URL 的用户名、密码或库名中有单独的“%”，请写成“%25”');
  }
}
