import { Refusal } from '../errors.ts';

/** Where a page ended: a time and, among rows of one time, an id. */
export interface Place {
  at: number;
  id: string;
}

/** The place as text for an address; nobody but us reads it. */
function cursorOf({ at, id }: Place): string {
  return Buffer.from(`${at} ${id}`).toString('base64url');
}

/** The place a cursor stands for; one we did not write is refused. */
export function placeOf(cursor: string | undefined): Place | null {
  if (cursor === undefined) return null;
  const match = /^(\d{1,15}) ([0-9a-f-]{36})$/.exec(Buffer.from(cursor, 'base64url').toString('utf8'));
  if (!match?.[1] || !match[2]) throw new Refusal('invalid_value', { field: '翻页位置' });
  return { at: Number(match[1]), id: match[2] };
}

/** One page of rows read with `limit + 1`, and where the next one begins. */
export function pageOf<Row>(
  rows: Row[],
  limit: number,
  place: (row: Row) => Place,
): { items: Row[]; nextCursor: string | null } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last ? cursorOf(place(last)) : null };
}
