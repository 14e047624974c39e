import { seatsOf, type Assignment } from './assign.ts';
import type { Facts, Flow, FlowState, Step } from './model.ts';
import { between, hasPassed, keepsAnswer, pathOf, type PathStep } from './path.ts';
import { lastOpening } from './votes.ts';

export type ForecastStatus = 'done' | 'current' | 'ahead' | 'skipped';

/** One station of the progress line. */
export interface ForecastStep {
  /** Step key, or `initiator` for the filling-in every line begins with. */
  key: string;
  title: string;
  status: ForecastStatus;
  /** Who acts here. A seat without holders is shown as vacant, ahead of time too. */
  seats: Assignment[];
  /** Who gave the latest answer that still stands, and when; null while there is none. */
  by: string | null;
  at: number | null;
}

/**
 * The way of the case: what is done, where it stands, what lies ahead and what is passed over. What lies ahead is
 * judged by today's data and, before a (re)submission, by the round that is about to begin.
 */
export function forecast(flow: Flow, state: FlowState, facts: Facts): ForecastStep[] {
  const withInitiator = state.state === 'draft' || state.state === 'returned';
  const path = pathOf(flow, facts, withInitiator ? state.round + 1 : state.round);
  return [initiator(state, facts, withInitiator), ...path.map((place) => station(place, statusOf(place, path, state)))];

  function station({ step }: PathStep, status: ForecastStatus): ForecastStep {
    const answer = status === 'done' ? lastAnswer(step, state) : null;
    return {
      key: step.key,
      title: step.title,
      status,
      seats: seatsOf(step, facts),
      by: answer?.decidedBy ?? null,
      at: answer?.closedAt ?? null,
    };
  }
}

function initiator(state: FlowState, facts: Facts, current: boolean): ForecastStep {
  const { personId, unitCode } = facts.initiator;
  const resubmission = state.tasks.findLast((task) => task.decision === 'resubmit');
  return {
    key: 'initiator',
    title: '填报',
    status: current ? 'current' : 'done',
    seats: [{ seat: 'initiator', unitCode, seatId: null, holders: [personId] }],
    by: current ? null : personId,
    at: current ? null : (resubmission?.closedAt ?? state.tasks[0]?.openedAt ?? null),
  };
}

function statusOf(place: PathStep, path: PathStep[], state: FlowState): ForecastStatus {
  const { step, applies } = place;
  if (state.state === 'ended') return lastAnswer(step, state) ? 'done' : 'skipped';
  if (step.key === state.at) return 'current';
  const passedBy = behind(place, path, state);
  if (passedBy ? hasPassed(step, state) : isPassedOver(place, path, state)) return 'done';
  return passedBy || !applies ? 'skipped' : 'ahead';
}

/** Whether the case has gone past this step in the present walk. */
function behind(place: PathStep, path: PathStep[], state: FlowState): boolean {
  return state.state === 'running' && between(path, null, state.at).includes(place);
}

/** Whether a pending straight-back passes over this step because its answer stands. */
function isPassedOver(place: PathStep, path: PathStep[], state: FlowState): boolean {
  const { at, returned, round } = state;
  if (returned?.resume !== 'straightBack') return false;
  if (!between(path, at === 'initiator' ? null : at, returned.from).includes(place)) return false;
  return keepsAnswer(place.step, state, state.state === 'returned' ? round + 1 : round);
}

/** The vote that settled the step's latest opening: its approval, or the rejection that ended the case. */
function lastAnswer(step: Step, state: FlowState) {
  const opening = lastOpening(state.tasks, step.key);
  const rejected = opening.find((task) => task.decision === 'reject');
  if (rejected) return rejected;
  return hasPassed(step, state) ? opening.findLast((task) => task.decision === 'approve') : undefined;
}
