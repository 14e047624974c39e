import { QueryTypes } from 'sequelize';
import { Umzug } from 'umzug';
import { connectionOf, on, type Db, type Tx } from './handle.ts';
import { design } from './migrations/design.ts';
import { district } from './migrations/district.ts';
import { language } from './migrations/language.ts';
import type { Migration } from './migrations/migration.ts';
import { outbox } from './migrations/outbox.ts';
import { published } from './migrations/published.ts';
import { review } from './migrations/review.ts';
import { work } from './migrations/work.ts';
import { inTransaction } from './transaction.ts';

/** In order; imported by hand, so that a bundle or a stray file can neither lose nor add one. */
export const migrations: readonly Migration[] = [
  ...district,
  ...published,
  ...work,
  ...outbox,
  ...review,
  ...design,
  ...language,
];

export interface MigrateOptions {
  now: () => number;
  /** Gets the name of each step as it is done. */
  log?: (name: string) => void;
  steps?: readonly Migration[];
}

/**
 * Brings the schema up to date and returns the names of the steps done. Two processes may start at once: one waits
 * for the other and then finds nothing to do. A database that knows steps this program does not is refused.
 */
export function migrate(db: Db, { now, log, steps = migrations }: MigrateOptions): Promise<string[]> {
  return inTransaction(db, (tx) => alone(tx, () => run(tx, steps, now, log)));
}

/** Lets nobody else migrate meanwhile. On SQLite the IMMEDIATE transaction itself does. */
async function alone<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  if (tx.dialect === 'sqlite') return work();
  const name = "CONCAT('migrate:', MD5(DATABASE()))";
  if ((await scalar(tx, `SELECT GET_LOCK(${name}, 120) AS v`)) !== 1) {
    throw new Error('Another process has been migrating this database for two minutes; start again when it is done');
  }
  try {
    return await work();
  } finally {
    await scalar(tx, `SELECT RELEASE_LOCK(${name}) AS v`);
  }
}

async function run(
  tx: Tx,
  steps: readonly Migration[],
  now: () => number,
  log: MigrateOptions['log'],
): Promise<string[]> {
  await statement(
    tx,
    'CREATE TABLE IF NOT EXISTS schema_migrations (name VARCHAR(100) NOT NULL PRIMARY KEY, applied_at BIGINT NOT NULL)' +
      (tx.dialect === 'mysql' ? ' DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin' : ''),
  );
  const executed = await names(tx);
  const unknown = executed.filter((name) => !steps.some((step) => step.name === name));
  if (unknown.length > 0) {
    throw new Error(`The database is newer than this program (${unknown.join(', ')}); run the newer program`);
  }
  const umzug = new Umzug({
    migrations: steps.map((step) => ({
      name: step.name,
      up: async () => {
        for (const sql of tx.dialect === 'sqlite' ? step.sqlite : [step.mysql]) await statement(tx, sql);
      },
    })),
    storage: {
      executed: () => names(tx),
      async logMigration({ name }) {
        const sql = 'INSERT INTO schema_migrations (name, applied_at) VALUES ($name, $at)';
        const bind = { name, at: now() };
        await tx[connectionOf].query(sql, { bind, type: QueryTypes.INSERT, ...on(tx) });
        log?.(name);
      },
      unlogMigration: () => Promise.reject(new Error('Migrations only go forward')),
    },
    logger: undefined,
  });
  return (await umzug.up()).map(({ name }) => name);
}

async function statement(tx: Tx, sql: string): Promise<void> {
  await tx[connectionOf].query(sql, { type: QueryTypes.RAW, ...on(tx) });
}

async function names(tx: Tx): Promise<string[]> {
  const sql = 'SELECT name FROM schema_migrations ORDER BY name';
  const rows = await tx[connectionOf].query<{ name: string }>(sql, { type: QueryTypes.SELECT, ...on(tx) });
  return rows.map(({ name }) => name);
}

async function scalar(tx: Tx, sql: string): Promise<unknown> {
  const rows = await tx[connectionOf].query<{ v: unknown }>(sql, { type: QueryTypes.SELECT, ...on(tx) });
  return rows[0]?.v;
}
