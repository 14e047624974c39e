/** Who tries the doors: one person of every kind there is among the demonstration's people, and those with no right at all. */
import type { Flow } from '../../server/flow/model.ts';
import type { Stage } from '../../forms/language/stage.ts';
import { stepsOf } from '../../server/flow/path.ts';
import { newId } from '../../server/db/ids.ts';
import { people, seatHolders, seats, units } from '../../server/db/tables.ts';
import { inTransaction } from '../../server/db/transaction.ts';
import { addSession } from '../support/app.ts';
import type { DemoPerson } from '../../server/commands/publishing/district.ts';
import { PEOPLE, SEATS } from '../support/catalogue.ts';
import { readForms, UNITS } from '../support/declaration.ts';
import type { District } from '../support/district.ts';

/** The unit whose projects everybody tries to reach: 甲单位 of the tables. */
export const OWN_UNIT = 'jtj';

export interface Column {
  title: string;
  /** Whose token is sent; null sends none. */
  login: string | null;
}

/** The columns of the tables, in their order. Logins with `+` are added for the test; the others are the demonstration's. */
export const COLUMNS: Column[] = [
  { title: '填报人', login: 'jtj.clerk' },
  { title: '同事经办人', login: 'jtj+deskmate' },
  { title: '本单位责任人', login: 'jtj.owner' },
  { title: '本单位负责人', login: 'jtj.head' },
  { title: '本单位无岗', login: 'jtj+seatless' },
  { title: '外单位经办人', login: 'wjw.clerk' },
  { title: '外单位责任人', login: 'wjw.owner' },
  { title: '外单位负责人', login: 'wjw.head' },
  { title: '外单位兼岗', login: 'gtjd.clerk' },
  { title: '受理岗', login: 'xxb.intake' },
  { title: '信息办审核岗', login: 'xxb.reviewer' },
  { title: '技术审查岗', login: 'xxb.engineer' },
  { title: '信息办主任', login: 'xxb.director' },
  { title: '表单管理员', login: 'xxb.forms' },
  { title: '财政局', login: 'czj.reviewer' },
  { title: '发改委', login: 'fgw.reviewer' },
  { title: '审批局', login: 'spj.reviewer' },
  { title: '替代席位', login: 'sjj.reviewer' },
  { title: '组长', login: 'ldxz.leader' },
  { title: '副组长', login: 'ldxz.deputy' },
  { title: '未登录', login: null },
  { title: '登录过期', login: 'jtj+expired' },
  { title: '账号停用', login: 'jtj+stopped' },
];

const FOLDERS = ['10-declaration', '20-filing', '30-preliminary'];
const FLOWS = FOLDERS.map((folder) => readForms<Flow>(`stages/${folder}/flow.json`));
const STAGES = FOLDERS.map((folder) => readForms<Stage>(`stages/${folder}/stage.json`));

const place = ({ unit, seat }: { unit: string; seat: string }) => `${unit}/${seat}`;
const STEPS = FLOWS.flatMap(({ nodes }) => stepsOf(nodes));
/** Seats a flow or a stage names by their unit, each a kind of its own; substitutes are one kind together. */
const NAMED = new Set([
  ...STEPS.flatMap(({ seats: asked, recusal }) => [...asked, ...(recusal ? [recusal.namedBy] : [])]).map(place),
  ...STAGES.flatMap(({ compiledBy }) => (compiledBy ? [place(compiledBy)] : [])),
]);
const CANDIDATES = new Set(STEPS.flatMap(({ recusal }) => recusal?.candidates ?? []).map(place));

/** What the program could tell two people apart by: their seats, and what flows, stages and the catalogue say of them. */
export function kindOf({ unit, seats: held }: Pick<DemoPerson, 'unit' | 'seats'>): string {
  const unitKind = UNITS.find(({ code }) => code === unit)?.kind ?? '';
  const words = held.map((seat) => {
    if (NAMED.has(place({ unit, seat }))) return place({ unit, seat });
    if (CANDIDATES.has(place({ unit, seat }))) return `candidate ${seat}`;
    const readsAll = SEATS.find(({ key }) => key === seat)?.readsAllIn?.includes(unitKind) ?? false;
    return readsAll ? `register ${seat}` : seat;
  });
  return `${unit === OWN_UNIT ? 'own' : 'other'}: ${words.sort().join(' + ')}`;
}

/** The column that speaks for each demonstration person; null for one of a kind that nobody has tried. */
export function columnsOfPeople(): Map<string, string | null> {
  const kinds = new Map(
    COLUMNS.flatMap(({ title, login }) => {
      const person = PEOPLE.find((one) => one.login === login);
      return person ? [[kindOf(person), title] as const] : [];
    }),
  );
  return new Map(PEOPLE.map((person) => [person.login, kinds.get(kindOf(person)) ?? null]));
}

/** Adds whom the demonstration does not have, and signs everybody in: a token for each column, null where none is sent. */
export async function signEverybodyIn(district: District): Promise<Map<string, string | null>> {
  const { db, time } = district;
  const ids = new Map<string, string>();
  await inTransaction(db, async (tx) => {
    const unit = await units.one(tx, { code: OWN_UNIT });
    if (!unit) throw new Error(`there is no unit ${OWN_UNIT}`);
    const add = async (login: string, held: string[], status: 'active' | 'disabled' = 'active') => {
      const id = newId(time.now);
      ids.set(login, id);
      const row = { id, login, name: login, title: null, phone: '0792-0000299', unitId: unit.id, status, demo: true };
      await people.insert(tx, row);
      for (const key of held) {
        const seat = await seats.one(tx, { unitId: unit.id, key });
        if (!seat) throw new Error(`${OWN_UNIT} has no seat ${key}`);
        const holder = { seatId: seat.id, personId: id, fromAt: time.now, toAt: null };
        await seatHolders.insert(tx, { id: newId(time.now), ...holder });
      }
    };
    await add('jtj+deskmate', ['clerk']);
    await add('jtj+seatless', []);
    await add('jtj+expired', ['clerk', 'projectOwner', 'unitHead']);
    await add('jtj+stopped', ['clerk', 'projectOwner', 'unitHead'], 'disabled');
  });
  const DAY = 24 * 3_600_000;
  const tokens = COLUMNS.map(async ({ title, login }) => {
    if (login === null) return [title, null] as const;
    const id = ids.get(login);
    if (id === undefined) return [title, (await district.as(login)).token] as const;
    return [title, await addSession(db, id, login === 'jtj+expired' ? time.now - DAY : time.now)] as const;
  });
  return new Map(await Promise.all(tokens));
}
