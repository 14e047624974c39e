import { expect, test } from '@jest/globals';
import type { TimelineEntry } from '../../miniapp/src/api/types.ts';
import { resubmissionOf } from '../../miniapp/src/pages/case/resubmission.ts';

const entry = (seq: number, action: string, opinion: string | null = null): TimelineEntry => {
  return { seq, action, opinion, at: seq, seat: null, person: null, unit: null, actionTitle: action, step: null };
};
const RETURNED = [entry(1, 'submit'), entry(2, 'return', '请先补依据。'), entry(3, 'resubmit', '已补。')];

test('who decides next on what was handed in again reads why it had come back', () => {
  const again = [...RETURNED, entry(4, 'return', '单价仍偏高。'), entry(5, 'resubmit')];
  expect(resubmissionOf({ state: 'running', timeline: RETURNED })).toEqual({
    returned: RETURNED[1],
    resubmitted: RETURNED[2],
  });
  expect(resubmissionOf({ state: 'running', timeline: again })?.returned.opinion).toBe('单价仍偏高。');
});

test('not once somebody has decided, not while the unit is still at it, not what one may not read', () => {
  expect(resubmissionOf({ state: 'running', timeline: [...RETURNED, entry(4, 'approve')] })).toBeNull();
  expect(resubmissionOf({ state: 'returned', timeline: RETURNED.slice(0, 2) })).toBeNull();
  expect(resubmissionOf({ state: 'running', timeline: [entry(1, 'return'), entry(2, 'resubmit')] })).toBeNull();
  expect(resubmissionOf({ state: 'running', timeline: [] })).toBeNull();
});
