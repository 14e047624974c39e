import { resolve } from 'node:path';
import { Gate } from './gate.ts';
import { nativeSqlite, type NativeDatabase, type NativeStatement } from './native.ts';

const STATEMENTS_KEPT = 200;

/** A native connection and the statements prepared on it, the most recently used ones kept. */
export class Handle {
  readonly #native: NativeDatabase;
  readonly #statements = new Map<string, NativeStatement>();

  constructor(path: string) {
    this.#native = new (nativeSqlite())(path);
  }

  prepare(sql: string): NativeStatement {
    const statement = this.#statements.get(sql) ?? this.#native.prepare(sql);
    this.#statements.delete(sql);
    this.#statements.set(sql, statement);
    const [oldest] = this.#statements.keys();
    if (oldest !== undefined && this.#statements.size > STATEMENTS_KEPT) this.#statements.delete(oldest);
    return statement;
  }

  close(): void {
    this.#statements.clear();
    this.#native.close();
  }
}

/**
 * A database file as this process sees it: the writers' gate and the connections not in use. Sequelize opens one for
 * every transaction; they are used again, because a closed one keeps its file open until its statements are collected.
 */
export class DatabaseFile {
  readonly gate = new Gate();
  readonly #path: string;
  readonly #idle: Handle[] = [];
  #users = 0;

  constructor(path: string) {
    this.#path = path;
  }

  /** Keeps the connections not in use until the returned function is called. */
  hold(): () => void {
    this.#users += 1;
    let held = true;
    return () => {
      if (held) this.#leave();
      held = false;
    };
  }

  take(): Handle {
    const handle = this.#idle.pop() ?? new Handle(this.#path);
    this.#users += 1;
    return handle;
  }

  give(handle: Handle, inTransaction: boolean): void {
    if (!inTransaction || rolledBack(handle)) this.#idle.push(handle);
    this.#leave();
  }

  #leave(): void {
    this.#users -= 1;
    if (this.#users > 0) return;
    files.delete(this.#path);
    // The main file then holds everything, also when a statement not yet collected keeps the log from being removed.
    this.#idle[0]?.prepare('PRAGMA wal_checkpoint(TRUNCATE)').all();
    for (const idle of this.#idle.splice(0)) idle.close();
  }
}

const files = new Map<string, DatabaseFile>();

/** The file, shared by every connection to it in this process. */
export function fileAt(path: string): DatabaseFile {
  const absolute = resolve(path);
  const file = files.get(absolute) ?? new DatabaseFile(absolute);
  files.set(absolute, file);
  return file;
}

/** A connection that cannot roll back is closed instead, which ends its transaction too. */
function rolledBack(handle: Handle): boolean {
  try {
    handle.prepare('ROLLBACK').all();
    return true;
  } catch {
    handle.close();
    return false;
  }
}
