import { latestStages } from '../db/published.ts';
import type { Reader } from '../db/handle.ts';
import { select } from '../db/sql.ts';
import { inboxItems, units } from '../db/tables.ts';
import { can, type Person } from '../policies.ts';

/** The signed-in person as their own screen shows them. */
export async function me(reader: Reader, person: Person) {
  const theirs = await units.find(reader, { id: person.seats.map(({ unitId }) => unitId) });
  const names = new Map(theirs.map(({ id, name }) => [id, name]));
  const first = (await latestStages(reader)).find(({ body }) => body.startedBy !== null)?.body.startedBy;
  return {
    person: { id: person.id, name: person.name, title: person.title, phone: person.phone },
    unit: { id: person.unitId, code: person.unitCode, name: person.unitName },
    seats: person.seats.map(({ id, key, title, unitId, unitCode }) => ({
      id,
      key,
      title,
      unit: { code: unitCode, name: names.get(unitId) ?? '' },
    })),
    may: { declare: first ? can(person, 'declare', { seat: first }) : false },
    counts: {
      todo: await todo(reader, person),
      unread: await inboxItems.count(reader, { personId: person.id, readAt: null }),
    },
  };
}

async function todo(reader: Reader, person: Person): Promise<number> {
  const sql = `SELECT COUNT(*) AS n FROM tasks t JOIN cases c ON c.id = t.case_id
    WHERE t.status = 'open' AND (t.person_id = $me OR (t.seat_id IN ($seats) AND c.initiator_id <> $me))`;
  const [row] = await select<{ n: number }>(reader, sql, { me: person.id, seats: person.seats.map(({ id }) => id) });
  return row?.n ?? 0;
}
