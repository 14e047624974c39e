import type { Reader } from '../db/handle.ts';
import { cases, inboxItems, projects, type InboxItemRow } from '../db/tables.ts';
import type { Person } from '../policies.ts';
import { pageOf, placeOf } from './cursor.ts';

/**
 * A page of one's own inbox, newest first. The project's title is looked up here: a message does not carry it, since it
 * may leave the house.
 */
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
  const titles = await titlesOf(reader, items);
  return {
    items: items.map(({ id, title, text, caseId, createdAt, readAt }) => ({
      id,
      title,
      text,
      caseId,
      projectTitle: (caseId === null ? null : titles.get(caseId)) ?? null,
      createdAt,
      readAt,
    })),
    nextCursor,
    unread: await inboxItems.count(reader, { personId: person.id, readAt: null }),
  };
}

/** Titles of the projects these are about, by case. */
async function titlesOf(reader: Reader, items: InboxItemRow[]): Promise<Map<string, string | null>> {
  const caseIds = items.flatMap(({ caseId }) => caseId ?? []);
  const about = await cases.find(reader, { id: [...new Set(caseIds)] });
  const found = await projects.find(reader, { id: [...new Set(about.map(({ projectId }) => projectId))] });
  const titles = new Map(found.map(({ id, title }) => [id, title]));
  return new Map(about.map(({ id, projectId }) => [id, titles.get(projectId) ?? null]));
}
