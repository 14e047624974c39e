import { assignment, impartial, isOfApplicant, type Assignment } from './assign.ts';
import type { Facts, FlowState, Recusal, SeatRef, Step, TaskState } from './model.ts';
import { refuse } from './refusals.ts';
import { lastOpening } from './votes.ts';

/** A seat that may answer for a recused one. */
export type Candidate = Assignment & { seatId: string };

/** Who may be named at this nomination now, in the order of the flow. */
export function candidatesFor(step: Step, state: FlowState, facts: Facts): Candidate[] {
  return (step.recusal?.candidates ?? []).flatMap((ref) => {
    const found = assignment(ref, facts);
    return objectionTo(found, step, state, facts) === null && isFilled(found) ? [found] : [];
  });
}

/**
 * The candidate named as `unit/seat`; refuses one that is not listed, conflicted itself, voting already, or vacant.
 * Where nobody could be named, that is said instead: there is no point in trying another.
 */
export function mustBeCandidate(step: Step, to: string, state: FlowState, facts: Facts): Candidate {
  if (candidatesFor(step, state, facts).length === 0) refuse('no_substitute', { step: step.title });
  const ref = step.recusal?.candidates.find((candidate) => nameOf(candidate) === to);
  const found = ref ? assignment(ref, facts) : refuse('not_candidate', { step: step.title });
  const objection = objectionTo(found, step, state, facts);
  if (objection !== null) refuse(objection, { step: step.title, unit: found.unitCode, seat: found.seat });
  return mustBeFilled(found, step);
}

/** The seat that names the substitutes; refuses where nobody in it may, as the applicant's own unit may not. */
export function mustHaveNamer(step: Step, { namedBy }: Recusal, facts: Facts): Candidate {
  return mustBeFilled(assignment(namedBy, facts, impartial), step);
}

/** Who answered for this seat when the step was open before: whoever was named once need not be named anew. */
export function formerSubstitute(step: Step, seatId: string, state: FlowState, facts: Facts): Candidate | null {
  const stood = substituteOf(state, step.key, seatId);
  return candidatesFor(step, state, facts).find((candidate) => candidate.seatId === stood) ?? null;
}

/** The seat that answers, or last answered, for this recused one at this step; null while none was named. */
export function substituteOf(state: FlowState, stepKey: string, seatId: string | null): string | null {
  const stood = state.tasks.findLast(
    (task) => task.step === stepKey && task.kind !== 'nominate' && standsFor(task, state)?.seatId === seatId,
  );
  return stood?.seatId ?? null;
}

/** The recused task this one is about, if any. */
export function standsFor(task: TaskState, state: FlowState): TaskState | undefined {
  return task.standsFor === undefined ? undefined : state.tasks.find(({ key }) => key === task.standsFor);
}

/** `unit/seat`, as a nomination names a candidate. */
export function nameOf({ unit, seat }: SeatRef): string {
  return `${unit}/${seat}`;
}

function objectionTo(
  candidate: Assignment,
  step: Step,
  state: FlowState,
  facts: Facts,
): 'substitute_conflicted' | 'substitute_votes' | null {
  const torn = candidate.holders.some((person) => isOfApplicant(person, facts));
  if (candidate.unitCode === facts.initiator.unitCode || torn) return 'substitute_conflicted';
  return lastOpening(state.tasks, step.key).some(
    ({ seatId, kind }) => seatId === candidate.seatId && kind !== 'nominate',
  )
    ? 'substitute_votes'
    : null;
}

function mustBeFilled(seat: Assignment, step: Step): Candidate {
  return isFilled(seat) ? seat : refuse('seat_empty', { step: step.title, unit: seat.unitCode, seat: seat.seat });
}

function isFilled(seat: Assignment): seat is Candidate {
  return seat.seatId !== null && seat.holders.length > 0;
}
