import { describe, expect, test } from '@jest/globals';
import type { Stage } from '../../forms/language/stage.ts';
import { PROJECT_STATE_TITLES, projectState, unnamedStates } from '../../server/lifecycle/states.ts';
import { flowOf, given, stepAt } from '../support/story.ts';

const stage: Stage = {
  key: 'filing',
  title: '受理',
  order: 20,
  description: '',
  articles: ['7'],
  subject: 'project',
  line: 'main',
  repeatable: false,
  forms: [],
  startedBy: null,
  filledBy: 'clerk',
  states: {
    draft: 'declared',
    at: { intake: 'declared', initiator: 'supplement' },
    approved: 'preliminary',
    rejected: 'closedNotApplicable',
    withdrawn: 'withdrawn',
  },
  gates: [],
};
const flow = flowOf([stepAt('intake', ['xxb/intake'], { returns: ['initiator'] })]);
const submitted = () =>
  given(flow, { 'xxb/intake': ['intake'] })
    .when('clerk')
    .submits();

describe('the project follows its case', () => {
  test('from draft to the end', () => {
    const draft = given(flow, {});
    const story = submitted();
    expect(projectState(stage, draft.state)).toBe('declared');
    expect(projectState(stage, story.state)).toBe('declared');
    story.when('intake').returnsTo('initiator');
    expect(projectState(stage, story.state)).toBe('supplement');
    story.when('clerk').resubmits();
    expect(projectState(stage, story.state)).toBe('declared');
    story.when('intake').approves();
    expect(projectState(stage, story.state)).toBe('preliminary');
  });

  test('rejected and withdrawn', () => {
    expect(projectState(stage, submitted().when('intake').rejects().state)).toBe('closedNotApplicable');
    expect(projectState(stage, submitted().when('clerk').withdraws().state)).toBe('withdrawn');
  });

  test('a step the stage does not name is a defect, and can be found before it happens', () => {
    expect(() => projectState(stage, { state: 'running', outcome: null, at: 'reissue' })).toThrow('reissue');
    expect(unnamedStates(stage, ['intake', 'reissue'])).toEqual(['reissue']);
  });

  test('every state has words', () => {
    for (const title of Object.values(PROJECT_STATE_TITLES)) expect(title).toMatch(/^[\u4e00-\u9fff（）]+$/);
  });
});
