import { describe, expect, test } from '@jest/globals';
import { forecast } from '../../server/flow/forecast.ts';
import { factsOf, flowOf, given, stepAt, type Seating } from '../support/story.ts';

const SEATS: Seating = { 'jtj/a': ['ann'], 'jtj/b': ['bob'], 'jtj/c': ['cat'], 'jtj/d': ['dan'] };

const flow = flowOf([
  stepAt('again', ['a'], { when: { '>': [{ var: 'env.round' }, 1] } }),
  stepAt('first', ['b'], { returns: ['initiator'] }),
  stepAt('second', ['c'], { returns: ['initiator', 'first'] }),
  stepAt('third', ['d'], { returns: ['initiator', 'first'] }),
]);

const started = () => given(flow, SEATS).when('clerk').submits();
const atThird = () => started().when('bob').approves().when('cat').approves();

describe('the progress line', () => {
  test('of a draft shows the whole way', () => {
    expect(given(flow, SEATS).line()).toBe('initiator:current again:skipped first:ahead second:ahead third:ahead');
  });

  test('moves on with each approval', () => {
    expect(started().line()).toBe('initiator:done again:skipped first:current second:ahead third:ahead');
    expect(atThird().line()).toBe('initiator:done again:skipped first:done second:done third:current');
  });

  test('returned stepwise: everything lies ahead again, with the round about to begin', () => {
    const story = atThird().when('dan').returnsTo('initiator');
    expect(story.line()).toBe('initiator:current again:ahead first:ahead second:ahead third:ahead');
    story.when('clerk').resubmits();
    expect(story.line()).toBe('initiator:done again:current first:ahead second:ahead third:ahead');
  });

  test('returned straight back: answers that stand stay done', () => {
    const story = atThird().when('dan').returnsTo('initiator', '错别字', 'straightBack');
    expect(story.line()).toBe('initiator:current again:ahead first:done second:done third:ahead');
    const toFirst = atThird().when('dan').returnsTo('first', '请核对', 'straightBack');
    expect(toFirst.line()).toBe('initiator:done again:skipped first:current second:done third:ahead');
  });

  test('keeps the case where it stands, even where the step no longer applies', () => {
    const big = flowOf([stepAt('first', ['a'], { when: { var: 'form.big' } }), stepAt('second', ['b'])]);
    const story = given(big, SEATS).filed('form', { big: true }).when('clerk').submits().filed('form', { big: false });
    expect(story.line()).toBe('initiator:done first:current second:ahead');
  });

  test('of an ended case shows who answered and who was never asked', () => {
    expect(started().when('bob').approves().when('cat').rejects().line()).toBe(
      'initiator:done again:skipped first:done second:done third:skipped',
    );
    expect(started().when('clerk').withdraws().line()).toBe(
      'initiator:done again:skipped first:skipped second:skipped third:skipped',
    );
  });

  test('names who answered and when, and shows a vacant seat before anyone runs into it', () => {
    const { state } = atThird();
    const stations = forecast(flow, state, factsOf({ ...SEATS, 'jtj/d': [] }));
    const [, , first, , third] = stations;
    expect(first).toMatchObject({ by: 'bob', at: state.tasks[0]?.closedAt });
    expect(third).toMatchObject({ by: null, seats: [{ unitCode: 'jtj', seat: 'd', holders: [] }] });
  });
});
