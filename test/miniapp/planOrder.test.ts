import { expect, test } from '@jest/globals';
import { changedTo, isChanged, savedIds } from '../../miniapp/src/pages/plan/planOrder.ts';

/** `unsent` in their order, and one line that was sent before. */
const planOf = (version: number, ...unsent: string[]) => ({
  version,
  lines: [{ projectId: 'sent', caseId: 'case1' }, ...unsent.map((projectId) => ({ projectId, caseId: null }))],
});

test('what was sent is nobody’s order any more', () => {
  expect(savedIds(planOf(1, 'a', 'b'))).toEqual(['a', 'b']);
  expect(savedIds(null)).toEqual([]);
});

test('an order begun before others changed the plan keeps the version it was begun from', () => {
  const begun = changedTo(['b', 'a'], planOf(4, 'a', 'b'), null);
  expect(begun).toEqual({ ids: ['b', 'a'], version: 4 });
  expect(changedTo(['b'], planOf(5, 'a', 'b', 'c'), begun)).toEqual({ ids: ['b'], version: 4 });
});

test('an order taken back begins anew from what is on the screen', () => {
  const back = changedTo(['a', 'b'], planOf(4, 'a', 'b'), changedTo(['b', 'a'], planOf(4, 'a', 'b'), null));
  expect(isChanged(planOf(4, 'a', 'b'), back)).toBe(false);
  expect(changedTo(['b', 'a'], planOf(5, 'a', 'b'), back)).toEqual({ ids: ['b', 'a'], version: 5 });
});
