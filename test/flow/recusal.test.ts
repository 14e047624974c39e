import { describe, expect, test } from '@jest/globals';
import type { FieldRights } from '../../forms/language/dialect.ts';
import { forecast } from '../../server/flow/forecast.ts';
import type { Step } from '../../server/flow/model.ts';
import { substituteOf } from '../../server/flow/recusal.ts';
import { mayFill, rightsTo } from '../../server/flow/rights.ts';
import { factsOf, flowOf, given, stepAt, type Seating, type Story } from '../support/story.ts';

/** The finance bureau files a project of its own, and two of its seats sit at the joint review. */
const DISTRICT: Seating = {
  'czj/unitHead': ['head'],
  'czj/reviewer': ['finance'],
  'czj/engineer': ['engineer'],
  'xxb/reviewer': ['office'],
  'fgw/reviewer': ['planning'],
  'spj/reviewer': ['approvals'],
  'xxb/director': ['director'],
  'ldxz/deputy': ['deputy'],
  'sjj/reviewer': ['audit'],
  'wxb/reviewer': ['network', 'network2'],
  'gzb/reviewer': [],
};
const candidates = ['sjj', 'wxb', 'gzb', 'czj'].map((unit) => ({
  unit,
  seat: unit === 'czj' ? 'director' : 'reviewer',
}));
const recusal = { namedBy: { unit: 'ldxz', seat: 'deputy' }, candidates };
const FIVE = ['xxb/reviewer', 'fgw/reviewer', 'spj/reviewer', 'czj/reviewer'];

const own = (key: string): FieldRights => ({ '*': 'hidden', [key]: 'edit' });
const joint = (seats: string[], rest: Partial<Step> = {}): Step => {
  const step = stepAt('joint', seats, { kind: 'handle', form: 'review', recusal, mayReject: false, ...rest });
  return { ...step, seats: step.seats.map((ref) => ({ ...ref, rights: { review: own(ref.unit) } })) };
};
const preliminary = (seats = FIVE) =>
  flowOf(
    [
      stepAt('reissue', ['unitHead'], { when: { '>': [{ var: 'env.round' }, 1] }, everyRound: true }),
      joint(seats),
      stepAt('director', ['xxb/director'], { returns: ['initiator'] }),
    ],
    { amends: ['declaration'], applicantReads: { review: { '*': 'hidden', summary: 'read' } } },
  );

const submitted = (seats = FIVE, seating = DISTRICT) =>
  given(preliminary(seats), seating).ofUnit('czj').when('clerk').submits();
const substituted = () => submitted().when('deputy').nominates('sjj/reviewer');
const reviewed = () => all(substituted(), 'office', 'planning', 'approvals', 'audit');

function all(story: Story, ...people: string[]): Story {
  return people.reduce((told, person) => told.when(person).approves(), story);
}

describe('a seat that would review its own unit’s project', () => {
  test('is recorded as recused, and the deputy is asked for a substitute', () => {
    const story = submitted().then({ at: 'joint', waitingFor: ['approvals', 'deputy', 'office', 'planning'] });
    const recused = story.state.tasks.find(({ status }) => status === 'recused');
    expect(recused).toMatchObject({ step: 'joint', seatId: 'czj/reviewer', decision: null, decidedBy: null });
    expect(story.effects).toContainEqual({ type: 'recused', task: recused?.key, seatId: 'czj/reviewer' });
    expect(story.effects).toContainEqual({ type: 'taskOpened', task: story.taskFor('deputy'), holders: ['deputy'] });
    expect(substituteOf(story.state, 'joint', 'czj/reviewer')).toBeNull();
    story
      .but('finance', 'task_closed')
      .onTask(recused?.key ?? '')
      .approves();
  });

  test('does not vote: the substitute does, with the others, and only then the review has passed', () => {
    all(substituted(), 'office', 'planning', 'approvals')
      .then({ at: 'joint', waitingFor: ['audit'] })
      .when('audit')
      .approves()
      .then({ at: 'director' });
  });

  test('holds the review up until somebody is named', () => {
    all(submitted(), 'office', 'planning', 'approvals')
      .then({ at: 'joint', waitingFor: ['deputy'] })
      .when('deputy')
      .nominates('wxb/reviewer')
      .when('network2')
      .approves()
      .then({ at: 'director' });
  });

  test('of another unit reviews as always, and nobody is asked for a substitute', () => {
    const story = given(preliminary(), { ...DISTRICT, 'jtj/unitHead': ['head'] })
      .when('clerk')
      .submits();
    story.then({ waitingFor: ['approvals', 'finance', 'office', 'planning'] });
  });

  test('two of them: each gets its own substitute, and one seat does not answer for both', () => {
    const story = submitted([...FIVE, 'czj/engineer']).then({ at: 'joint' });
    const [first = '', second = ''] = story.state.tasks.filter(({ kind }) => kind === 'nominate').map(({ key }) => key);
    story
      .when('deputy')
      .onTask(first)
      .nominates('sjj/reviewer')
      .but('deputy', 'substitute_votes')
      .onTask(second)
      .nominates('sjj/reviewer')
      .when('deputy')
      .onTask(second)
      .nominates('wxb/reviewer');
    all(story, 'office', 'planning', 'approvals', 'audit').then({ at: 'joint' }).when('network').approves();
    story.then({ at: 'director' });
    expect(substituteOf(story.state, 'joint', 'czj/reviewer')).toBe('sjj/reviewer');
    expect(substituteOf(story.state, 'joint', 'czj/engineer')).toBe('wxb/reviewer');
  });

  test('that its unit does not have is reported by name: there is nobody to record', () => {
    const seating = Object.fromEntries(Object.entries(DISTRICT).filter(([seat]) => seat !== 'czj/reviewer'));
    expect(given(preliminary(), seating).ofUnit('czj').offers('clerk')[0]?.blocked).toEqual({
      code: 'seat_empty',
      detail: { step: 'joint', unit: 'czj', seat: 'reviewer' },
    });
  });

  test('may be vacant: it was not going to answer', () => {
    submitted(FIVE, { ...DISTRICT, 'czj/reviewer': [] }).then({ at: 'joint' });
  });
});

describe('a nomination', () => {
  test.each([
    ['a seat that is not listed', 'spj/reviewer', 'not_candidate'],
    ['a seat of the applicant’s unit', 'czj/director', 'substitute_conflicted'],
    ['a vacant seat', 'gzb/reviewer', 'seat_empty'],
  ])('of %s is refused', (_whom, to, code) => {
    submitted(FIVE, { ...DISTRICT, 'czj/director': ['boss'] })
      .but('deputy', code)
      .nominates(to);
  });

  test('of a vacant seat of the applicant’s unit is refused for what it is', () => {
    submitted(FIVE, { ...DISTRICT, 'czj/director': [] })
      .but('deputy', 'substitute_conflicted')
      .nominates('czj/director');
  });

  test('of the naming seat itself is possible where the flow lists it', () => {
    const flow = flowOf([joint(FIVE, { recusal: { ...recusal, candidates: [recusal.namedBy] } })]);
    const story = given(flow, DISTRICT).ofUnit('czj').when('clerk').submits().when('deputy').nominates('ldxz/deputy');
    story
      .then({ waitingFor: ['approvals', 'deputy', 'office', 'planning'] })
      .when('deputy')
      .approves();
  });

  test('of a seat one of whose holders also sits with the applicant is refused', () => {
    const torn = { ...DISTRICT, 'czj/unitHead': ['head', 'network2'] };
    const story = submitted(FIVE, torn).but('deputy', 'substitute_conflicted').nominates('wxb/reviewer');
    expect(story.offers('deputy')[0]?.targets?.map(({ to }) => to)).toEqual(['sjj/reviewer']);
  });

  test('says why, is the deputy’s alone, and decides nothing else', () => {
    const story = submitted().but('deputy', 'opinion_required').nominates('sjj/reviewer', ' ');
    const task = story.taskFor('deputy');
    story.but('office', 'not_your_task').onTask(task).nominates('sjj/reviewer');
    story
      .but('deputy', 'action_not_offered')
      .approves()
      .but('deputy', 'action_not_offered')
      .rejects()
      .but('deputy', 'action_not_offered')
      .returnsTo('initiator')
      .but('office', 'action_not_offered')
      .nominates('sjj/reviewer');
  });

  test('is offered with those who may be named now', () => {
    expect(submitted().offers('deputy')).toEqual([
      {
        type: 'nominate',
        task: '5',
        label: '指定替代席位',
        opinionRequired: true,
        targets: ['sjj/reviewer', 'wxb/reviewer'].map((to) => ({ to, label: to, resume: [] })),
      },
    ]);
  });

  test('is blocked where nobody is left, and then refuses everybody with that word', () => {
    const story = submitted(FIVE, { ...DISTRICT, 'sjj/reviewer': [], 'wxb/reviewer': [] });
    expect(story.offers('deputy')).toMatchObject([
      { type: 'nominate', targets: [], blocked: { code: 'no_substitute', detail: { step: 'joint' } } },
    ]);
    story.but('deputy', 'no_substitute').nominates('sjj/reviewer');
    story.nowHolds('sjj/reviewer', 'audit').when('deputy').nominates('sjj/reviewer').then({ at: 'joint' });
  });

  test('is nobody’s of the applicant’s unit: the review cannot begin without somebody else to name', () => {
    const torn = { ...DISTRICT, 'ldxz/deputy': ['finance'] };
    given(preliminary(), torn).ofUnit('czj').but('clerk', 'seat_empty').submits();
    submitted(FIVE, { ...DISTRICT, 'ldxz/deputy': ['finance', 'deputy'] })
      .but('finance', 'own_project')
      .nominates('sjj/reviewer')
      .when('deputy')
      .nominates('sjj/reviewer');
  });

  test('by a seat of the applicant’s own unit never opens for nobody', () => {
    const flow = flowOf([joint(FIVE, { recusal: { ...recusal, namedBy: { unit: 'czj', seat: 'unitHead' } } })]);
    given(flow, DISTRICT).ofUnit('czj').but('clerk', 'seat_empty').submits();
  });
});

describe('nobody of the applicant’s unit answers', () => {
  test('in the seat of another unit either', () => {
    submitted(FIVE, { ...DISTRICT, 'fgw/reviewer': ['finance', 'planning'] })
      .but('finance', 'own_project')
      .approves()
      .when('planning')
      .approves();
    given(preliminary(), { ...DISTRICT, 'fgw/reviewer': ['finance'] })
      .ofUnit('czj')
      .but('clerk', 'seat_empty')
      .submits();
  });

  test('even where they came to it after the substitute was named', () => {
    substituted()
      .nowHolds('czj/unitHead', 'head', 'audit')
      .but('audit', 'own_project')
      .approves()
      .nowHolds('czj/unitHead', 'head')
      .when('audit')
      .approves();
  });

  test('but a seat the step gives to the applicant by design does', () => {
    const flow = flowOf([joint(['unitHead', 'czj/reviewer'])]);
    const story = given(flow, DISTRICT).ofUnit('czj').when('clerk').submits();
    story
      .when('deputy')
      .nominates('sjj/reviewer')
      .when('head')
      .approves()
      .then({ at: 'joint', waitingFor: ['audit'] });
  });
});

describe('returned from a later step', () => {
  test('stepwise: everybody is asked again, and the same substitute without a new nomination', () => {
    const story = reviewed().when('director').returnsTo('initiator').when('clerk').resubmits();
    story
      .then({ at: 'reissue', round: 2, waitingFor: ['head'] })
      .when('head')
      .approves()
      .then({ at: 'joint', waitingFor: ['approvals', 'audit', 'office', 'planning'] });
    expect(story.state.tasks.filter(({ status }) => status === 'recused')).toHaveLength(2);
    all(story, 'office', 'planning', 'approvals', 'audit').then({ at: 'director' });
  });

  test('stepwise: a substitute who may not answer any more is named anew', () => {
    const story = reviewed().when('director').returnsTo('initiator').nowHolds('sjj/reviewer');
    story.when('clerk').resubmits().when('head').approves();
    story.then({ at: 'joint', waitingFor: ['approvals', 'deputy', 'office', 'planning'] });
  });

  test('stepwise: of several substitutes the last one named is asked again, at this step and no other', () => {
    const second = reviewed().when('director').returnsTo('initiator').nowHolds('sjj/reviewer');
    second.when('clerk').resubmits().when('head').approves().when('deputy').nominates('wxb/reviewer');
    all(second, 'office', 'planning', 'approvals', 'network').nowHolds('sjj/reviewer', 'audit');
    second.when('director').returnsTo('initiator').when('clerk').resubmits().when('head').approves();
    second.then({ at: 'joint', waitingFor: ['approvals', 'network', 'network2', 'office', 'planning'] });
    expect(substituteOf(second.state, 'joint', 'czj/reviewer')).toBe('wxb/reviewer');
    expect(substituteOf(second.state, 'director', 'czj/reviewer')).toBeNull();
  });

  test('stepwise: the same substitute also where every seat is recused', () => {
    const once = submitted(['czj/reviewer']).when('deputy').nominates('sjj/reviewer').when('audit').approves();
    once.when('director').returnsTo('initiator').when('clerk').resubmits().when('head').approves();
    once.then({ at: 'joint', waitingFor: ['audit'] });
  });

  test('straight back: only the signature of every round, then whoever returned it', () => {
    const again = () => reviewed().when('director').returnsTo('initiator', '错别字', 'straightBack');
    expect(again().line()).toBe('initiator:current reissue:ahead joint:done director:ahead');
    const second = again().when('clerk').resubmits().then({ at: 'reissue' }).when('head').approves();
    second.then({ at: 'director', round: 2 });
    const third = second.when('director').returnsTo('initiator', '还有错', 'straightBack');
    expect(third.line()).toBe('initiator:current reissue:ahead joint:done director:ahead');
    third
      .when('clerk')
      .resubmits()
      .then({ at: 'reissue', round: 3, waitingFor: ['head'] });
    third.when('head').approves().then({ at: 'director' }).when('director').approves().then({ outcome: 'approved' });
  });
});

test('the progress line knows which seats recuse before anyone is asked', () => {
  const { flow, state } = given(preliminary(), DISTRICT);
  const seats = forecast(flow, state, factsOf(DISTRICT, {}, 'clerk', 'czj'))[2]?.seats ?? [];
  expect(seats.filter(({ recused }) => recused).map(({ unitCode, holders }) => [unitCode, holders])).toEqual([
    ['czj', []],
  ]);
});

describe('rights at a review with seats of their own', () => {
  const review = { key: 'review', filledAt: 'step' as const };
  const declaration = { key: 'declaration', filledAt: 'start' as const };
  const rights = ({ flow, state }: Story, person: string, seating = DISTRICT) =>
    rightsTo(review, flow, state, person, factsOf(seating, {}, 'clerk', 'czj'));

  test('each seat writes what is its own, and reads no other’s', () => {
    expect(rights(submitted(), 'office')).toEqual(own('xxb'));
    expect(rights(submitted(), 'planning')).toEqual(own('fgw'));
  });

  test('a field named beside a hidden rest stays readable once the seat has answered', () => {
    expect(rights(submitted().when('office').approves(), 'office')).toEqual({ '*': 'hidden', xxb: 'read' });
  });

  test('a substitute has those of the seat it stands in for, and keeps reading just that', () => {
    expect(rights(substituted(), 'audit')).toEqual(own('czj'));
    expect(rights(reviewed(), 'audit')).toEqual({ '*': 'hidden', czj: 'read' });
  });

  test('whoever shares the substitute’s seat, or was asked to name and was not needed, reads no more', () => {
    const story = submitted().when('deputy').nominates('wxb/reviewer').when('network').approves();
    expect(rights(story, 'network2')).toEqual({ '*': 'hidden', czj: 'read' });
    const withdrawn = given(flowOf([{ ...joint(FIVE), rights: { review: { '*': 'hidden' } } }]), DISTRICT).ofUnit(
      'czj',
    );
    withdrawn.when('clerk').submits().when('clerk').withdraws();
    expect(rights(withdrawn, 'deputy')).toEqual({ '*': 'hidden' });
  });

  test('whoever signed for the applicant and left it reads no more than it did', () => {
    const back = reviewed().when('director').returnsTo('initiator').when('clerk').resubmits().when('head').approves();
    expect(rights(back, 'head', { ...DISTRICT, 'czj/unitHead': [] })).toEqual({ '*': 'hidden', summary: 'read' });
  });

  test('two hats: each task has the rights of its own seat, and both are read afterwards', () => {
    const hats = { ...DISTRICT, 'fgw/reviewer': ['office'] };
    const { flow, state } = submitted(FIVE, hats);
    const at = (task: string) => rightsTo(review, flow, state, 'office', factsOf(hats, {}, 'clerk', 'czj'), task);
    expect([at('1'), at('2'), at('none')]).toEqual([own('xxb'), own('fgw'), own('xxb')]);
    const answered = submitted(FIVE, hats).when('office').onTask('1').approves().when('office').onTask('2').approves();
    expect(rights(answered, 'office', hats)).toEqual({ '*': 'hidden', xxb: 'read', fgw: 'read' });
  });

  test('naming a substitute fills in nothing', () => {
    const story = submitted();
    expect(mayFill(rights(story, 'deputy'))).toBe(false);
    const writing = given(flowOf([{ ...joint(FIVE), rights: { review: { '*': 'hidden', czj: 'edit' } } }]), DISTRICT);
    expect(rights(writing.ofUnit('czj').when('clerk').submits(), 'deputy')).toEqual({ '*': 'hidden', czj: 'read' });
  });

  test('the applicant’s unit reads what the flow lets it: the initiator, the recused seat, and the head', () => {
    const applicant = { '*': 'hidden', summary: 'read' };
    for (const story of [submitted(), reviewed()]) {
      for (const person of ['clerk', 'finance', 'head']) expect(rights(story, person)).toEqual(applicant);
    }
    const back = reviewed().when('director').returnsTo('initiator').when('clerk').resubmits();
    expect(rights(back, 'head')).toEqual(applicant);
    expect(rightsTo(declaration, back.flow, back.state, 'finance', factsOf(DISTRICT, {}, 'clerk', 'czj'))).toEqual({
      '*': 'read',
    });
  });

  test('also in a seat elsewhere, unless that step says otherwise', () => {
    const torn = { ...DISTRICT, 'xxb/director': ['finance'] };
    expect(rights(reviewed(), 'finance', torn)).toEqual({ '*': 'hidden', summary: 'read' });
  });
});
