/**
 * Counts the statements this process sends to its database and kills the process, as a power cut would, at the one
 * asked for. Only child processes of tests load it; it takes hold of the drivers from outside.
 */
import mysql from 'mysql2';
import { nativeSqlite, type NativeStatement } from '../../server/db/embedded/native.ts';

/** `before`: the statement is never sent. `sent`: it is, and nobody hears the answer. */
export type Moment = 'before' | 'sent';

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

function counted<T>(send: () => T): T {
  count += 1;
  const last = count === fatal.at;
  if (last && fatal.moment === 'before') process.kill(process.pid, 'SIGKILL');
  const result = send();
  if (last) process.kill(process.pid, 'SIGKILL');
  return result;
}

type Method = (this: object, ...args: unknown[]) => unknown;

const connection = (mysql as unknown as { Connection: { prototype: object } }).Connection.prototype;
const base = Object.getPrototypeOf(connection) as Record<'query' | 'execute', Method>;
for (const name of ['query', 'execute'] as const) {
  const original = base[name];
  base[name] = function (...args) {
    return counted(() => original.apply(this, args));
  };
}

const native = nativeSqlite().prototype as { prepare: (sql: string) => NativeStatement };
const prepare = native.prepare;
native.prepare = function (sql) {
  const statement = prepare.call(this, sql);
  return {
    run: (...values) => counted(() => statement.run(...values)),
    all: (...values) => counted(() => statement.all(...values)),
  };
};
