import type { Reader } from '../db/handle.ts';
import { people, seatHolders, seats, sessions, units, type SessionRow } from '../db/tables.ts';
import type { HeldSeat, Person } from '../policies.ts';

export type SessionAnswer =
  | { state: 'live'; session: SessionRow; person: Person }
  /** Nobody by this token; past its idle or absolute end, or signed out; its person may no longer sign in. */
  | { state: 'unknown' | 'expired' | 'disabled' };

/** Whose session this is, judged at this moment: its ends, whether it was revoked, and whether the person still may. */
export const sessionFor = async (reader: Reader, tokenHash: string, now: number): Promise<SessionAnswer> => {
  const session = await sessions.one(reader, { tokenHash });
  if (!session) return { state: 'unknown' };
  if (session.revokedAt !== null || now >= session.expiresAt || now >= session.absoluteExpiresAt) {
    return { state: 'expired' };
  }
  const person = await personBy(reader, session.personId);
  return person ? { state: 'live', session, person } : { state: 'disabled' };
};

/** A person with the seats they hold now; null when they may not sign in. */
const personBy = async (reader: Reader, personId: string): Promise<Person | null> => {
  const found = await people.one(reader, { id: personId });
  const unit = found && (await units.one(reader, { id: found.unitId }));
  if (!found || !unit || found.status !== 'active') return null;
  return {
    id: found.id,
    name: found.name,
    title: found.title ?? '',
    phone: found.phone,
    unitId: unit.id,
    unitCode: unit.code,
    unitName: unit.name,
    seats: await seatsHeldBy(reader, personId),
  };
};

const seatsHeldBy = async (reader: Reader, personId: string): Promise<HeldSeat[]> => {
  const held = await seatHolders.find(reader, { personId, toAt: null });
  const found = await seats.find(reader, { id: held.map(({ seatId }) => seatId) }, { order: [['id', 'asc']] });
  const theirs = await units.find(reader, { id: found.map(({ unitId }) => unitId) });
  const codes = new Map(theirs.map(({ id, code }) => [id, code]));
  return found.map((seat) => ({ ...seat, unitCode: codes.get(seat.unitId) ?? '' }));
};
