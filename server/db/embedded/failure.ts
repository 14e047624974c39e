/** SQLite's primary result codes that callers tell apart. */
const BUSY = 5;
const CONSTRAINT = 19;

/**
 * Gives an error of the native library the `code` and message the `sqlite3` package would, which is what Sequelize reads.
 * `@photostructure/sqlite` reports the number for some failures and only SQLite's sentence for others; the sentences
 * are fixed texts of SQLite itself.
 */
export function sqliteError(cause: unknown): Error & { code: string } {
  const text = String((cause as { message?: unknown }).message);
  const reported = (cause as { errcode?: unknown }).errcode;
  const primary = typeof reported === 'number' ? reported & 0xff : guess(text);
  const code = name(primary, text);
  return Object.assign(new Error(`${code}: ${text}`, { cause }), { code, errno: primary });
}

export function busyError(why: string): Error & { code: string } {
  return Object.assign(new Error(`SQLITE_BUSY: ${why}`), { code: 'SQLITE_BUSY', errno: BUSY });
}

function guess(text: string): number {
  if (text.startsWith('database is locked') || text.startsWith('database table is locked')) return BUSY;
  if (text.includes('constraint failed')) return CONSTRAINT;
  return 1;
}

function name(primary: number, text: string): string {
  if (primary === BUSY || primary === 6) return 'SQLITE_BUSY';
  if (primary !== CONSTRAINT) return primary === 1 ? 'SQLITE_ERROR' : `SQLITE_ERROR_${primary}`;
  // Sequelize takes every plain SQLITE_CONSTRAINT for a unique violation.
  return /^(UNIQUE|FOREIGN KEY) constraint failed/.test(text) ? 'SQLITE_CONSTRAINT' : 'SQLITE_CONSTRAINT_OTHER';
}
