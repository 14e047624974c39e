import type { Step } from './model.ts';

const DAY = 86_400_000;
/** Asia/Shanghai has kept UTC+8 without summer time since 1991. */
const SHANGHAI = 8 * 3_600_000;

/**
 * The internal deadline of a task: the last millisecond, Shanghai time, of the step's n-th calendar day after
 * the day it opened. Null where the step has no clock.
 */
export function dueAt(step: Pick<Step, 'days'>, openedAt: number): number | null {
  if (step.days === undefined) return null;
  const day = Math.floor((openedAt + SHANGHAI) / DAY);
  return (day + step.days + 1) * DAY - SHANGHAI - 1;
}
