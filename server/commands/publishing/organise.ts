import type { Option } from '../../../forms/language/dialect.ts';
import { newId } from '../../db/ids.ts';
import { contentHash } from '../../db/json.ts';
import { dictionaryEntries, people, seatHolders, recordSources, seats, units, workdayYears } from '../../db/tables.ts';
import type { Tx } from '../../db/transaction.ts';
import type { District } from './district.ts';

/** Units and their seats: adds what is missing, changes what is described differently, removes nothing. */
export async function organise(tx: Tx, district: District, now: number): Promise<void> {
  const known = new Map((await units.find(tx, {})).map((unit) => [unit.code, unit]));
  const knownSeats = await seats.find(tx, {});
  for (const { code, name, type, uscc, kind } of district.units) {
    const unit = known.get(code);
    const id = unit?.id ?? newId(now);
    if (!unit) await units.insert(tx, { id, code, name, type, uscc, active: true });
    else if (unit.name !== name || unit.type !== type || unit.uscc !== uscc) {
      await units.update(tx, { id }, { name, type, uscc });
    }
    for (const { key, title, readsAllIn } of district.seats.filter(({ kinds }) => kinds.includes(kind))) {
      const readsAll = readsAllIn?.includes(kind) ?? false;
      const seat = knownSeats.find((candidate) => candidate.unitId === id && candidate.key === key);
      if (!seat) await seats.insert(tx, { id: newId(now), unitId: id, key, title, readsAll });
      else if (seat.title !== title || seat.readsAll !== readsAll) {
        await seats.update(tx, { id: seat.id }, { title, readsAll });
      }
    }
  }
}

/** Dictionaries, and the clauses of the plan as one more: an entry that is gone is no longer offered, but still shown. */
export async function fillDictionaries(tx: Tx, district: District, now: number): Promise<void> {
  const clauses: Option[] = district.planning.map(({ id, label }) => ({ value: id, label }));
  const wanted = Object.entries({ ...district.dictionaries, planningClause: clauses }).flatMap(
    ([dictionary, options]) =>
      options.map(({ value, label, parent = null }, sort) => ({ dictionary, value, label, sort, parent })),
  );
  const place = ({ dictionary, value }: { dictionary: string; value: string }) => `${dictionary} ${value}`;
  const known = new Map((await dictionaryEntries.find(tx, {})).map((entry) => [place(entry), entry]));
  const added = wanted.filter((entry) => !known.has(place(entry)));
  await dictionaryEntries.insertMany(
    tx,
    added.map((entry) => ({ ...entry, id: newId(now), active: true })),
  );
  for (const entry of wanted) {
    const last = known.get(place(entry));
    known.delete(place(entry));
    if (!last) continue;
    const { label, sort, parent } = entry;
    if (last.active && last.label === label && last.sort === sort && last.parent === parent) continue;
    await dictionaryEntries.update(tx, { id: last.id }, { label, sort, parent, active: true });
  }
  for (const { id, active } of known.values()) {
    if (active) await dictionaryEntries.update(tx, { id }, { active: false });
  }
}

/** The working-day calendar: a year that is announced again replaces what was known of it; none is forgotten. */
export async function keepCalendar(tx: Tx, { workdays }: District): Promise<void> {
  const known = new Map((await workdayYears.find(tx, {})).map((row) => [row.year, row]));
  for (const { year, off, worked } of workdays) {
    const last = known.get(year);
    if (!last) await workdayYears.insert(tx, { year, off, worked });
    else if (contentHash([last.off, last.worked]) !== contentHash([off, worked])) {
      await workdayYears.update(tx, { year }, { off, worked });
    }
  }
}

/** What a reference may lead to; one that is gone leads nowhere any more. */
export async function keepSources(tx: Tx, { sources }: District): Promise<void> {
  const known = new Map((await recordSources.find(tx, {})).map((row) => [row.key, row]));
  for (const [key, { title, form: formKey, label: labels, of: scope }] of Object.entries(sources)) {
    const last = known.get(key);
    known.delete(key);
    const source = { title, formKey, labels, scope };
    if (!last) await recordSources.insert(tx, { key, ...source });
    else if (contentHash({ ...last }) !== contentHash({ key, ...source }))
      await recordSources.update(tx, { key }, source);
  }
  for (const key of known.keys()) await recordSources.remove(tx, { key });
}

/** The people of the demonstration, in their seats. */
export async function seatDemoPeople(tx: Tx, district: District, now: number): Promise<void> {
  for (const { login, name, title, phone, unit: code, seats: keys } of district.demoPeople) {
    const unit = await units.one(tx, { code });
    if (!unit) throw new Error(`demo person ${login} belongs to the unit ${code}, which does not exist`);
    const known = await people.one(tx, { login });
    const id = known?.id ?? newId(now);
    const person = { name, title, phone, unitId: unit.id, demo: true };
    if (!known) await people.insert(tx, { id, login, status: 'active', ...person });
    for (const key of keys) {
      const seat = await seats.one(tx, { unitId: unit.id, key });
      if (!seat) throw new Error(`demo person ${login} holds the seat ${key}, which ${code} does not have`);
      const held = { seatId: seat.id, personId: id, toAt: null };
      if (!(await seatHolders.one(tx, held))) await seatHolders.insert(tx, { id: newId(now), ...held, fromAt: now });
    }
  }
}
