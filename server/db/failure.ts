import { ConnectionError, UniqueConstraintError } from 'sequelize';
import { snake } from './table.ts';

/** Lock wait, deadlock, snapshot conflict; then TiDB's and write conflicts. The transaction left nothing behind. */
const TRANSIENT = new Set<unknown>(['SQLITE_BUSY', 1205, 1213, 1020, 8002, 8022, 8028, 9007]);

/** The server is shutting down, or has ended this connection. */
const GOING_AWAY = new Set<unknown>([1053, 1927]);

/** Whether running the whole transaction again may succeed. Judged by the engine's code, however deep it is wrapped. */
export function isTransient(error: unknown): boolean {
  return layersOf(error).some(({ code, errno }) => TRANSIENT.has(code) || TRANSIENT.has(errno));
}

/**
 * Whether the database could not be reached, or went away meanwhile. Nobody knows then whether a COMMIT under way took
 * effect, so nothing is run again here: whoever repeats the request with its key hears what became of it.
 */
export function isUnreachable(error: unknown): boolean {
  return layersOf(error).some(
    // `fatal` is how mysql2 marks what makes a connection useless, lost ones among them.
    (layer) => layer instanceof ConnectionError || layer.fatal === true || GOING_AWAY.has(layer.errno),
  );
}

type Layer = Partial<Record<'code' | 'errno' | 'fatal' | 'parent' | 'cause', unknown>>;

/** The error and what it wraps: Sequelize keeps the driver's as `parent`, others as `cause`. */
function layersOf(error: unknown): Layer[] {
  const layers: Layer[] = [];
  for (let at = error; at instanceof Object && layers.length < 5;) {
    const layer = at as Layer;
    layers.push(layer);
    at = layer.parent ?? layer.cause;
  }
  return layers;
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
