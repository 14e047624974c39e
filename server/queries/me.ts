import { latestStages } from '../db/published.ts';
import type { Reader } from '../db/handle.ts';
import { inboxItems, units } from '../db/tables.ts';
import { can, type Person } from '../policies.ts';
import { countWaiting } from './caseRows.ts';

/** The signed-in person as their own screen shows them. */
export async function me(reader: Reader, person: Person) {
  const theirs = await units.find(reader, { id: person.seats.map(({ unitId }) => unitId) });
  const names = new Map(theirs.map(({ id, name }) => [id, name]));
  const stages = (await latestStages(reader)).map(({ body }) => body);
  const first = stages.find(({ startedBy }) => startedBy !== null)?.startedBy;
  const compiler = stages.find(({ compiledBy }) => compiledBy !== undefined)?.compiledBy;
  return {
    person: { id: person.id, name: person.name, title: person.title, phone: person.phone },
    unit: { id: person.unitId, code: person.unitCode, name: person.unitName },
    seats: person.seats.map(({ id, key, title, unitId, unitCode }) => ({
      id,
      key,
      title,
      unit: { code: unitCode, name: names.get(unitId) ?? '' },
    })),
    may: {
      declare: first ? can(person, 'declare', { seat: first }) : false,
      plan: compiler ? can(person, 'readPlan', compiler) : false,
    },
    counts: {
      todo: await countWaiting(reader, person),
      unread: await inboxItems.count(reader, { personId: person.id, readAt: null }),
    },
  };
}
