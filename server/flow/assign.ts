import type { Facts, SeatFact, SeatRef, Step, TaskState } from './model.ts';
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
    const unitCode = ref.unit === 'applicant' ? facts.initiator.unitCode : ref.unit;
    const fact = findSeat(facts, ref, unitCode);
    const recused = step.recusal !== undefined && ref.unit !== 'applicant' && unitCode === facts.initiator.unitCode;
    const holders = recused ? [] : eligible(fact, facts);
    return { seat: ref.seat, unitCode, seatId: fact?.seatId ?? null, holders, ...(recused && { recused }) };
  });
}

/**
 * The seats that get a task when the step opens. Under `all` every seat must have someone who may decide; under
 * `any` one is enough and empty ones get no task. Otherwise `seat_empty`, so that no case is ever sent to nobody.
 * A recused seat is among them: it gets its line in the record, and no vote.
 */
export function assign(step: Step, facts: Facts): (Assignment & { seatId: string })[] {
  const seats = seatsOf(step, facts);
  const filled = seats.filter((seat): seat is Assignment & { seatId: string } => {
    return seat.seatId !== null && (seat.recused === true || seat.holders.length > 0);
  });
  const enough = step.mode === 'any' ? filled.length > 0 : filled.length === seats.length;
  if (!enough || filled.length === 0) {
    const empty = seats.find((seat) => seat.holders.length === 0 && !seat.recused);
    refuse('seat_empty', { step: step.title, unit: empty?.unitCode ?? '', seat: empty?.seat ?? '' });
  }
  return filled;
}

/** Who may decide on the task now: seats change hands while it lies open, and the facts of today count. */
export function holdersOf(task: TaskState, facts: Facts): string[] {
  if (task.personId !== null) return [task.personId];
  const holders = eligible(
    facts.seats.find((seat) => seat.seatId === task.seatId),
    facts,
  );
  if (task.standsFor === undefined || task.kind === 'nominate') return holders;
  // Whoever came to sit with the applicant since they were named is as conflicted as the seat they stand in for.
  const own = facts.seats.filter(({ unitCode }) => unitCode === facts.initiator.unitCode);
  return holders.filter((person) => !own.some((seat) => seat.holders.includes(person)));
}

/** Refuses whoever may not decide on the task: strangers, and the initiator in whatever seat they sit. */
export function mustHold(task: TaskState, by: string, facts: Facts): void {
  if (holdersOf(task, facts).includes(by)) return;
  const seat = facts.seats.find((candidate) => candidate.seatId === task.seatId);
  refuse(seat?.holders.includes(by) ? 'self_approval' : 'not_your_task');
}

function findSeat(facts: Facts, ref: SeatRef, unitCode: string): SeatFact | undefined {
  return facts.seats.find((seat) => seat.seat === ref.seat && seat.unitCode === unitCode);
}

/** Who may decide in this seat: its holders, never the initiator. */
export function eligible(seat: SeatFact | undefined, facts: Facts): string[] {
  return (seat?.holders ?? []).filter((person) => person !== facts.initiator.personId);
}
