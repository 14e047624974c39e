import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { rightOf } from '../../forms/language/rights.ts';
import { isOfApplicant } from '../../server/flow/assign.ts';
import type { Facts, FlowState, Step, TaskState } from '../../server/flow/model.ts';
import { pathOf, stepOf, stepsOf } from '../../server/flow/path.ts';
import { mayFill, rightsTo } from '../../server/flow/rights.ts';
import { lastOpening } from '../../server/flow/votes.ts';
import { calmCases, cases, PEOPLE, type Case } from './randomCases.ts';

const FORMS = [
  { key: 'form', filledAt: 'start' },
  { key: 'handled', filledAt: 'step' },
] as const;
/** Every field the random rights tell apart: `key` or `key.column`. */
const FIELDS = ['phone', 'mine', 'result', 'rows', 'rows.a', 'rows.b'];

/** Holds for every case nobody would have thought of. */
function always(title: string, judge: (told: Case) => void, arbitrary = cases, numRuns = 200): void {
  test(title, () => fc.assert(fc.property(arbitrary, judge), { numRuns }));
}

const accepted = ({ turns }: Case) => turns.filter((turn) => turn.refused === null);
const fairSteps = ({ flow }: Case) => stepsOf(flow.nodes).filter((step) => step.recusal);
const isFair = (told: Case, key: string) => fairSteps(told).some((step) => step.key === key);
/** Seats of the applicant's unit a step names by the unit's code. */
const recusedSeats = (step: Step) => step.seats.filter(({ unit }) => unit === 'jtj').map(({ seat }) => `jtj/${seat}`);
/** Seats of the applicant's unit a step names as such. */
const ownByDesign = (step: Step) =>
  step.seats.filter(({ unit }) => unit === 'applicant').map(({ seat }) => `jtj/${seat}`);
const right = (rights: ReturnType<typeof rightsTo>, field: string) => {
  const [key = '', column = null] = field.split('.');
  return rightOf(rights, key, column);
};

describe('a seat that would review its own unit’s project', () => {
  always('never decides and never holds an open task', (told) => {
    for (const { after } of accepted(told)) {
      for (const step of fairSteps(told)) {
        const own = after.tasks.filter(
          ({ step: at, seatId }) => at === step.key && recusedSeats(step).includes(seatId ?? ''),
        );
        expect(own.filter(({ status, decision }) => status !== 'recused' || decision !== null)).toEqual([]);
      }
    }
  });

  always('has one seat that answers for it, or one that is asked to name it, and never two', (told) => {
    for (const { after } of accepted(told)) {
      for (const recused of after.tasks.filter(({ status }) => status === 'recused')) {
        const about = after.tasks.filter(({ standsFor }) => standsFor === recused.key);
        const [answering, naming] = [
          about.filter((task) => task.kind !== 'nominate'),
          about.filter((task) => task.kind === 'nominate'),
        ];
        expect(answering.length).toBeLessThanOrEqual(1);
        expect(naming.length).toBeLessThanOrEqual(1);
        expect(naming.filter(({ status }) => status === 'open').length + answering.length).toBeLessThanOrEqual(1);
        expect(about.length).toBeGreaterThan(0);
      }
    }
  });

  always('keeps its substitute as long as that one may answer', (told) => {
    for (const { before, after, facts } of accepted(told)) {
      const added = after.tasks.slice(before.tasks.length);
      for (const recused of added.filter(({ status }) => status === 'recused')) {
        const former = answersFor(before, recused).at(-1)?.seatId;
        if (!former || !mayAnswer(stepOf(told.flow, recused.step), former, facts)) continue;
        const now = added.find(({ standsFor }) => standsFor === recused.key);
        const taken = added.some((task) => task.seatId === former && task.kind !== 'nominate');
        expect(now?.kind === 'nominate' ? taken : now?.seatId === former).toBe(true);
      }
    }
  });

  /** The tasks of those who answered for the same seat at the same step before. */
  function answersFor(state: FlowState, { step, seatId }: TaskState): TaskState[] {
    const same = state.tasks.filter(
      (task) => task.status === 'recused' && task.step === step && task.seatId === seatId,
    );
    return state.tasks.filter((task) => task.kind !== 'nominate' && same.some(({ key }) => key === task.standsFor));
  }

  function mayAnswer(step: Step, seatId: string, facts: Facts): boolean {
    const holders =
      facts.seats.find((seat) => seat.seatId === seatId)?.holders.filter((person) => person !== 'clerk') ?? [];
    const listed = step.recusal?.candidates.some(({ unit, seat }) => `${unit}/${seat}` === seatId) === true;
    return listed && holders.length > 0 && !holders.some((person) => isOfApplicant(person, facts));
  }
});

describe('a step that lets nobody review their own', () => {
  always('is decided by nobody of the applicant’s unit, but in a seat given to that unit by design', (told) => {
    for (const { action, before, facts } of accepted(told)) {
      const task = 'task' in action ? before.tasks.find(({ key }) => key === action.task) : undefined;
      if (!task || !isFair(told, task.step) || !isOfApplicant(action.by, facts)) continue;
      expect(ownByDesign(stepOf(told.flow, task.step))).toContain(task.seatId);
      expect(task.standsFor).toBeUndefined();
    }
  });

  always('is not passed while a substitute is still to be named, nor with fewer votes than seats', (told) => {
    for (const { before, after, action } of accepted(told)) {
      if (action.type !== 'approve' || before.at === null || before.at === after.at || !isFair(told, before.at))
        continue;
      const opening = lastOpening(after.tasks, before.at);
      const votes = opening.filter(({ decision }) => decision === 'approve');
      expect(new Set(votes.map(({ seatId }) => seatId)).size).toBe(stepOf(told.flow, before.at).seats.length);
      expect(opening.filter(({ status }) => status === 'open' || status === 'cancelled')).toEqual([]);
    }
  });
});

always(
  'a step of every round has answered in the last round of whatever was approved',
  ({ flow, state, facts }) => {
    if (state.outcome !== 'approved') return;
    for (const { step, applies } of pathOf(flow, facts, state.round)) {
      if (applies && step.everyRound) expect(lastOpening(state.tasks, step.key).at(-1)?.round).toBe(state.round);
    }
  },
  calmCases,
  600,
);

describe('rights', () => {
  always('naming a substitute fills in nothing', ({ flow, state, facts }) => {
    for (const task of state.tasks.filter(({ status, kind }) => status === 'open' && kind === 'nominate')) {
      for (const person of facts.seats.find(({ seatId }) => seatId === task.seatId)?.holders ?? []) {
        if (isOfApplicant(person, facts)) continue;
        for (const form of FORMS) expect(mayFill(rightsTo(form, flow, state, person, facts, task.key))).toBe(false);
      }
    }
  });

  always('a substitute has exactly those of the seat it stands in for', ({ flow, state, facts }) => {
    for (const task of state.tasks.filter(({ status, kind }) => status === 'open' && kind !== 'nominate')) {
      const recused = state.tasks.find(({ key }) => key === task.standsFor);
      if (!recused) continue;
      const step = stepOf(flow, task.step);
      const seat = step.seats.find(({ unit, seat: key }) => `${unit}/${key}` === recused.seatId);
      for (const person of facts.seats.find(({ seatId }) => seatId === task.seatId)?.holders ?? []) {
        if (isOfApplicant(person, facts) || person === 'clerk') continue;
        for (const { key, filledAt } of FORMS) {
          const plain = { '*': step.form === key ? 'edit' : 'read' };
          const expected = seat?.rights?.[key] ?? step.rights?.[key] ?? plain;
          expect(rightsTo({ key, filledAt }, flow, state, person, facts, task.key)).toEqual(expected);
        }
      }
    }
  });

  always(
    'whoever is of the applicant’s unit sees no more than that unit, but where a step of theirs says so',
    (told) => {
      const { flow, state, facts } = told;
      const reads = flow.applicantReads?.['handled'];
      if (!reads) return;
      for (const person of PEOPLE.filter((one) => isOfApplicant(one, facts))) {
        const held = facts.seats.filter(({ holders }) => holders.includes(person)).map(({ seatId }) => seatId);
        const given = state.tasks.some(({ status, seatId, step }) => {
          if (status !== 'open' || seatId === null || !held.includes(seatId) || person === 'clerk') return false;
          const { form, rights, seats } = stepOf(flow, step);
          return form === 'handled' || rights?.['handled'] || seats.some((seat) => seat.rights?.['handled']);
        });
        if (given) continue;
        const seen = rightsTo(FORMS[1], flow, state, person, facts);
        expect(mayFill(seen)).toBe(false);
        expect(FIELDS.filter((field) => right(reads, field) === 'hidden' && right(seen, field) !== 'hidden')).toEqual(
          [],
        );
      }
    },
  );
});

test('the random cases get to substitutes, to those named anew, and to those kept', () => {
  const turns = fc.sample(cases, { numRuns: 300, seed: 7 }).flatMap(accepted);
  const opened = turns.flatMap(({ before, after }) => after.tasks.slice(before.tasks.length));
  const substitutes = opened.filter((task) => task.standsFor !== undefined && task.kind !== 'nominate');
  expect(substitutes.length).toBeGreaterThan(20);
  expect(substitutes.some(({ round }) => round > 1)).toBe(true);
  expect(opened.some(({ kind, round }) => kind === 'nominate' && round > 1)).toBe(true);
});
