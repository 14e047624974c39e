import { mustHold } from './assign.ts';
import type { Action, Effect, Facts, Flow, FlowState, Step, TaskState } from './model.ts';
import { hasPassed, pathOf, returnTarget, stepOf, stepwise, straightBack } from './path.ts';
import { refuse } from './refusals.ts';
import { mustBeCandidate, standsFor } from './recusal.ts';
import {
  beginTurn,
  cancelOpenTasks,
  decideTask,
  endCase,
  openRevision,
  openStep,
  openSubstitution,
  type Turn,
} from './turn.ts';

type On<T extends Action['type']> = Extract<Action, { type: T }>;

/** A case nobody has submitted yet. */
export function initialState(): FlowState {
  return { state: 'draft', outcome: null, round: 0, at: null, nextTask: 1, tasks: [], returned: null, returnsUsed: [] };
}

/**
 * Carries out one action: the new state, and what the outside must do because of it.
 * Throws `FlowRefusal` and changes nothing where the action is not allowed. Arguments are never written to.
 */
export function step(
  flow: Flow,
  state: FlowState,
  action: Action,
  facts: Facts,
): { state: FlowState; effects: Effect[] } {
  if (state.state === 'ended') refuse('case_ended');
  if (state.state === 'draft' && action.type !== 'submit') refuse('not_submitted');

  const turn = beginTurn(flow, state, facts);
  switch (action.type) {
    case 'submit':
      submit(turn, action);
      break;
    case 'approve':
      approve(turn, action);
      break;
    case 'return':
      sendBack(turn, action);
      break;
    case 'reject':
      reject(turn, action);
      break;
    case 'resubmit':
      resubmit(turn, action);
      break;
    case 'nominate':
      nominate(turn, action);
      break;
    case 'withdraw':
      withdraw(turn, action);
      break;
  }
  return { state: turn.state, effects: turn.effects };
}

function submit(turn: Turn, { by }: On<'submit'>) {
  if (by !== turn.facts.initiator.personId) refuse('not_your_task');
  if (turn.state.state !== 'draft') refuse('already_submitted');
  mustBeInOffice(turn);
  turn.state.round = 1;
  openStep(turn, goingOn(turn, null) ?? refuse('no_step'));
}

function resubmit(turn: Turn, action: On<'resubmit'>) {
  const task = taskInHand(turn, action);
  if (task.kind !== 'revise') refuse('action_not_offered');
  mustBeInOffice(turn);
  decideTask(turn, task, 'resubmit', action.by);
  turn.state.round += 1;
  openStep(turn, goingOn(turn, null) ?? refuse('no_step'));
}

function approve(turn: Turn, action: On<'approve'>) {
  const { task, at } = stepInHand(turn, action);
  decideTask(turn, task, 'approve', action.by);
  if (!hasPassed(at, turn.state)) return;

  cancelOpenTasks(turn);
  const next = goingOn(turn, at.key);
  if (next) openStep(turn, next);
  else endCase(turn, 'approved', [turn.facts.initiator.personId]);
}

function sendBack(turn: Turn, action: On<'return'>) {
  const { flow, state, facts, effects } = turn;
  const { task, at } = stepInHand(turn, action);
  if (!at.returns?.includes(action.to)) refuse('return_target', { step: at.title });
  if (at.returnOnce && state.returnsUsed.includes(at.key)) refuse('return_used', { step: at.title });
  if (isBlank(action.opinion)) refuse('opinion_required');
  const target =
    returnTarget(pathOf(flow, facts, state.round), state, at.key, action.to) ??
    refuse('return_target', { step: at.title });

  decideTask(turn, task, 'return', action.by);
  cancelOpenTasks(turn);
  if (!state.returnsUsed.includes(at.key)) state.returnsUsed.push(at.key);

  const to = target === 'initiator' ? 'initiator' : target.key;
  const resume = action.resume ?? at.resume ?? 'stepwise';
  state.returned = { from: at.key, to, by: action.by, reason: action.opinion, resume, at: facts.now };
  const closed = effects.length;
  if (target === 'initiator') openRevision(turn);
  else openStep(turn, target);

  const notify = effects.slice(closed).flatMap((effect) => (effect.type === 'taskOpened' ? effect.holders : []));
  effects.push({ type: 'returned', to, from: at.key, reason: action.opinion, notify: [...new Set(notify)] });
}

function nominate(turn: Turn, action: On<'nominate'>) {
  const task = taskInHand(turn, action);
  const recused = standsFor(task, turn.state);
  if (task.kind !== 'nominate' || !recused) refuse('action_not_offered');
  if (isBlank(action.opinion)) refuse('opinion_required');
  const at = stepOf(turn.flow, task.step);
  const substitute = mustBeCandidate(at, action.to, turn.state, turn.facts);
  decideTask(turn, task, 'nominate', action.by);
  openSubstitution(turn, at, recused.key, substitute);
}

function reject(turn: Turn, action: On<'reject'>) {
  const { task, at } = stepInHand(turn, action);
  if (at.mayReject === false) refuse('action_not_offered');
  if (isBlank(action.opinion)) refuse('opinion_required');
  decideTask(turn, task, 'reject', action.by);
  cancelOpenTasks(turn);
  endCase(turn, 'rejected', [turn.facts.initiator.personId]);
}

function withdraw(turn: Turn, { by, reason }: On<'withdraw'>) {
  const { flow, state, facts } = turn;
  if (by !== facts.initiator.personId) refuse('not_your_task');
  mustBeInOffice(turn);
  const decided = state.tasks.some((task) => task.decision !== null);
  if (flow.withdraw === 'never' || (flow.withdraw === 'untilDecided' && decided)) refuse('withdraw_too_late');
  if (isBlank(reason)) refuse('opinion_required');
  const holders = cancelOpenTasks(turn);
  endCase(
    turn,
    'withdrawn',
    holders.filter((person) => person !== by),
  );
}

/** A case is its unit's: whoever left the seat that fills it in speaks for the unit no longer. */
function mustBeInOffice(turn: Turn): void {
  if (!turn.facts.initiator.inOffice) refuse('left_seat');
}

/** The open task this person may act on. */
function taskInHand(turn: Turn, { task: key, by }: { task: string; by: string }): TaskState {
  const task = turn.state.tasks.find((candidate) => candidate.key === key) ?? refuse('not_found');
  if (task.status !== 'open') refuse('task_closed');
  mustHold(task, by, turn.flow, turn.facts);
  return task;
}

/** The same for verbs that decide a step; a revision and a nomination are none. */
function stepInHand(turn: Turn, action: { task: string; by: string }): { task: TaskState; at: Step } {
  const task = taskInHand(turn, action);
  if (task.kind === 'revise' || task.kind === 'nominate') refuse('action_not_offered');
  return { task, at: stepOf(turn.flow, task.step) };
}

/**
 * The step that comes next once the initiator (`after` null) or a step has answered. A pending straight-back is
 * remembered until the returning step is reached, so that a step stopping it on the way does not turn it stepwise.
 */
function goingOn(turn: Turn, after: string | null): Step | null {
  const { flow, state, facts } = turn;
  const path = pathOf(flow, facts, state.round);
  const { returned } = state;
  state.returned = null;
  if (returned?.resume !== 'straightBack') return stepwise(path, after);
  const next = straightBack(path, state, after, returned.from);
  if (next && next.key !== returned.from) state.returned = { ...returned, to: next.key };
  return next;
}

function isBlank(text: string): boolean {
  return text.trim() === '';
}
