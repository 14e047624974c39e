import type { Reader } from '../db/handle.ts';
import { people, seatHolders, seats, units } from '../db/tables.ts';

/** The people one may sign in as in a demonstration, in the order they were written down. */
export async function personas(reader: Reader, notes: ReadonlyMap<string, string>) {
  const found = await people.find(reader, { demo: true, status: 'active' }, { order: [['id', 'asc']] });
  const unitNames = new Map((await units.find(reader, {})).map(({ id, name }) => [id, name]));
  const held = await seatHolders.find(reader, { personId: found.map(({ id }) => id), toAt: null });
  const titles = new Map(
    (await seats.find(reader, { id: held.map(({ seatId }) => seatId) })).map((seat) => [seat.id, seat.title]),
  );
  return {
    personas: found.map(({ id, login, name, title, unitId }) => ({
      login,
      name,
      title: title ?? '',
      unit: unitNames.get(unitId) ?? '',
      seats: held.filter(({ personId }) => personId === id).map(({ seatId }) => titles.get(seatId) ?? ''),
      note: notes.get(login) ?? '',
    })),
  };
}
