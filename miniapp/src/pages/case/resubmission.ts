import type { CaseView, TimelineEntry } from '../../api/types.ts';

/** What a case came back for, and what the unit says it changed. */
export interface Resubmission {
  returned: TimelineEntry;
  resubmitted: TimelineEntry;
}

/** Until somebody decides on it: whoever signs again reads first why they are asked a second time. */
export function resubmissionOf({ state, timeline }: Pick<CaseView, 'state' | 'timeline'>): Resubmission | null {
  const [resubmitted, ...before] = [...timeline].reverse();
  if (state !== 'running' || resubmitted?.action !== 'resubmit') return null;
  const returned = before.find(({ action }) => action === 'return');
  return returned?.opinion ? { returned, resubmitted } : null;
}
