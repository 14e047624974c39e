import type { Data, Env, Json } from '../../forms/language/dialect.ts';
import type { Stage } from '../../forms/language/stage.ts';
import type { Decision, Facts, FlowState, SeatFact } from '../flow/model.ts';
import { dateInShanghai } from './calendar.ts';
import { planYears } from './window.ts';

/** What facts are made of: the case, its applicant and the seats that may have a part in it. */
export interface Standing {
  row: { initiatorId: string; unitId: string; flowState: FlowState };
  stage: Pick<Stage, 'filledBy'>;
  unit: { code: string; name: string; type: string; uscc: string | null };
  initiator: { name: string; phone: string | null };
  project: { no: string | null; title: string | null; planYear: number | null; totalInvest: number | null };
  earlier: Record<string, Data>;
  workdays: Json;
  seats: SeatFact[];
}

/** Whoever fills in or decides: rules may take their name as a default. */
export interface Actor {
  id: string;
  name: string;
  phone: string | null;
}

/**
 * What rules may read besides the form. `unit` is the applicant, `person` whoever is acting now. While the initiator
 * is writing, `round` is already the round that the next submission begins; `step` is null until the first one.
 * `decision` is set while a decision is being carried out: a sheet may ask more of an acceptance than of a draft.
 */
export function envFor(
  { row, unit, initiator, project, earlier, workdays }: Standing,
  actor: Actor,
  now: number,
  decision: Decision | null = null,
): Env {
  const { state, round, at } = row.flowState;
  const writing = state === 'draft' || state === 'returned';
  return {
    today: dateInShanghai(now),
    planYears: planYears(now),
    round: writing ? round + 1 : round,
    step: at,
    decision,
    unit: { code: unit.code, name: unit.name, type: unit.type, uscc: unit.uscc },
    person: { id: actor.id, name: actor.name, phone: actor.phone },
    initiator: { name: initiator.name, phone: initiator.phone },
    project: { no: project.no, title: project.title, planYear: project.planYear, totalInvest: project.totalInvest },
    earlier,
    workdays,
  };
}

/** What the engine may know of the world. */
export function factsFor(standing: Standing, env: Env, data: Record<string, Data>, now: number): Facts {
  const { row, stage, unit, seats } = standing;
  const inOffice = seats.some(
    ({ seat, unitId, holders }) =>
      seat === stage.filledBy && unitId === row.unitId && holders.includes(row.initiatorId),
  );
  return {
    now,
    env,
    data,
    initiator: { personId: row.initiatorId, unitId: row.unitId, unitCode: unit.code, inOffice },
    seats,
  };
}
