/**
 * Counts what this process writes to its database and kills the process, as a power cut would, at the statement asked
 * for. Only child processes of tests load it; it takes hold of the drivers from outside. Reads are not counted: between
 * two of them the database holds the same as before the write that follows.
 */
import mysql from 'mysql2';
import { Handle } from '../../server/db/embedded/file.ts';

/** `before`: the statement is never sent. `sent`: it is, and nobody hears the answer. */
export type Moment = 'before' | 'sent';

const WRITES = /^\s*(INSERT|UPDATE|DELETE|COMMIT)\b/i;

let count = 0;
let fatal = { at: Infinity, moment: 'before' as Moment };

/** From here on the statements are counted; the process dies at number `at`. */
export function dieAt(at: number, moment: Moment): void {
  count = 0;
  fatal = { at, moment };
}

export function statementsSoFar(): number {
  return count;
}

function counted<T>(sql: string, send: () => T): T {
  if (!WRITES.test(sql)) return send();
  count += 1;
  const last = count === fatal.at;
  if (last && fatal.moment === 'before') process.kill(process.pid, 'SIGKILL');
  const result = send();
  if (last) process.kill(process.pid, 'SIGKILL');
  return result;
}

type Method = (this: object, sql: string | { sql: string }, ...rest: unknown[]) => unknown;

const { prototype } = (mysql as unknown as { Connection: { prototype: object } }).Connection;
const base = Object.getPrototypeOf(prototype) as Record<'query' | 'execute', Method>;
for (const name of ['query', 'execute'] as const) {
  const original = base[name];
  base[name] = function (sql, ...rest) {
    return counted(typeof sql === 'string' ? sql : sql.sql, () => original.call(this, sql, ...rest));
  };
}

const own = Handle.prototype as { prepare: (this: Handle, sql: string) => ReturnType<Handle['prepare']> };
const prepare = own.prepare;
own.prepare = function (sql) {
  const statement = prepare.call(this, sql);
  return {
    run: (...values) => counted(sql, () => statement.run(...values)),
    all: (...values) => counted(sql, () => statement.all(...values)),
  };
};
