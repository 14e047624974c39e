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

/**
 * Whether the votes cast so far settle the opening: every seat under `all`, one under `any`. A recused seat casts
 * none; whoever answers in its place does.
 */
export function isPassed(mode: Mode, opening: TaskState[]): boolean {
  const votes = opening.filter((task) => task.status !== 'recused' && task.decision !== 'nominate');
  const approved = votes.filter((task) => task.decision === 'approve').length;
  return mode === 'any' ? approved > 0 : votes.length > 0 && approved === votes.length;
}
