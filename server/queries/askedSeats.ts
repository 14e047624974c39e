import type { Casework } from '../db/casework.ts';
import { holdersOf } from '../flow/assign.ts';
import type { Facts, TaskState } from '../flow/model.ts';
import { findStep } from '../flow/path.ts';
import { standsFor, substituteOf } from '../flow/recusal.ts';
import { lastOpening } from '../flow/votes.ts';
import { daysHeld } from '../lifecycle/calendar.ts';

/**
 * Who was asked at the step that last asked several seats at once: who has answered, who is waited for, who is recused
 * and by whom they are replaced. Null where no step did.
 */
export function askedSeats(work: Casework, facts: Facts, names: ReadonlyMap<string, string>, now: number) {
  const state = work.row.flowState;
  const key = state.tasks.findLast((task) => (findStep(work.flow, task.step)?.seats.length ?? 0) > 1)?.step;
  const step = key === undefined ? undefined : findStep(work.flow, key);
  if (!step) return null;
  const opening = lastOpening(state.tasks, step.key).filter(({ kind }) => kind !== 'nominate');
  return {
    title: step.title,
    label: step.labels?.approve ?? '同意',
    open: state.at === step.key,
    seats: opening.map((task) => {
      const seat = work.seats.find(({ seatId }) => seatId === task.seatId);
      const holders = task.decidedBy === null ? holdersOf(task, work.flow, facts) : [task.decidedBy];
      const replaced = standsFor(task, state);
      return {
        seat: seat?.title ?? '',
        unit: seat?.unitName ?? '',
        status: statusOf(task),
        names: task.status === 'recused' ? [] : holders.map((id) => names.get(id) ?? ''),
        since: task.openedAt,
        at: task.closedAt,
        days: daysHeld(task.openedAt, task.closedAt ?? now),
        substitute: task.status === 'recused' ? seatName(work, substituteOf(state, step.key, task.seatId)) : null,
        standsFor: replaced ? seatName(work, replaced.seatId) : null,
      };
    }),
  };
}

function statusOf({ status, decision }: TaskState): 'answered' | 'waiting' | 'recused' {
  if (status === 'recused') return 'recused';
  return decision === null ? 'waiting' : 'answered';
}

/** `区财政局审核岗`; null where the case knows no such seat. */
export function seatName({ seats }: Casework, seatId: string | null): string | null {
  const seat = seats.find((one) => one.seatId === seatId);
  return seat ? `${seat.unitName}${seat.title}` : null;
}
