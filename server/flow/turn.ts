import { assign, holdersOf } from './assign.ts';
import type { Decision, Effect, Facts, Flow, FlowState, Outcome, Step, TaskState } from './model.ts';

/** One action being carried out: a copy of the state that may be written on, and the effects gathered so far. */
export interface Turn {
  flow: Flow;
  facts: Facts;
  state: FlowState;
  effects: Effect[];
}

/** Begins a turn on a copy, so that a refusal half-way leaves the caller's state as it was. */
export function beginTurn(flow: Flow, state: FlowState, facts: Facts): Turn {
  const tasks = state.tasks.map((task) => ({ ...task }));
  return { flow, facts, state: { ...state, tasks, returnsUsed: [...state.returnsUsed] }, effects: [] };
}

/** Opens a step: one task for each of its seats. */
export function openStep(turn: Turn, step: Step): void {
  turn.state.state = 'running';
  turn.state.at = step.key;
  for (const { seatId, holders } of assign(step, turn.facts)) {
    openTask(turn, { step: step.key, kind: step.kind, seatId, personId: null }, holders);
  }
}

/** Hands the case back to the person who started it. */
export function openRevision(turn: Turn): void {
  const { personId } = turn.facts.initiator;
  turn.state.state = 'returned';
  turn.state.at = 'initiator';
  openTask(turn, { step: 'initiator', kind: 'revise', seatId: null, personId }, [personId]);
}

/** Closes a task with the decision of one person. */
export function decideTask(turn: Turn, task: TaskState, decision: Decision, by: string): void {
  close(turn, task, 'done');
  task.decision = decision;
  task.decidedBy = by;
}

/** Takes every open task away, and says who held them. */
export function cancelOpenTasks(turn: Turn): string[] {
  const open = turn.state.tasks.filter((task) => task.status === 'open');
  for (const task of open) close(turn, task, 'cancelled');
  return open.flatMap((task) => holdersOf(task, turn.facts));
}

/** Ends the case. */
export function endCase(turn: Turn, outcome: Outcome, notify: string[]): void {
  Object.assign(turn.state, { state: 'ended', outcome, at: null, returned: null } satisfies Partial<FlowState>);
  turn.effects.push({ type: 'ended', outcome, notify: [...new Set(notify)] });
}

function openTask(turn: Turn, whose: Pick<TaskState, 'step' | 'kind' | 'seatId' | 'personId'>, holders: string[]) {
  const key = String(turn.state.nextTask++);
  turn.state.tasks.push({
    ...whose,
    key,
    round: turn.state.round,
    status: 'open',
    openedAt: turn.facts.now,
    closedAt: null,
    decision: null,
    decidedBy: null,
  });
  turn.effects.push({ type: 'taskOpened', task: key, holders });
}

function close(turn: Turn, task: TaskState, status: 'done' | 'cancelled') {
  task.status = status;
  task.closedAt = turn.facts.now;
  turn.effects.push({ type: 'taskClosed', task: task.key, status });
}
