import { UniqueConstraintError } from 'sequelize';
import { snake } from './table.ts';

/** Lock wait, deadlock, snapshot conflict; then TiDB's and write conflicts. The transaction left nothing behind. */
const TRANSIENT = new Set<unknown>(['SQLITE_BUSY', 1205, 1213, 1020, 8002, 8022, 8028, 9007]);

/** Whether running the whole transaction again may succeed. Judged by the engine's code, however deep it is wrapped. */
export function isTransient(error: unknown): boolean {
  for (let at = error, depth = 0; at instanceof Object && depth < 5; depth += 1) {
    const { code, errno, parent, cause } = at as Record<'code' | 'errno' | 'parent' | 'cause', unknown>;
    if (TRANSIENT.has(code) || TRANSIENT.has(errno)) return true;
    at = parent ?? cause;
  }
  return false;
}

/**
 * Whether an insert or update was refused because a row with these values exists. `columns` are the properties of
 * the unique key that was hit; SQLite reports columns, MySQL the index, which is named after its columns.
 */
export function isDuplicate(
  error: unknown,
  of?: { name: string; key: readonly string[] },
  columns?: string[],
): boolean {
  if (!(error instanceof UniqueConstraintError)) return false;
  if (!of) return true;
  const wanted = (columns ?? of.key).map(snake);
  const reported = Array.isArray(error.fields) ? (error.fields as string[]) : Object.keys(error.fields);
  const index = [of.name, ...wanted].join('_');
  const isKey = wanted.join() === of.key.map(snake).join();
  return reported.join() === wanted.join() || reported.includes(index) || (isKey && reported.includes('PRIMARY'));
}
