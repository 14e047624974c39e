import { busyError, sqliteError } from './failure.ts';
import { fileAt, type DatabaseFile, type Handle } from './file.ts';
import { bindings, fromNative, type Parameters } from './values.ts';

type Done = (this: Statement, error: Error | null, rows?: Record<string, unknown>[]) => void;
type Kind = 'begin' | 'end' | 'write' | 'read';

/** Sequelize reads these two off the callback's `this`, and the class by its name. */
class Statement {
  lastID = 0;
  changes = 0;
}

/** How long a statement waits for other writers, in this process and in others, before SQLITE_BUSY. */
const BUSY_MS = 5_000;

/**
 * One connection with the face of the `sqlite3` package, as far as Sequelize 6 uses it, over Node's synchronous SQLite.
 *
 * - A writer first passes the file's gate; a transaction keeps it from BEGIN to COMMIT or ROLLBACK.
 * - A file locked by another process is tried again by timer: SQLite's own busy_timeout would stop the event loop.
 * - A transaction that cannot be ended is ended by closing the connection, so the gate never stays shut.
 */
export class Database {
  /** Set by Sequelize. */
  uuid: string | undefined;
  readonly filename: string;
  readonly #file: DatabaseFile;
  readonly #busyMs: number;
  #handle: Handle | null = null;
  #inTransaction = false;

  constructor(filename: string, _mode: number, opened: (error: Error | null) => void, busyMs = BUSY_MS) {
    this.filename = filename;
    this.#busyMs = busyMs;
    this.#file = fileAt(filename);
    this.#open().then(
      () => opened(null),
      (error: Error) => opened(error),
    );
  }

  /** Statements that answer with rows. Like `sqlite3`, Sequelize may leave out the parameters, the callback or both. */
  all(sql: string, ...rest: [Parameters?, Done?] | [Done]): void {
    const parameters = typeof rest[0] === 'function' ? [] : (rest[0] ?? []);
    const done = typeof rest[0] === 'function' ? rest[0] : rest[1];
    const statement = new Statement();
    this.#inTurn(sql, parameters, statement).then(
      (rows) => done?.call(statement, null, rows),
      (error: Error) => done?.call(statement, error),
    );
  }

  /** Statements that answer with a number of changes. */
  run(sql: string, ...rest: [Parameters?, Done?] | [Done]): void {
    this.all(sql, ...rest);
  }

  /** Statements of one connection run in order anyway: the native calls are synchronous. */
  serialize(work: () => void): void {
    work();
  }

  /** Ends a running transaction without saving it. */
  close(done?: (error: Error | null) => void): void {
    const handle = this.#handle;
    this.#handle = null;
    if (handle) this.#file.give(handle, this.#inTransaction);
    this.#leave();
    if (done) queueMicrotask(() => done(null));
  }

  async #open(): Promise<void> {
    const handle = this.#file.take();
    this.#handle = handle;
    try {
      for (const setting of ['journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON', 'busy_timeout = 0']) {
        await this.#untilFree(() => handle.prepare(`PRAGMA ${setting}`).all());
      }
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** Decides whether the statement needs the gate, and whether it gives it back. */
  async #inTurn(sql: string, values: Parameters, statement: Statement): Promise<Record<string, unknown>[]> {
    const kind = kindOf(sql);
    if (kind === 'end') return this.#end(sql, statement);
    if (kind === 'read' || this.#inTransaction) return this.#untilFree(() => this.#execute(sql, values, statement));
    const keeps = kind === 'begin';
    if (!(await this.#file.gate.enter(this.#busyMs))) {
      throw busyError('database is locked by another transaction of this process');
    }
    this.#inTransaction = keeps;
    let held = false;
    try {
      const rows = await this.#untilFree(() => this.#execute(sql, values, statement));
      held = keeps;
      return rows;
    } finally {
      if (!held) {
        this.#inTransaction = false;
        this.#file.gate.leave();
      }
    }
  }

  async #end(sql: string, statement: Statement): Promise<Record<string, unknown>[]> {
    // Sequelize also rolls back a transaction whose BEGIN failed.
    if (!this.#inTransaction) return [];
    try {
      const rows = await this.#untilFree(() => this.#execute(sql, [], statement));
      this.#leave();
      return rows;
    } catch (error) {
      this.close();
      throw error;
    }
  }

  #leave(): void {
    if (!this.#inTransaction) return;
    this.#inTransaction = false;
    this.#file.gate.leave();
  }

  #execute(sql: string, values: Parameters, statement: Statement): Record<string, unknown>[] {
    if (!this.#handle) throw new Error('The connection is closed');
    const prepared = this.#handle.prepare(sql);
    const bound = bindings(values);
    if (kindOf(sql) !== 'write') return fromNative(prepared.all(...bound));
    const { changes, lastInsertRowid } = prepared.run(...bound);
    statement.changes = Number(changes);
    statement.lastID = Number(lastInsertRowid);
    return [];
  }

  /** Runs a native call, and again while another process holds the file. */
  async #untilFree<T>(call: () => T): Promise<T> {
    const deadline = performance.now() + this.#busyMs;
    for (let wait = 2; ; wait = Math.min(wait * 2, 50)) {
      try {
        return call();
      } catch (cause) {
        const error = cause instanceof RangeError || cause instanceof TypeError ? cause : sqliteError(cause);
        if (!('code' in error) || error.code !== 'SQLITE_BUSY' || performance.now() + wait > deadline) throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, wait * (0.5 + Math.random())));
    }
  }
}

function kindOf(sql: string): Kind {
  const first = /^\s*([a-z]+)/i.exec(sql)?.[1]?.toUpperCase();
  if (first === 'BEGIN') return 'begin';
  if (first === 'COMMIT' || (first === 'ROLLBACK' && !/\bTO\b/i.test(sql))) return 'end';
  return first && ['SELECT', 'WITH', 'PRAGMA', 'EXPLAIN', 'SAVEPOINT', 'RELEASE', 'ROLLBACK'].includes(first)
    ? 'read'
    : 'write';
}

/** What Sequelize gets as `dialectModule`: the parts of the `sqlite3` package it uses. */
export function embeddedDriver(): { Database: typeof Database; OPEN_READWRITE: number; OPEN_CREATE: number } {
  return { Database, OPEN_READWRITE: 2, OPEN_CREATE: 4 };
}
