import type { Mode, TaskState } from './model.ts';

/**
 * The tasks of a step's latest opening, in order. One step is open at a time and never returns to itself,
 * so the tasks of one opening stand side by side in the list.
 */
export function lastOpening(tasks: TaskState[], stepKey: string): TaskState[] {
  const end = tasks.findLastIndex((task) => task.step === stepKey);
  if (end === -1) return [];
  const before = tasks.slice(0, end).findLastIndex((task) => task.step !== stepKey);
  return tasks.slice(before + 1, end + 1);
}

/** The task the step last gave to the same seat, or to the one standing in for the same seat, before this one. */
export function formerTask(task: TaskState, tasks: TaskState[]): TaskState | undefined {
  const recused = (one: TaskState) => tasks.find(({ key }) => key === one.standsFor)?.seatId ?? null;
  return tasks
    .slice(0, tasks.indexOf(task))
    .findLast(
      (one) =>
        one.step === task.step &&
        one.kind === task.kind &&
        one.seatId === task.seatId &&
        recused(one) === recused(task),
    );
}

/**
 * Whether the votes cast so far settle the opening: every seat under `all`, one under `any`. A recused seat casts
 * none; whoever answers in its place does.
 */
export function isPassed(mode: Mode, opening: TaskState[]): boolean {
  const votes = opening.filter((task) => task.status !== 'recused' && task.decision !== 'nominate');
  const approved = votes.filter((task) => task.decision === 'approve').length;
  return mode === 'any' ? approved > 0 : votes.length > 0 && approved === votes.length;
}
