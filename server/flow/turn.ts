import { assign, holdersOf } from './assign.ts';
import { formerSubstitute, mustHaveNamer, type Candidate } from './recusal.ts';
import type { Decision, Effect, Facts, Flow, FlowState, Outcome, Recusal, Step, TaskState } from './model.ts';

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
  const here = { step: step.key, kind: step.kind, personId: null };
  const assigned = assign(step, turn.facts);
  for (const { seatId, holders, recused } of assigned) {
    if (!recused) openTask(turn, { ...here, seatId }, holders);
  }
  for (const { seatId, recused } of assigned) if (recused && step.recusal) recuse(turn, step, step.recusal, seatId);
}

/** The seat that answers for a recused one gets its task. */
export function openSubstitution(turn: Turn, step: Step, standsFor: string, { seatId, holders }: Candidate): void {
  openTask(turn, { step: step.key, kind: step.kind, personId: null, seatId, standsFor }, holders);
}

/** Records the recusal and sees to a substitute: the one who stood in before, or a nomination. */
function recuse(turn: Turn, step: Step, recusal: Recusal, seatId: string): void {
  const key = String(turn.state.nextTask++);
  turn.state.tasks.push({
    key,
    step: step.key,
    kind: step.kind,
    round: turn.state.round,
    seatId,
    personId: null,
    status: 'recused',
    openedAt: turn.facts.now,
    closedAt: turn.facts.now,
    decision: null,
    decidedBy: null,
  });
  turn.effects.push({ type: 'recused', task: key, seatId });
  // Asked only now that this opening has begun: before, the votes of the last one would speak against them.
  const former = formerSubstitute(step, seatId, turn.state, turn.facts);
  if (former) return openSubstitution(turn, step, key, former);
  const namer = mustHaveNamer(step, recusal, turn.facts);
  const whose = { step: step.key, kind: 'nominate' as const, personId: null, seatId: namer.seatId, standsFor: key };
  openTask(turn, whose, namer.holders);
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
  return open.flatMap((task) => holdersOf(task, turn.flow, turn.facts));
}

/** Ends the case. */
export function endCase(turn: Turn, outcome: Outcome, notify: string[]): void {
  Object.assign(turn.state, { state: 'ended', outcome, at: null, returned: null } satisfies Partial<FlowState>);
  turn.effects.push({ type: 'ended', outcome, notify: [...new Set(notify)] });
}

type Whose = Pick<TaskState, 'step' | 'kind' | 'seatId' | 'personId' | 'standsFor'>;

function openTask(turn: Turn, whose: Whose, holders: string[]) {
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
