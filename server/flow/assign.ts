import type { Facts, Flow, SeatFact, SeatRef, Step, TaskState } from './model.ts';
import { findStep } from './path.ts';
import { refuse } from './refusals.ts';

/** A seat a step names, found among the facts; `holders` are those who may decide here (never the initiator). */
export interface Assignment {
  seat: string;
  unitCode: string;
  /** Null where the unit has no such seat. */
  seatId: string | null;
  holders: string[];
  /** Would review its own unit's project, where the step does not let that happen. */
  recused?: true;
}

/** The seats of a step, in the order the flow names them, whether or not anyone holds them. */
export function seatsOf(step: Step, facts: Facts): Assignment[] {
  return step.seats.map((ref) => {
    // A step at which the applicant has a seat by design lets that seat answer; no other seat answers for its own unit.
    const fair = step.recusal !== undefined && ref.unit !== 'applicant';
    if (fair && ref.unit === facts.initiator.unitCode) return { ...assignment(ref, facts), holders: [], recused: true };
    return assignment(ref, facts, fair ? impartial : eligible);
  });
}

/** One seat, and who of its holders may decide; everybody but the initiator where nothing else is asked. */
export function assignment(ref: SeatRef, facts: Facts, who = eligible): Assignment {
  const unitCode = unitOf(ref, facts);
  const fact = facts.seats.find((seat) => seat.seat === ref.seat && seat.unitCode === unitCode);
  return { seat: ref.seat, unitCode, seatId: fact?.seatId ?? null, holders: who(fact, facts) };
}

/**
 * The seats that get a task when the step opens. Under `all` every seat must have someone who may decide; under
 * `any` one is enough and empty ones get no task. Otherwise `seat_empty`, so that no case is ever sent to nobody.
 * A recused seat is among them: it gets its line in the record, and no vote.
 */
export function assign(step: Step, facts: Facts): (Assignment & { seatId: string })[] {
  const seats = seatsOf(step, facts);
  const ready = (seat: Assignment): seat is Assignment & { seatId: string } => {
    return seat.seatId !== null && (seat.recused === true || seat.holders.length > 0);
  };
  const filled = seats.filter(ready);
  const enough = step.mode === 'any' ? filled.length > 0 : filled.length === seats.length;
  if (!enough || filled.length === 0) {
    const empty = seats.find((seat) => !ready(seat));
    refuse('seat_empty', { step: step.title, unit: empty?.unitCode ?? '', seat: empty?.seat ?? '' });
  }
  return filled;
}

/** Who may decide on the task now: seats change hands while it lies open, and the facts of today count. */
export function holdersOf(task: TaskState, flow: Flow, facts: Facts): string[] {
  if (task.personId !== null) return [task.personId];
  const seat = seatOf(task, facts);
  // A seat of the applicant's own is only asked where the step gives it to the applicant: it neither names nor stands in.
  const byDesign = seat?.unitCode === facts.initiator.unitCode;
  const fair = findStep(flow, task.step)?.recusal !== undefined && !byDesign;
  return fair ? impartial(seat, facts) : eligible(seat, facts);
}

/** Refuses whoever may not decide on the task: strangers, the initiator in whatever seat, and who must recuse. */
export function mustHold(task: TaskState, by: string, flow: Flow, facts: Facts): void {
  if (holdersOf(task, flow, facts).includes(by)) return;
  if (!seatOf(task, facts)?.holders.includes(by)) refuse('not_your_task');
  refuse(by === facts.initiator.personId ? 'self_approval' : 'own_project');
}

/** Whether this person holds any seat of the applicant's unit now. */
export function isOfApplicant(personId: string, facts: Facts): boolean {
  return facts.seats.some(
    ({ unitCode, holders }) => unitCode === facts.initiator.unitCode && holders.includes(personId),
  );
}

/** The code of the unit a seat is named in. */
export function unitOf(ref: SeatRef, facts: Facts): string {
  return ref.unit === 'applicant' ? facts.initiator.unitCode : ref.unit;
}

/** Of those who may decide in this seat, whoever does not also sit with the applicant: nobody reviews their own. */
export function impartial(seat: SeatFact | undefined, facts: Facts): string[] {
  return eligible(seat, facts).filter((person) => !isOfApplicant(person, facts));
}

function seatOf(task: TaskState, facts: Facts): SeatFact | undefined {
  return facts.seats.find(({ seatId }) => seatId === task.seatId);
}

/** Who may decide in this seat: its holders, never the initiator. */
function eligible(seat: SeatFact | undefined, facts: Facts): string[] {
  return (seat?.holders ?? []).filter((person) => person !== facts.initiator.personId);
}
