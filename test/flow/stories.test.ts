import { describe, expect, test } from '@jest/globals';
import { flowOf, given, stepAt, type Seating } from '../support/story.ts';

const DISTRICT: Seating = {
  'jtj/projectOwner': ['owner'],
  'jtj/unitHead': ['head'],
  'xxb/intake': ['intake'],
  'czj/reviewer': ['finance'],
  'fgw/reviewer': ['planning'],
};

const declaration = flowOf([
  stepAt('owner', ['projectOwner'], { title: '项目责任人审核', returns: ['initiator'] }),
  stepAt('head', ['unitHead'], { title: '单位负责人签发', returns: ['initiator', 'previous'] }),
]);

const filing = flowOf([
  stepAt('reissue', ['unitHead'], { when: { '>': [{ var: 'env.round' }, 1] }, returns: ['initiator'] }),
  stepAt('intake', ['xxb/intake'], {
    kind: 'handle',
    form: 'filing',
    returns: ['initiator'],
    returnOnce: true,
    labels: { approve: '受理', return: '一次性补正', reject: '不予受理' },
  }),
]);

const review = (mode: 'all' | 'any') =>
  flowOf([
    stepAt('owner', ['projectOwner'], { returns: ['initiator'] }),
    stepAt('review', ['czj/reviewer', 'fgw/reviewer'], { mode, returns: ['initiator', 'owner'] }),
    stepAt('intake', ['xxb/intake'], { returns: ['initiator', 'previous', 'owner'] }),
  ]);

const submitted = (flow = declaration, seating = DISTRICT) => given(flow, seating).when('clerk').submits();

describe('the unit signs its declaration', () => {
  test('step by step to the end', () => {
    const story = submitted()
      .then({ state: 'running', round: 1, at: 'owner', waitingFor: ['owner'] })
      .when('owner')
      .approves()
      .then({ state: 'running', at: 'head', waitingFor: ['head'] })
      .when('head')
      .approves('同意报送')
      .then({ state: 'ended', outcome: 'approved', at: null, waitingFor: [] });
    expect(story.effects).toEqual([
      { type: 'taskClosed', task: '2', status: 'done' },
      { type: 'ended', outcome: 'approved', notify: ['clerk'] },
    ]);
  });

  test('only whoever started it submits it, and only once', () => {
    given(declaration, DISTRICT).but('owner', 'not_your_task').submits();
    submitted().but('clerk', 'already_submitted').submits();
  });

  test('a draft knows no other verb, and an ended case none at all', () => {
    given(declaration, DISTRICT).but('clerk', 'not_submitted').withdraws();
    given(declaration, DISTRICT).but('owner', 'not_submitted').approves();
    submitted().when('owner').rejects().but('owner', 'case_ended').approves().but('clerk', 'case_ended').submits();
  });

  test('a stranger, and the holder of a later seat, decide nothing', () => {
    submitted().but('stranger', 'not_your_task').approves().but('head', 'not_your_task').approves();
  });

  test('the second window finds the task closed and does not approve the next step', () => {
    const bothSeats = { ...DISTRICT, 'jtj/unitHead': ['owner'] };
    submitted(declaration, bothSeats)
      .when('owner')
      .onTask('1')
      .approves()
      .but('owner', 'task_closed')
      .onTask('1')
      .approves()
      .then({ at: 'head' });
  });

  test('a task that never was is not found', () => {
    submitted().but('owner', 'not_found').onTask('99').approves();
  });
});

describe('a clerk who left the seat', () => {
  test('neither submits nor is offered to', () => {
    const story = given(declaration, DISTRICT).clerkLeaves().but('clerk', 'left_seat').submits();
    expect(story.buttons('clerk')).toEqual([]);
  });

  test('neither withdraws, amends nor resubmits; those whose turn it is go on', () => {
    const story = submitted().clerkLeaves().but('clerk', 'left_seat').withdraws();
    expect(story.buttons('clerk')).toEqual([]);
    story
      .when('owner')
      .returnsTo('initiator')
      .but('clerk', 'left_seat')
      .resubmits()
      .but('clerk', 'left_seat')
      .withdraws();
    expect(story.buttons('clerk')).toEqual([]);
    submitted().clerkLeaves().when('owner').approves().then({ at: 'head' });
  });
});

describe('return', () => {
  test('to the initiator: one revision bound to the person, then from the beginning', () => {
    const story = submitted()
      .when('owner')
      .approves()
      .when('head')
      .returnsTo('initiator', '投资估算不实')
      .then({ state: 'returned', at: 'initiator', round: 1, waitingFor: ['clerk'] });
    expect(story.state.returned).toMatchObject({ from: 'head', to: 'initiator', by: 'head', resume: 'stepwise' });
    expect(story.effects.map(({ type }) => type)).toEqual(['taskClosed', 'taskOpened', 'returned']);

    story
      .but('owner', 'not_your_task')
      .resubmits()
      .when('clerk')
      .resubmits()
      .then({ state: 'running', at: 'owner', round: 2, waitingFor: ['owner'] });
    expect(story.state.returned).toBeNull();
  });

  test('straight back: those who have answered keep their answer', () => {
    submitted()
      .when('owner')
      .approves()
      .when('head')
      .returnsTo('initiator', '错别字', 'straightBack')
      .when('clerk')
      .resubmits()
      .then({ at: 'head', round: 2, waitingFor: ['head'] });
  });

  test('to the previous step: it answers again and the case goes on', () => {
    submitted()
      .when('owner')
      .approves()
      .when('head')
      .returnsTo('previous')
      .then({ state: 'running', at: 'owner', round: 1, waitingFor: ['owner'] })
      .when('owner')
      .approves()
      .then({ at: 'head' });
  });

  test('the step decides how to go on where the person does not, and the person overrules the step', () => {
    const flow = flowOf([
      stepAt('owner', ['projectOwner']),
      stepAt('head', ['unitHead'], { returns: ['initiator'], resume: 'straightBack' }),
    ]);
    const atHead = () => submitted(flow).when('owner').approves().when('head');
    atHead().returnsTo('initiator').when('clerk').resubmits().then({ at: 'head' });
    atHead().returnsTo('initiator', '重来', 'stepwise').when('clerk').resubmits().then({ at: 'owner' });
  });

  test('to a named step, stepwise through those between or straight back over them', () => {
    const atIntake = () =>
      submitted(review('all')).when('owner').approves().when('finance').approves().when('planning').approves();
    atIntake()
      .when('intake')
      .returnsTo('owner')
      .when('owner')
      .approves()
      .then({ at: 'review', waitingFor: ['finance', 'planning'] });
    atIntake()
      .when('intake')
      .returnsTo('owner', '请核对', 'straightBack')
      .then({ at: 'owner' })
      .when('owner')
      .approves()
      .then({ at: 'intake', waitingFor: ['intake'] });
  });

  test('previous means the filling-in where no step has answered yet', () => {
    const flow = flowOf([stepAt('owner', ['projectOwner'], { returns: ['previous'] })]);
    submitted(flow).when('owner').returnsTo('previous').then({ state: 'returned', at: 'initiator' });
  });

  test('previous passes over a step that has answered but no longer applies', () => {
    const flow = flowOf([
      stepAt('owner', ['projectOwner']),
      stepAt('review', ['czj/reviewer'], { when: { var: 'declaration.big' } }),
      stepAt('head', ['unitHead'], { returns: ['previous'] }),
    ]);
    const atHead = () =>
      given(flow, DISTRICT)
        .filed('declaration', { big: true })
        .when('clerk')
        .submits()
        .when('owner')
        .approves()
        .when('finance')
        .approves();
    atHead().when('head').returnsTo('previous').then({ at: 'review' });
    atHead().filed('declaration', { big: false }).when('head').returnsTo('previous').then({ at: 'owner' });
  });

  test('needs a reason and an offered target', () => {
    submitted()
      .but('owner', 'opinion_required')
      .returnsTo('initiator', ' \n')
      .but('owner', 'return_target')
      .returnsTo('head')
      .but('owner', 'return_target')
      .returnsTo('nowhere');
  });

  test('a named step that never had the case cannot have it back', () => {
    const flow = flowOf([
      stepAt('owner', ['projectOwner'], { when: { '===': [{ var: 'declaration.big' }, true] } }),
      stepAt('head', ['unitHead'], { returns: ['owner', 'initiator'] }),
    ]);
    const story = submitted(flow).then({ at: 'head' }).but('head', 'return_target').returnsTo('owner');
    expect(story.offers('head').find(({ type }) => type === 'return')?.targets).toEqual([
      { to: 'initiator', label: '经办人', resume: ['stepwise', 'straightBack'] },
    ]);
  });

  test('once where the step says once, whatever the round', () => {
    const story = submitted(filing)
      .when('intake')
      .returnsTo('initiator', '缺项目建议书')
      .when('clerk')
      .resubmits()
      .when('head')
      .approves()
      .then({ at: 'intake', round: 2 })
      .but('intake', 'return_used')
      .returnsTo('initiator');
    expect(story.buttons('intake')).toEqual(['受理', '不予受理']);
  });
});

describe('the office takes the declaration in', () => {
  test('the unit head signs again only what was amended', () => {
    submitted(filing)
      .then({ at: 'intake' })
      .when('intake')
      .returnsTo('initiator')
      .when('clerk')
      .resubmits()
      .then({ at: 'reissue', round: 2, waitingFor: ['head'] });
  });

  test('straight back does not pass over a signature that has never been given', () => {
    const story = submitted(filing)
      .when('intake')
      .returnsTo('initiator', '缺项目建议书', 'straightBack')
      .when('clerk')
      .resubmits()
      .then({ at: 'reissue', round: 2 });
    expect(story.state.returned).toMatchObject({ from: 'intake', to: 'reissue', reason: '缺项目建议书' });
    story.when('head').approves().then({ at: 'intake' });
    expect(story.state.returned).toBeNull();
  });

  test('buttons carry the words of the office', () => {
    expect(submitted(filing).buttons('intake')).toEqual(['受理', '一次性补正', '不予受理']);
  });

  test('not accepted', () => {
    submitted(filing)
      .but('intake', 'opinion_required')
      .rejects('')
      .when('intake')
      .rejects('不属于本办法范围')
      .then({ state: 'ended', outcome: 'rejected', waitingFor: [] });
  });
});

describe('reject', () => {
  test('ends the case with a reason and tells the initiator', () => {
    const story = submitted().but('owner', 'opinion_required').rejects(' ').when('owner').rejects('与规划不符');
    story.then({ state: 'ended', outcome: 'rejected', at: null, waitingFor: [] });
    expect(story.effects.at(-1)).toEqual({ type: 'ended', outcome: 'rejected', notify: ['clerk'] });
  });

  test('is not offered where the step may not', () => {
    const flow = flowOf([stepAt('owner', ['projectOwner'], { mayReject: false })]);
    const story = submitted(flow).but('owner', 'action_not_offered').rejects();
    expect(story.buttons('owner')).toEqual(['同意']);
  });

  test('is no verb for a revision, nor is resubmission one for a step', () => {
    submitted().but('owner', 'action_not_offered').resubmits();
    submitted().when('owner').returnsTo('initiator').but('clerk', 'action_not_offered').rejects();
  });
});

describe('several seats at one step', () => {
  test('all: the case waits for the last', () => {
    submitted(review('all'))
      .when('owner')
      .approves()
      .then({ at: 'review', waitingFor: ['finance', 'planning'] })
      .when('planning')
      .approves()
      .then({ at: 'review', waitingFor: ['finance'] })
      .but('planning', 'not_your_task')
      .approves()
      .when('finance')
      .approves()
      .then({ at: 'intake' });
  });

  test('any: the first settles it and the others are relieved', () => {
    const story = submitted(review('any')).when('owner').approves().when('planning').approves().then({ at: 'intake' });
    expect(story.effects).toContainEqual({ type: 'taskClosed', task: '2', status: 'cancelled' });
    story.but('finance', 'task_closed').onTask('2').approves();
  });

  test.each(['all', 'any'] as const)('%s: one return takes every sibling task away', (mode) => {
    submitted(review(mode))
      .when('owner')
      .approves()
      .when('finance')
      .returnsTo('initiator', '资金来源不明')
      .then({ state: 'returned', waitingFor: ['clerk'] })
      .but('planning', 'task_closed')
      .onTask('3')
      .approves();
  });

  test('all: an approval given before a return does not count when the step opens again', () => {
    submitted(review('all'))
      .when('owner')
      .approves()
      .when('finance')
      .approves()
      .when('planning')
      .returnsTo('owner')
      .when('owner')
      .approves()
      .then({ at: 'review', waitingFor: ['finance', 'planning'] })
      .when('planning')
      .approves()
      .then({ at: 'review', waitingFor: ['finance'] });
  });

  test('all: one rejection ends it', () => {
    submitted(review('all')).when('owner').approves().when('finance').rejects().then({ outcome: 'rejected' });
  });

  test('one person in two seats has two tasks, and each is decided by itself', () => {
    const oneHat = { ...DISTRICT, 'fgw/reviewer': ['finance'] };
    submitted(review('all'), oneHat)
      .when('owner')
      .approves()
      .when('finance')
      .onTask('2')
      .approves()
      .then({ at: 'review' })
      .when('finance')
      .onTask('3')
      .approves()
      .then({ at: 'intake' });
  });
});

describe('who sits in the seat', () => {
  test('a vacant seat refuses the submission and says which', () => {
    const vacant = { ...DISTRICT, 'jtj/projectOwner': [] };
    const story = given(declaration, vacant).but('clerk', 'seat_empty').submits().then({ state: 'draft' });
    expect(story.offers('clerk')).toEqual([
      {
        type: 'submit',
        task: null,
        label: '提交',
        opinionRequired: false,
        blocked: { code: 'seat_empty', detail: { step: '项目责任人审核', unit: 'jtj', seat: 'projectOwner' } },
      },
    ]);
  });

  test('a vacant seat ahead refuses the approval that would lead there; a return is still possible', () => {
    submitted(declaration, { ...DISTRICT, 'jtj/unitHead': [] })
      .but('owner', 'seat_empty')
      .approves()
      .then({ at: 'owner' })
      .when('owner')
      .returnsTo('initiator')
      .then({ state: 'returned' });
  });

  test('a seat nobody holds but the initiator is vacant', () => {
    given(declaration, { ...DISTRICT, 'jtj/projectOwner': ['clerk'] })
      .but('clerk', 'seat_empty')
      .submits();
  });

  test('any: one seat filled is enough; all: every seat is needed', () => {
    const half = { ...DISTRICT, 'czj/reviewer': [] };
    submitted(review('any'), half)
      .when('owner')
      .approves()
      .then({ at: 'review', waitingFor: ['planning'] });
    submitted(review('all'), half).but('owner', 'seat_empty').approves();
  });

  test('the initiator decides nothing on their own case, whatever seat they share', () => {
    submitted(declaration, { ...DISTRICT, 'jtj/projectOwner': ['clerk', 'owner'] })
      .but('clerk', 'self_approval')
      .approves()
      .but('clerk', 'self_approval')
      .rejects()
      .but('clerk', 'self_approval')
      .returnsTo('initiator')
      .when('owner')
      .approves()
      .then({ at: 'head' });
  });

  test('whoever holds the seat today decides; the predecessor does not', () => {
    submitted()
      .nowHolds('jtj/projectOwner', 'successor')
      .but('owner', 'not_your_task')
      .approves()
      .when('successor')
      .approves()
      .then({ at: 'head' });
  });

  test('a seat emptied later leaves the task open and visible as vacant', () => {
    const story = submitted().nowHolds('jtj/projectOwner').then({ at: 'owner', waitingFor: [] });
    expect(story.line()).toBe('initiator:done owner:current head:ahead');
    story.nowHolds('jtj/projectOwner', 'successor').when('successor').approves().then({ at: 'head' });
  });
});

describe('withdraw', () => {
  test('ends the case, says why, and tells whoever held it', () => {
    const story = submitted()
      .but('owner', 'not_your_task')
      .withdraws()
      .but('clerk', 'opinion_required')
      .withdraws(' ')
      .when('clerk')
      .withdraws('并入上级项目')
      .then({ state: 'ended', outcome: 'withdrawn', waitingFor: [] });
    expect(story.effects.at(-1)).toEqual({ type: 'ended', outcome: 'withdrawn', notify: ['owner'] });
  });

  test('until anyone decided', () => {
    const flow = { ...declaration, withdraw: 'untilDecided' as const };
    submitted(flow).when('clerk').withdraws();
    submitted(flow).when('owner').approves().but('clerk', 'withdraw_too_late').withdraws();
  });

  test('until it ended, also while returned', () => {
    submitted().when('owner').returnsTo('initiator').when('clerk').withdraws().then({ outcome: 'withdrawn' });
  });

  test('never', () => {
    const story = submitted({ ...declaration, withdraw: 'never' })
      .but('clerk', 'withdraw_too_late')
      .withdraws();
    expect(story.buttons('clerk')).toEqual([]);
  });
});

describe('conditions and branches', () => {
  const byAmount = flowOf([
    {
      type: 'branch',
      key: 'size',
      arms: [
        {
          when: { '>=': [{ var: 'declaration.totalInvest' }, 100] },
          nodes: [stepAt('finance', ['czj/reviewer']), stepAt('planning', ['fgw/reviewer'])],
        },
        { nodes: [stepAt('owner', ['projectOwner'])] },
      ],
    },
    stepAt('head', ['unitHead'], { returns: ['initiator'] }),
  ]);

  test('the first arm that holds is walked, the others are passed over', () => {
    given(byAmount, DISTRICT)
      .filed('declaration', { totalInvest: 100 })
      .when('clerk')
      .submits()
      .then({ at: 'finance' })
      .when('finance')
      .approves()
      .then({ at: 'planning' })
      .when('planning')
      .approves()
      .then({ at: 'head' });
    given(byAmount, DISTRICT)
      .filed('declaration', { totalInvest: 99 })
      .when('clerk')
      .submits()
      .then({ at: 'owner' })
      .when('owner')
      .approves()
      .then({ at: 'head' });
  });

  test('an amendment that brings a step onto the path makes it answer, straight back or not', () => {
    given(byAmount, DISTRICT)
      .filed('declaration', { totalInvest: 99 })
      .when('clerk')
      .submits()
      .when('owner')
      .approves()
      .when('head')
      .returnsTo('initiator', '金额有误', 'straightBack')
      .filed('declaration', { totalInvest: 500 })
      .when('clerk')
      .resubmits()
      .then({ at: 'finance' })
      .when('finance')
      .approves()
      .then({ at: 'planning' })
      .when('planning')
      .approves()
      .then({ at: 'head' });
  });

  test('straight back reaches the step that asked even where it no longer applies', () => {
    const flow = flowOf([
      stepAt('owner', ['projectOwner']),
      stepAt('head', ['unitHead'], { when: { var: 'declaration.big' }, returns: ['initiator'] }),
    ]);
    given(flow, DISTRICT)
      .filed('declaration', { big: true })
      .when('clerk')
      .submits()
      .when('owner')
      .approves()
      .when('head')
      .returnsTo('initiator', '不该这么大', 'straightBack')
      .filed('declaration', { big: false })
      .when('clerk')
      .resubmits()
      .then({ state: 'running', at: 'head' });
  });

  test('a flow no step of which applies approves nothing by itself', () => {
    given(flowOf([stepAt('head', ['unitHead'], { when: { var: 'declaration.big' } })]), DISTRICT)
      .but('clerk', 'no_step')
      .submits();
  });
});
