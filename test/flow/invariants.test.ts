import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { allowedActions } from '../../server/flow/allowed.ts';
import { forecast } from '../../server/flow/forecast.ts';
import { lint } from '../../server/flow/lint.ts';
import type { Action, FlowState, Step } from '../../server/flow/model.ts';
import { pathOf, stepsOf } from '../../server/flow/path.ts';
import { FLOW_REFUSALS } from '../../server/flow/refusals.ts';
import { asActions, attempt, calmCases, cases, flows, PEOPLE, universe, type Case } from './randomCases.ts';

/** What chance makes of a flow, and a designer should not. */
const SOMETIMES = ['mayBeEmpty', 'unreachable', 'tooFewCandidates'];
const DECISIONS = ['approve', 'return', 'reject'];

/** Holds for every case nobody would have thought of. */
function always(title: string, judge: (told: Case) => void, arbitrary = cases, numRuns = 120): void {
  test(title, () => fc.assert(fc.property(arbitrary, judge), { numRuns }));
}

const openTasks = (state: FlowState) => state.tasks.filter((task) => task.status === 'open');
const accepted = ({ turns }: Case) => turns.filter((turn) => turn.refused === null);

describe('where a case may stand', () => {
  always('an ended case has exactly one outcome and no open task; no other case has an outcome', ({ turns }) => {
    for (const { after } of turns) {
      const ended = after.state === 'ended';
      expect(after.outcome !== null).toBe(ended);
      if (ended) expect({ open: openTasks(after), at: after.at }).toEqual({ open: [], at: null });
    }
  });

  always('a running or returned case always waits for someone, at the step it stands at', ({ turns }) => {
    for (const { after } of turns) {
      if (after.state !== 'running' && after.state !== 'returned') continue;
      expect(openTasks(after).length).toBeGreaterThan(0);
      expect(new Set(openTasks(after).map((task) => task.step))).toEqual(new Set([after.at]));
      expect(after.state === 'returned').toBe(after.at === 'initiator');
      expect(new Set(openTasks(after).map((task) => task.round))).toEqual(new Set([after.round]));
    }
  });

  always('what is remembered of a return points at where the case stands', ({ turns }) => {
    for (const { after } of turns) {
      if (after.returned) expect(after.returned.to).toBe(after.at);
      if (after.state === 'returned') expect(after.returned).not.toBeNull();
    }
  });

  always('the progress line has its one current place where the case stands', ({ flow, turns, state, facts }) => {
    for (const where of [...turns.map(({ after, facts: then }) => ({ after, then })), { after: state, then: facts }]) {
      const current = forecast(flow, where.after, where.then).filter(({ status }) => status === 'current');
      const expected = where.after.state === 'ended' ? [] : [where.after.at ?? 'initiator'];
      expect(current.map(({ key }) => key)).toEqual(expected);
    }
  });
});

describe('what an action may do', () => {
  always('a refusal changes nothing, and nothing that was passed in is ever written to', ({ turns }) => {
    // Every argument was frozen to the bottom, so a write would have thrown a TypeError out of the engine.
    for (const { before, after, refused } of turns) {
      if (refused) expect(after).toEqual(before);
      expect(Object.isFrozen(before)).toBe(true);
    }
  });

  always('every refusal has a code of the list', ({ turns }) => {
    for (const { refused } of turns) if (refused) expect(FLOW_REFUSALS).toContain(refused.code);
  });

  always('the round begins with 1 and grows by one with each resubmission, never otherwise', (told) => {
    for (const { before, after, action } of accepted(told)) {
      const begins = action.type === 'submit' || action.type === 'resubmit';
      expect(after.round - before.round).toBe(begins ? 1 : 0);
      // Whatever the applicant does, it takes somebody else to approve.
      if (begins) expect(after.state).toBe('running');
    }
  });

  always('task keys are unique, and what is closed stays as it was', (told) => {
    for (const { before, after } of accepted(told)) {
      expect(new Set(after.tasks.map((task) => task.key)).size).toBe(after.tasks.length);
      expect(after.tasks.length).toBeGreaterThanOrEqual(before.tasks.length);
      for (const [index, task] of before.tasks.entries()) {
        if (task.status !== 'open') expect(after.tasks[index]).toEqual(task);
      }
    }
  });

  always('no task is decided twice', (told) => {
    const decided = accepted(told).flatMap(({ action }) => ('task' in action ? [action.task] : []));
    expect(new Set(decided).size).toBe(decided.length);
  });

  always('a step that returns once returns once', (told) => {
    const returns = accepted(told).flatMap(({ action, before }) => (action.type === 'return' ? [before.at] : []));
    for (const { key, returnOnce } of stepsOf(told.flow.nodes)) {
      if (returnOnce) expect(returns.filter((at) => at === key).length).toBeLessThanOrEqual(1);
    }
  });

  always('effects tell exactly what changed', (told) => {
    for (const { before, after, effects } of accepted(told)) {
      const added = after.tasks.slice(before.tasks.length);
      const opened = added.filter(({ status }) => status !== 'recused').map((task) => task.key);
      const recused = added.filter(({ status }) => status === 'recused').map((task) => `${task.key} ${task.seatId}`);
      const closed = after.tasks.filter(
        (task, index) => task.status !== 'open' && before.tasks[index]?.status === 'open',
      );
      expect(effects.flatMap((effect) => (effect.type === 'taskOpened' ? [effect.task] : []))).toEqual(opened);
      expect(
        effects.flatMap((effect) => (effect.type === 'recused' ? [`${effect.task} ${effect.seatId}`] : [])),
      ).toEqual(recused);
      expect(
        effects.flatMap((effect) => (effect.type === 'taskClosed' ? [`${effect.task} ${effect.status}`] : [])).sort(),
      ).toEqual(closed.map((task) => `${task.key} ${task.status}`).sort());
      expect(effects.flatMap((effect) => (effect.type === 'ended' ? [effect.outcome] : []))).toEqual(
        after.outcome === null ? [] : [after.outcome],
      );
    }
  });
});

describe('who may act', () => {
  always('the initiator decides no step, in whatever seat', ({ state }) => {
    const own = state.tasks.filter((task) => task.decidedBy === 'clerk').map((task) => task.decision ?? '');
    expect(own.filter((decision) => DECISIONS.includes(decision))).toEqual([]);
  });

  always('whoever decides holds the seat at that moment; only the initiator resubmits', (told) => {
    for (const { action, before, facts } of accepted(told)) {
      if (!('task' in action)) continue;
      const task = before.tasks.find(({ key }) => key === action.task);
      const holders = facts.seats.find((seat) => seat.seatId === task?.seatId)?.holders ?? [task?.personId];
      expect(holders).toContain(action.by);
    }
  });

  always('whoever left the seat that fills the case in neither submits, resubmits nor withdraws', (told) => {
    const own = accepted(told).filter(({ facts }) => !facts.initiator.inOffice);
    expect(own.filter(({ action }) => ['submit', 'resubmit', 'withdraw'].includes(action.type))).toEqual([]);
  });

  always('no task is ever opened for nobody, nor for the initiator alone', (told) => {
    for (const { effects, after } of accepted(told)) {
      for (const effect of effects) {
        if (effect.type !== 'taskOpened') continue;
        const task = after.tasks.find(({ key }) => key === effect.task);
        expect(effect.holders.length).toBeGreaterThan(0);
        expect(effect.holders.includes('clerk')).toBe(task?.kind === 'revise');
      }
    }
  });

  always('a button is there exactly where the engine accepts, and a blocked one names the refusal', (told) => {
    const { flow, state, facts } = told;
    for (const by of PEOPLE) {
      const offers = allowedActions(flow, state, by, facts);
      const open = offers.filter((offer) => !offer.blocked).flatMap((offer) => asActions(offer, by, '说明'));
      const results = new Set(open.map((action) => outcomeOf(told, action)));
      expect(results).not.toContain('refused');
      // Two places may mean the same step (`previous` and its key): the same result behind one button is enough.
      for (const action of universe(flow, state, by, '说明')) {
        const outcome = outcomeOf(told, action);
        if (outcome !== 'refused') expect(results).toContain(outcome);
      }
      for (const offer of offers.filter(({ blocked }) => blocked)) {
        const [action] = asActions(offer, by, '说明');
        expect(action && attempt(flow, state, action, facts).refused?.code).toBe(offer.blocked?.code);
      }
      for (const offer of offers) {
        const silent = asActions(offer, by, ' ').every(
          (action) => attempt(flow, state, action, facts).refused === null,
        );
        if (!offer.blocked) expect(silent).toBe(!offer.opinionRequired);
      }
    }
  });

  function outcomeOf({ flow, state, facts }: Case, action: Action): string {
    const { after, refused } = attempt(flow, state, action, facts);
    return refused ? 'refused' : JSON.stringify(after);
  }
});

describe('where a case must come to', () => {
  always(
    'nobody is passed over: an approved case carries the standing approval of every step on its path',
    ({ flow, state, facts }) => {
      if (state.outcome !== 'approved') return;
      for (const { step, applies } of pathOf(flow, facts, state.round)) {
        if (applies) expect(standingApprovals(step, state)).toBe(step.mode === 'all' ? step.seats.length : 1);
      }
    },
    calmCases,
    // Most cases end otherwise; these runs are cheap.
    600,
  );

  /** How many seats' latest task at this step ended in approval. */
  function standingApprovals(at: Step, state: FlowState): number {
    const latest = new Map(state.tasks.filter((task) => task.step === at.key).map((task) => [task.seatId, task]));
    return [...latest.values()].filter((task) => task.decision === 'approve').length;
  }

  always(
    'from wherever it stands, nominations and plain approvals bring it to the end: at most two turns for each seat',
    ({ flow, state, facts }) => {
      const bound = 2 * stepsOf(flow.nodes).reduce((sum, node) => sum + node.seats.length, 0);
      let here = state;
      for (let turns = 0; here.state === 'running'; turns += 1) {
        expect(turns).toBeLessThanOrEqual(bound);
        const offers = PEOPLE.flatMap((by) => allowedActions(flow, here, by, facts).map((offer) => ({ offer, by })));
        // The flow names too few candidates: the one standstill, and it says so.
        if (offers.some(({ offer }) => offer.blocked?.code === 'no_substitute')) return;
        const forward = offers.find(({ offer }) => offer.type === 'approve' || offer.type === 'nominate');
        const [action] = forward ? asActions(forward.offer, forward.by, '同意') : [];
        if (!action) throw new Error('nobody may approve');
        const { after, refused } = attempt(flow, here, action, facts);
        expect(refused).toBeNull();
        here = after;
      }
      expect(['draft', 'returned', 'ended']).toContain(here.state);
    },
    calmCases,
  );
});

test('the random flows are sound apart from ways without a step, and the cases reach every corner', () => {
  for (const flow of fc.sample(flows, { numRuns: 100, seed: 7 })) {
    expect(lint(flow).filter(({ code }) => !SOMETIMES.includes(code))).toEqual([]);
  }
  const told = fc.sample(cases, { numRuns: 500, seed: 7 });
  const turns = told.flatMap((one) => one.turns);
  const outcomes = new Set(turns.map(({ after }) => after.outcome));
  expect(outcomes).toEqual(new Set([null, 'approved', 'rejected', 'withdrawn']));
  const verbs = new Set(turns.filter(({ refused }) => !refused).map(({ action }) => action.type));
  expect(verbs.size).toBe(7);
  expect(new Set(turns.map(({ refused }) => refused?.code))).toEqual(new Set([undefined, ...FLOW_REFUSALS]));
  expect(turns.some(({ after }) => after.round > 2)).toBe(true);
});
