import type { Reader } from '../db/handle.ts';
import { inboxItems } from '../db/tables.ts';
import type { Person } from '../policies.ts';
import { pageOf, placeOf } from './cursor.ts';

/** A page of one's own inbox, newest first. */
export async function messages(
  reader: Reader,
  person: Person,
  { cursor, limit = 20 }: { cursor?: string; limit?: number },
) {
  const place = placeOf(cursor);
  const rows = await inboxItems.find(
    reader,
    { personId: person.id },
    {
      order: [
        ['createdAt', 'desc'],
        ['id', 'desc'],
      ],
      limit: limit + 1,
      ...(place ? { after: { createdAt: place.at, id: place.id } } : {}),
    },
  );
  const { items, nextCursor } = pageOf(rows, limit, ({ createdAt, id }) => ({ at: createdAt, id }));
  return {
    items: items.map(({ id, title, text, caseId, createdAt, readAt }) => ({
      id,
      title,
      text,
      caseId,
      createdAt,
      readAt,
    })),
    nextCursor,
    unread: await inboxItems.count(reader, { personId: person.id, readAt: null }),
  };
}
