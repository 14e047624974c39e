import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import mysql from 'mysql2';
import { Sequelize, Transaction, type Options } from 'sequelize';
import { embeddedDriver } from './embedded/driver.ts';
import { fileAt } from './embedded/file.ts';
import { connectionOf, type Db } from './handle.ts';
import { defineTables } from './table.ts';
import './tables.ts';

export type { Db, Reader, Tx } from './handle.ts';

export interface ConnectOptions {
  /** Gets every statement, without its values: they hold what citizens and officials wrote. */
  log?: (sql: string) => void;
  /** Connections kept at most; MySQL only. */
  poolMax?: number;
}

const LITERAL = /'(?:[^'\\]|\\.|'')*'/g;

/**
 * Opens a database: `sqlite:var/data.db` (trial, one process) or `mysql://user:password@host:3306/name` (production;
 * also MariaDB, TiDB, OceanBase). Nothing is created in it; run `migrate` before the first use.
 */
export function connect(databaseUrl: string, { log, poolMax = 20 }: ConnectOptions = {}): Db {
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
  return { dialect, [connectionOf]: sequelize, close: () => sequelize.close().finally(release) };
}

interface Target {
  dialect: Db['dialect'];
  options: Options;
  release?: () => void;
}

function embedded(databaseUrl: string): Target {
  const storage = resolve(databaseUrl.slice('sqlite:'.length));
  mkdirSync(dirname(storage), { recursive: true });
  const dialectModule = embeddedDriver();
  const transactionType = Transaction.TYPES.IMMEDIATE;
  return {
    dialect: 'sqlite',
    release: fileAt(storage).hold(),
    options: { dialect: 'sqlite', storage, dialectModule, transactionType },
  };
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
      username: decodeURIComponent(url.username),
      password: decodeURIComponent(url.password),
      database: decodeURIComponent(url.pathname.slice(1)),
      pool: { max: poolMax, min: 0, idle: 30_000, acquire: 30_000 },
      dialectOptions: {
        charset: 'utf8mb4_bin',
        connectTimeout: 10_000,
        // `update` answers how many rows matched, as SQLite does, not how many changed.
        flags: ['FOUND_ROWS'],
        ...(socketPath ? { socketPath } : {}),
      },
    },
  };
}
