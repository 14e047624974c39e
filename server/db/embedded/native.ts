import { createRequire } from 'node:module';

/** What the driver uses of `node:sqlite`; `@photostructure/sqlite` has the same face. */
export interface NativeStatement {
  run(...values: unknown[]): { changes: number | bigint; lastInsertRowid: number | bigint };
  all(...values: unknown[]): Record<string, unknown>[];
}
export interface NativeDatabase {
  exec(sql: string): void;
  prepare(sql: string): NativeStatement;
  close(): void;
}
type NativeClass = new (path: string) => NativeDatabase;

const REFUSAL =
  '本机没有可用的 SQLite：请改用 Node.js 22.13 或更高版本（自带），或在 Node.js 20 上重新运行 npm ci（不要加 --omit=optional）；' +
  '也可以把 DATABASE_URL 设为 mysql:// 开头的地址。\n' +
  'No SQLite here: use Node.js 22.13 or later (built in), or on Node.js 20 run npm ci again without --omit=optional; ' +
  'or set DATABASE_URL to a mysql:// address.';

/** Node's own SQLite where it has one, the prebuilt package otherwise; refuses in two languages when there is neither. */
export function nativeSqlite(
  builtin: (name: string) => object | undefined = (name) => process.getBuiltinModule(name),
  load: (name: string) => unknown = createRequire(import.meta.url),
): NativeClass {
  const own = builtin('node:sqlite');
  if (own) return (own as { DatabaseSync: NativeClass }).DatabaseSync;
  try {
    return (load('@photostructure/sqlite') as { DatabaseSync: NativeClass }).DatabaseSync;
  } catch (cause) {
    throw new Error(REFUSAL, { cause });
  }
}
