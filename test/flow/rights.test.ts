import { describe, expect, test } from '@jest/globals';
import { mayFill, rightsTo } from '../../server/flow/rights.ts';
import { factsOf, flowOf, given, stepAt, type Seating } from '../support/story.ts';

const SEATING: Seating = { 'jtj/head': ['head'], 'czj/reviewer': ['budget'], 'fgw/reviewer': ['planning'] };
const NO_PHONE = { sheet: { phone: 'hidden' as const } };

/** The unit's head sees everything; finance does not see the phone number; planning fills in a form of its own. */
const flow = flowOf(
  [
    stepAt('head', ['head'], { returns: ['initiator'] }),
    stepAt('finance', ['czj/reviewer'], { rights: NO_PHONE }),
    stepAt('planning', ['fgw/reviewer'], { kind: 'handle', form: 'review' }),
  ],
  { amends: ['sheet'] },
);
const sheet = { key: 'sheet', filledAt: 'start' as const };
const review = { key: 'review', filledAt: 'step' as const };

const story = () => given(flow, SEATING);
const submitted = () => story().when('clerk').submits();
const atFinance = () => submitted().when('head').approves();
const atPlanning = () => atFinance().when('budget').approves();

const rights = (
  form: typeof sheet | typeof review,
  state: ReturnType<typeof story>['state'],
  person: string,
  seats = SEATING,
) => rightsTo(form, flow, state, person, factsOf(seats));

describe('the initiator', () => {
  test('writes before the submission and what the flow lets them amend after a return; else reads', () => {
    const returned = submitted().when('head').returnsTo('initiator').state;
    expect(mayFill(rights(sheet, story().state, 'clerk'))).toBe(true);
    expect(mayFill(rights(review, story().state, 'clerk'))).toBe(false);
    expect(mayFill(rights(sheet, submitted().state, 'clerk'))).toBe(false);
    expect(mayFill(rights(sheet, returned, 'clerk'))).toBe(true);
    expect(mayFill(rights(review, returned, 'clerk'))).toBe(false);
  });
});

test('the initiator who left the seat reads', () => {
  const returned = submitted().when('head').returnsTo('initiator').state;
  for (const state of [story().state, returned])
    expect(mayFill(rightsTo(sheet, flow, state, 'clerk', factsOf(SEATING, {}, 'clerk', 'jtj', false)))).toBe(false);
});

describe('whoever holds a step', () => {
  test('fills in the form of that step while it is open, and no other', () => {
    expect(mayFill(rights(review, atPlanning().state, 'planning'))).toBe(true);
    expect(mayFill(rights(sheet, atPlanning().state, 'planning'))).toBe(false);
    expect(mayFill(rights(review, atFinance().state, 'planning'))).toBe(false);
    expect(mayFill(rights(review, atPlanning().when('planning').approves().state, 'planning'))).toBe(false);
  });
});

describe('what a step hides', () => {
  test('stays hidden from its seat before, during and after its turn', () => {
    for (const { state } of [submitted(), atFinance(), atPlanning()]) {
      expect(rights(sheet, state, 'budget')['phone']).toBe('hidden');
      expect(rights(sheet, state, 'head')['phone']).toBeUndefined();
    }
  });

  test('stays hidden from whoever decided there and has left the seat', () => {
    const handedOver = { ...SEATING, 'czj/reviewer': ['successor'] };
    expect(rights(sheet, atPlanning().state, 'budget', handedOver)['phone']).toBe('hidden');
    expect(rights(sheet, atPlanning().state, 'successor', handedOver)['phone']).toBe('hidden');
  });

  test('is shown to who also sits where it is not hidden', () => {
    const both = { ...SEATING, 'jtj/head': ['head', 'budget'] };
    expect(rights(sheet, submitted().state, 'budget', both)['phone']).toBeUndefined();
  });
});

describe('naming a field, which shows it unmasked', () => {
  const NAMES = { sheet: { '*': 'read' as const, phone: 'read' as const } };
  const naming = flowOf([
    stepAt('finance', ['czj/reviewer'], { rights: NAMES }),
    stepAt('planning', ['fgw/reviewer'], { rights: { sheet: { '*': 'read' } } }),
  ]);
  const reads = (person: string, seating = SEATING) =>
    rightsTo(sheet, naming, given(naming, seating).when('clerk').submits().state, person, factsOf(seating));

  test('is not done by putting the rights of several places together', () => {
    expect(reads('budget')).toEqual({ '*': 'read', phone: 'read' });
    expect(reads('planning')).toEqual({ '*': 'read' });
    const both = { ...SEATING, 'fgw/reviewer': ['budget'] };
    expect(reads('budget', both)).toEqual({ '*': 'read', phone: 'read' });
    const hidden = flowOf([
      stepAt('finance', ['czj/reviewer'], { rights: NO_PHONE }),
      stepAt('planning', ['fgw/reviewer'], { rights: { sheet: { '*': 'read' } } }),
    ]);
    const state = given(hidden, both).when('clerk').submits().when('budget').approves().state;
    expect(rightsTo(sheet, hidden, { ...state, at: null }, 'budget', factsOf(both))['phone']).toBeUndefined();
  });

  test('for the applicant names nothing to whoever worked towards the result', () => {
    const flow = flowOf([stepAt('finance', ['czj/reviewer'], { rights: NO_PHONE })], { applicantReads: NAMES });
    const { state } = given(flow, SEATING).when('clerk').submits().when('budget').approves();
    expect(rightsTo(sheet, flow, state, 'clerk', factsOf(SEATING))).toEqual(NAMES.sheet);
    expect(rightsTo(sheet, flow, state, 'budget', factsOf(SEATING))['phone']).toBe('hidden');
  });
});

describe('the result', () => {
  const READS = { review: { '*': 'hidden' as const, result: 'read' as const } };
  const told = flowOf(
    [
      stepAt('summary', ['czj/reviewer'], { form: 'review', kind: 'handle', returns: ['initiator'] }),
      stepAt('decision', ['fgw/reviewer'], { rights: { review: { '*': 'hidden' } }, returns: ['initiator'] }),
    ],
    { amends: ['sheet'], applicantReads: READS, applicantReadsMeanwhile: { review: { '*': 'hidden' } } },
  );
  const summed = () => given(told, SEATING).when('clerk').submits().when('budget').approves();
  const reads = ({ state }: ReturnType<typeof summed>, person: string) =>
    rightsTo(review, told, state, person, factsOf(SEATING))['result'] === 'read';

  test('is the unit’s to read once it is decided or the case is returned, not while it is being written', () => {
    for (const person of ['clerk', 'head']) {
      expect(reads(summed(), person)).toBe(false);
      expect(reads(summed().when('planning').approves(), person)).toBe(true);
      expect(reads(summed().when('planning').rejects(), person)).toBe(true);
      expect(reads(summed().when('planning').returnsTo('initiator'), person)).toBe(true);
      expect(reads(summed().when('clerk').withdraws(), person)).toBe(false);
    }
  });

  test('is told to whoever sits at a step that does not show it, as soon as there is one', () => {
    expect(reads(summed(), 'planning')).toBe(false);
    expect(reads(summed().when('planning').approves(), 'planning')).toBe(true);
    expect(reads(summed().when('planning').rejects(), 'planning')).toBe(true);
    expect(reads(summed().when('clerk').withdraws(), 'planning')).toBe(false);
  });
});
