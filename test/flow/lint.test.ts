import { describe, expect, test } from '@jest/globals';
import { lint, type Known } from '../../server/flow/lint.ts';
import type { Branch, Flow, Step, StepSeat } from '../../server/flow/model.ts';
import { flowOf, stepAt } from '../support/story.ts';

const KNOWN: Known = {
  units: ['xxb', 'sjj', 'ldx'],
  seats: ['clerk', 'unitHead', 'intake', 'namer'],
  forms: { declaration: ['totalInvest', 'contentItems'], filing: ['result'] },
};

const head = stepAt('head', ['unitHead'], { returns: ['initiator'] });
const intake = stepAt('intake', ['xxb/intake'], { kind: 'handle', form: 'filing', returns: ['head', 'previous'] });
const big = { '>=': [{ var: 'declaration.totalInvest' }, 100] };

const sound = flowOf(
  [
    head,
    { type: 'branch', key: 'size', arms: [{ when: big, nodes: [stepAt('clerk', ['clerk'])] }, { nodes: [] }] },
    {
      ...intake,
      when: { '>': [{ var: 'env.round' }, 0] },
      rights: { declaration: { '*': 'read', totalInvest: 'edit' } },
    },
  ],
  { amends: ['declaration'] },
);

const namedBy = { unit: 'ldx', seat: 'namer' };
const substitute = { unit: 'sjj', seat: 'intake' };
const reviewing = (recusal: Step['recusal'], rest: Partial<Step> = {}) =>
  flowOf([head, stepAt('review', ['xxb/intake', 'unitHead'], { ...(recusal && { recusal }), ...rest })]);
const seatWith = (rights: StepSeat['rights']) =>
  flowOf([{ ...head, seats: [{ unit: 'applicant', seat: 'unitHead', ...(rights && { rights }) }] }]);

const alone = (step: Step) => flowOf([head, step]);
const branch = (arms: Branch['arms']) => flowOf([head, { type: 'branch', key: 'size', arms }]);
const asFlow = (value: unknown) => value as Flow;

test('a sound flow has no findings', () => {
  expect(lint(sound, KNOWN)).toEqual([]);
  expect(lint(alone({ ...intake, returnsForm: true }), KNOWN)).toEqual([]);
  expect(lint(reviewing({ namedBy, candidates: [substitute] }, { everyRound: true }), KNOWN)).toEqual([]);
  expect(lint(seatWith({ filing: { '*': 'hidden', result: 'read' } }), KNOWN)).toEqual([]);
  for (const reads of ['applicantReads', 'applicantReadsMeanwhile'])
    expect(lint({ ...sound, [reads]: { filing: { '*': 'hidden', result: 'read' } } }, KNOWN)).toEqual([]);
});

/** One mistake, where it is reported and as what. */
const MISTAKES: [string, Flow, string, string][] = [
  ['two steps of one key', flowOf([head, head]), 'nodes.1.key', 'duplicateKey'],
  [
    'a step and a branch of one key',
    branch([{ nodes: [stepAt('size', ['clerk'])] }]),
    'nodes.1.arms.0.nodes.0.key',
    'duplicateKey',
  ],
  ['a key that is a reserved word', alone(stepAt('initiator', ['clerk'])), 'nodes.1.key', 'badKey'],
  ['a key that is no word', alone(stepAt('2nd step', ['clerk'])), 'nodes.1.key', 'badKey'],
  ['no title', alone(stepAt('next', ['clerk'], { title: ' ' })), 'nodes.1.title', 'noTitle'],
  ['no seat', alone(stepAt('next', [])), 'nodes.1.seats', 'noSeats'],
  ['a seat twice', alone(stepAt('next', ['clerk', 'clerk'])), 'nodes.1.seats.1', 'duplicateSeat'],
  ['an unknown seat', alone(stepAt('next', ['mayor'])), 'nodes.1.seats.0', 'unknownSeat'],
  ['an unknown unit', alone(stepAt('next', ['moon/clerk'])), 'nodes.1.seats.0', 'unknownUnit'],
  ['no nodes', flowOf([]), 'nodes', 'mayBeEmpty'],
  ['only conditional steps', flowOf([{ ...head, when: big }]), 'nodes', 'mayBeEmpty'],
  [
    'a branch without "otherwise" and nothing else',
    flowOf([{ type: 'branch', key: 'b', arms: [{ when: big, nodes: [head] }] }]),
    'nodes',
    'mayBeEmpty',
  ],
  ['a branch without arms', branch([]), 'nodes.1.arms', 'branchWithoutArms'],
  ['an arm after "otherwise"', branch([{ nodes: [] }, { when: big, nodes: [] }]), 'nodes.1.arms.1', 'unreachable'],
  ['a condition that never holds', alone(stepAt('next', ['clerk'], { when: false })), 'nodes.1.when', 'unreachable'],
  [
    'a condition that is a number',
    alone(stepAt('next', ['clerk'], { when: { count: [{ var: 'declaration.contentItems' }] } })),
    'nodes.1.when',
    'unreachable',
  ],
  ['an unknown operator', alone(stepAt('next', ['clerk'], { when: { '==': [1, 1] } })), 'nodes.1.when', 'badRule'],
  [
    'an operator short of arguments',
    alone(stepAt('next', ['clerk'], { when: { and: [{ '>': [1] }] } })),
    'nodes.1.when',
    'badRule',
  ],
  [
    'two operators in one',
    branch([{ when: { '===': [1, 1], '!==': [1, 2] }, nodes: [] }]),
    'nodes.1.arms.0.when',
    'badRule',
  ],
  [
    'a condition on an unknown form',
    alone(stepAt('next', ['clerk'], { when: { '>': [{ var: 'totalInvest' }, 1] } })),
    'nodes.1.when',
    'unknownForm',
  ],
  [
    'a condition on an unknown field',
    alone(stepAt('next', ['clerk'], { when: { filled: { var: 'declaration.price' } } })),
    'nodes.1.when',
    'unknownField',
  ],
  [
    'a return to nowhere',
    alone(stepAt('next', ['clerk'], { returns: ['nowhere'] })),
    'nodes.1.returns.0',
    'unknownReturn',
  ],
  [
    'a return to a branch',
    flowOf([head, { type: 'branch', key: 'b', arms: [{ nodes: [] }] }, stepAt('next', ['clerk'], { returns: ['b'] })]),
    'nodes.2.returns.0',
    'unknownReturn',
  ],
  ['a return to itself', alone(stepAt('next', ['clerk'], { returns: ['next'] })), 'nodes.1.returns.0', 'returnForward'],
  [
    'a return forward',
    flowOf([{ ...head, returns: ['next'] }, stepAt('next', ['clerk'])]),
    'nodes.0.returns.0',
    'returnForward',
  ],
  [
    'a return into another arm',
    branch([
      { when: big, nodes: [stepAt('one', ['clerk'])] },
      { nodes: [stepAt('two', ['clerk'], { returns: ['one'] })] },
    ]),
    'nodes.1.arms.1.nodes.0.returns.0',
    'returnAcross',
  ],
  [
    'a return target twice',
    alone(stepAt('next', ['clerk'], { returns: ['head', 'head'] })),
    'nodes.1.returns.1',
    'duplicateReturn',
  ],
  [
    'return once without a target',
    alone(stepAt('next', ['clerk'], { returnOnce: true })),
    'nodes.1.returnOnce',
    'returnOnceWithoutReturns',
  ],
  [
    'a form for a return that is not offered',
    alone({ ...stepAt('next', ['clerk'], { kind: 'handle', form: 'filing' }), returnsForm: true }),
    'nodes.1.returnsForm',
    'returnsFormWithoutReturns',
  ],
  [
    'a return that hands in no form',
    alone(stepAt('next', ['clerk'], { returns: ['head'], returnsForm: true })),
    'nodes.1.returnsForm',
    'returnsFormWithoutForm',
  ],
  [
    'a way to resume without a target',
    alone(stepAt('next', ['clerk'], { resume: 'straightBack' })),
    'nodes.1.resume',
    'resumeWithoutReturns',
  ],
  [
    'words for a return that is not offered',
    alone(stepAt('next', ['clerk'], { labels: { return: '补正' } })),
    'nodes.1.labels.return',
    'labelWithoutAction',
  ],
  [
    'words for a rejection that is not offered',
    alone(stepAt('next', ['clerk'], { mayReject: false, labels: { reject: '否' } })),
    'nodes.1.labels.reject',
    'labelWithoutAction',
  ],
  ['half a day', alone(stepAt('next', ['clerk'], { days: 0.5 })), 'nodes.1.days', 'badDays'],
  [
    'handling without a form',
    alone(stepAt('next', ['clerk'], { kind: 'handle' })),
    'nodes.1.form',
    'handleWithoutForm',
  ],
  ['approving with a form', alone(stepAt('next', ['clerk'], { form: 'filing' })), 'nodes.1.form', 'formOnApprove'],
  [
    'an unknown form',
    alone(stepAt('next', ['clerk'], { kind: 'handle', form: 'nothing' })),
    'nodes.1.form',
    'unknownForm',
  ],
  [
    'rights on an unknown form',
    alone(stepAt('next', ['clerk'], { rights: { nothing: {} } })),
    'nodes.1.rights.nothing',
    'unknownForm',
  ],
  [
    'rights on an unknown field',
    alone(stepAt('next', ['clerk'], { rights: { filing: { fee: 'edit' } } })),
    'nodes.1.rights.filing.fee',
    'unknownField',
  ],
  ['an unknown form to amend', { ...sound, amends: ['nothing'] }, 'amends.0', 'unknownForm'],
  [
    'recusal where one vote is enough',
    reviewing({ namedBy, candidates: [substitute] }, { mode: 'any' }),
    'nodes.1.recusal',
    'recusalWithoutAll',
  ],
  ['recusal without candidates', reviewing({ namedBy, candidates: [] }), 'nodes.1.recusal.candidates', 'noCandidates'],
  [
    'a substitute of the applicant',
    reviewing({ namedBy, candidates: [substitute, { unit: 'applicant', seat: 'clerk' }] }),
    'nodes.1.recusal',
    'recusalToApplicant',
  ],
  [
    'the applicant names the substitute',
    reviewing({ namedBy: { unit: 'applicant', seat: 'unitHead' }, candidates: [substitute] }),
    'nodes.1.recusal',
    'recusalToApplicant',
  ],
  [
    'a namer whose unit sits at the step',
    reviewing({ namedBy: { unit: 'xxb', seat: 'namer' }, candidates: [substitute] }),
    'nodes.1.recusal.namedBy',
    'namerMayRecuse',
  ],
  [
    'a candidate of the recused unit alone',
    reviewing({ namedBy, candidates: [{ unit: 'xxb', seat: 'namer' }] }),
    'nodes.1.recusal.candidates',
    'tooFewCandidates',
  ],
  [
    'two seats of a unit and one candidate',
    reviewing(
      { namedBy, candidates: [substitute] },
      { seats: [substitute, namedBy].map((s) => ({ ...s, unit: 'xxb' })) },
    ),
    'nodes.1.recusal.candidates',
    'tooFewCandidates',
  ],
  [
    'a candidate twice',
    reviewing({ namedBy, candidates: [substitute, substitute] }),
    'nodes.1.recusal.candidates.1',
    'duplicateSeat',
  ],
  [
    'a candidate who answers anyway',
    reviewing({ namedBy, candidates: [substitute, { unit: 'xxb', seat: 'intake' }] }),
    'nodes.1.recusal.candidates.1',
    'duplicateSeat',
  ],
  [
    'an unknown candidate',
    reviewing({ namedBy, candidates: [{ unit: 'sjj', seat: 'mayor' }] }),
    'nodes.1.recusal.candidates.0',
    'unknownSeat',
  ],
  [
    'a namer of an unknown unit',
    reviewing({ namedBy: { unit: 'moon', seat: 'namer' }, candidates: [substitute] }),
    'nodes.1.recusal.namedBy',
    'unknownUnit',
  ],
  ['a seat’s rights on an unknown form', seatWith({ nothing: {} }), 'nodes.0.seats.0.rights.nothing', 'unknownForm'],
  [
    'a seat’s rights on an unknown field',
    seatWith({ filing: { 'fee.sum': 'hidden' } }),
    'nodes.0.seats.0.rights.filing.fee.sum',
    'unknownField',
  ],
  [
    'what the applicant reads of an unknown form',
    { ...sound, applicantReads: { nothing: { '*': 'read' } } },
    'applicantReads.nothing',
    'unknownForm',
  ],
  [
    'what the applicant reads of an unknown field',
    { ...sound, applicantReads: { filing: { fee: 'read' } } },
    'applicantReads.filing.fee',
    'unknownField',
  ],
  [
    'what the applicant reads meanwhile of an unknown field',
    { ...sound, applicantReadsMeanwhile: { filing: { fee: 'read' } } },
    'applicantReadsMeanwhile.filing.fee',
    'unknownField',
  ],
  [
    'a misspelt property of a recusal',
    asFlow({ ...sound, nodes: [{ ...head, recusal: { namedBy, candidates: [substitute], named: 1 } }] }),
    'nodes.0.recusal.named',
    'unknownProperty',
  ],
  [
    'a misspelt property of a seat',
    asFlow({ ...sound, nodes: [{ ...head, seats: [{ unit: 'xxb', seat: 'intake', right: {} }] }] }),
    'nodes.0.seats.0.right',
    'unknownProperty',
  ],
  [
    'a recusal nobody names for',
    asFlow({ ...sound, nodes: [{ ...head, recusal: { candidates: [substitute] } }] }),
    'nodes.0.recusal.namedBy',
    'missingProperty',
  ],
  [
    'every round as a word',
    asFlow({ ...sound, nodes: [{ ...head, everyRound: 'yes' }] }),
    'nodes.0.everyRound',
    'badValue',
  ],
  [
    'a right of the applicant that does not exist',
    asFlow({ ...sound, applicantReads: { filing: { result: 'write' } } }),
    'applicantReads.filing.result',
    'badValue',
  ],
  ['a misspelt property', asFlow({ ...sound, nodes: [{ ...head, whn: big }] }), 'nodes.0.whn', 'unknownProperty'],
  ['a missing property', asFlow({ key: 'flow', title: '流程', nodes: [], amends: [] }), 'withdraw', 'missingProperty'],
  ['a word that is not offered', asFlow({ ...sound, nodes: [{ ...head, mode: 'most' }] }), 'nodes.0.mode', 'badValue'],
  ['a node of no kind', asFlow({ ...sound, nodes: [{ ...head, type: 'loop' }] }), 'nodes.0.type', 'badValue'],
  [
    'a right that does not exist',
    asFlow({ ...sound, nodes: [{ ...head, rights: { filing: { result: 'write' } } }] }),
    'nodes.0.rights.filing.result',
    'badValue',
  ],
  ['text for a list', asFlow({ ...sound, amends: 'declaration' }), 'amends', 'badValue'],
  ['nothing at all', asFlow(null), '', 'badValue'],
];

describe('each mistake has one finding', () => {
  test.each(MISTAKES)('%s', (_mistake, flow, path, code) => {
    const findings = lint(flow, KNOWN);
    expect(findings.map((finding) => [finding.path, finding.code])).toEqual([[path, code]]);
    expect(findings[0]?.message).toMatch(/[\u4e00-\u9fff].*。$/);
  });
});

test('what is not known is not checked', () => {
  expect(lint(alone(stepAt('next', ['moon/mayor'], { kind: 'handle', form: 'nothing' })))).toEqual([]);
});
