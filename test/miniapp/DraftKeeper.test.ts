import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Saving } from '../../miniapp/src/pages/fill/DraftKeeper.ts';
import { asked, frame, nth, reset, storage } from './platform.ts';

const { DraftKeeper } = await import('../../miniapp/src/pages/fill/DraftKeeper.ts');
const { keptDraft } = await import('../../miniapp/src/pages/fill/keptDraft.ts');

const PAUSE = 1_200;
const LONGEST = 6_000;
const TRY_AGAIN = 8_000;

let told: Saving[];
let keeper: InstanceType<typeof DraftKeeper>;
const last = () => told.at(-1);
const states = () => told.map(({ state }) => state);
const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);
const type = (goals: string) => keeper.change({ goals });
/** The one copy of what the server does not have. */
const onPhone = () => keptDraft('case1', 'declaration');

/** Answers as the server does when it has saved. */
const saved = async (index: number, draftVersion: number) => {
  nth(index).answer(200, { draftVersion, savedAt: 1_000 + draftVersion, problems: [] });
  await pass(0);
};
const refused = async (index: number, status: number, code: string, message: string) => {
  nth(index).answer(status, { error: { code, message, requestId: 'r1' } });
  await pass(0);
};

beforeEach(() => {
  reset();
  jest.useFakeTimers();
  told = [];
  keeper = new DraftKeeper('case1', { key: 'declaration', task: null, draftVersion: 3 }, (saving) => told.push(saving));
});
afterEach(() => {
  jest.useRealTimers();
});

describe('when a draft is saved', () => {
  test('after a pause, with the last of what was typed', async () => {
    type('建');
    await pass(PAUSE - 1);
    type('建设');
    await pass(PAUSE - 1);
    expect(asked).toEqual([]);
    expect(states()).toEqual(['changed', 'changed']);
    await pass(1);
    expect(asked).toMatchObject([
      {
        method: 'PUT',
        place: '/cases/case1/draft',
        body: { form: 'declaration', task: null, data: { goals: '建设' }, draftVersion: 3 },
      },
    ]);
    expect(last()).toEqual({ state: 'saving' });
    await saved(0, 4);
    expect(last()).toEqual({ state: 'saved', at: 1_004 });
    await pass(60_000);
    expect(asked).toHaveLength(1);
  });

  test('somebody who never pauses is saved all the same', async () => {
    for (let typed = 0; typed < LONGEST / 500; typed += 1) {
      expect(asked).toEqual([]);
      type(`第${typed}个字`);
      await pass(500);
    }
    expect(asked).toHaveLength(1);
  });

  test('the longest wait is counted anew after each save', async () => {
    type('一');
    await pass(PAUSE);
    await saved(0, 4);
    await pass(LONGEST);
    type('二');
    await pass(PAUSE - 1);
    expect(asked).toHaveLength(1);
    await pass(1);
    expect(asked).toHaveLength(2);
  });

  test('at once when asked to, and only what is new', async () => {
    type('一');
    const flushed = keeper.flush();
    await pass(0);
    expect(asked).toHaveLength(1);
    await saved(0, 4);
    expect(await flushed).toBe(true);
    expect(await keeper.flush()).toBe(true);
    await pass(60_000);
    expect(asked).toHaveLength(1);
  });
});

describe('one request at a time', () => {
  test('what is typed meanwhile waits for the answer and goes with its version', async () => {
    type('一');
    await pass(PAUSE);
    type('二');
    await pass(LONGEST);
    expect(asked).toHaveLength(1);
    await saved(0, 4);
    expect(asked).toHaveLength(2);
    expect(nth(1).body).toMatchObject({ data: { goals: '二' }, draftVersion: 4 });
    await saved(1, 5);
    expect(last()).toEqual({ state: 'saved', at: 1_005 });
  });

  test('two who wait for the same answer both hear of what was typed meanwhile', async () => {
    type('一');
    await pass(PAUSE);
    type('二');
    const [one, two] = [keeper.flush(), keeper.flush()];
    let heard = 0;
    for (const flushed of [one, two]) void flushed.then(() => (heard += 1));
    await saved(0, 4);
    expect([asked.length, heard]).toEqual([2, 0]);
    await refused(1, 422, 'too_long', '“建设目标”过长。');
    expect(await Promise.all([one, two])).toEqual([false, false]);
  });

  test('leaving sends what is waiting, and nothing afterwards', async () => {
    type('一');
    const left = keeper.leave();
    await pass(0);
    nth(0).breakOff();
    await left;
    await pass(60_000);
    expect(asked).toHaveLength(1);
    expect(onPhone()).toEqual({ task: null, data: { goals: '一' }, draftVersion: 3 });
  });
});

describe('what the server does not have is on the phone', () => {
  test('from the first letter until it is saved', async () => {
    type('一');
    expect(onPhone()).toEqual({ task: null, data: { goals: '一' }, draftVersion: 3 });
    await pass(PAUSE);
    expect(onPhone()).not.toBeNull();
    await saved(0, 4);
    expect(onPhone()).toBeNull();
  });

  test('what was typed during the request stays, with the version it now builds on', async () => {
    type('一');
    await pass(PAUSE);
    type('二');
    await saved(0, 4);
    expect(onPhone()).toEqual({ task: null, data: { goals: '二' }, draftVersion: 4 });
  });

  test('without a network it stays, is told so, and is tried again until it goes through', async () => {
    type('一');
    await pass(PAUSE);
    nth(0).breakOff();
    await pass(0);
    expect(last()).toEqual({ state: 'offline' });
    expect(onPhone()).toEqual({ task: null, data: { goals: '一' }, draftVersion: 3 });
    await pass(TRY_AGAIN);
    expect(nth(1).body).toEqual(nth(0).body);
    nth(1).answer(502, '<html>Bad Gateway</html>');
    await pass(0);
    expect(last()).toEqual({ state: 'offline' });
    await pass(TRY_AGAIN);
    await saved(2, 4);
    expect(last()).toEqual({ state: 'saved', at: 1_004 });
    expect(onPhone()).toBeNull();
    await pass(60_000);
    expect(asked).toHaveLength(3);
  });

  test('without a network the newest text is the one that is tried again', async () => {
    type('一');
    await pass(PAUSE);
    type('二');
    nth(0).breakOff();
    await pass(TRY_AGAIN);
    expect(nth(1).body).toMatchObject({ data: { goals: '二' }, draftVersion: 3 });
  });

  test('each frame, case and form has a copy of its own', () => {
    frame.name = 'left';
    type('左边');
    frame.name = 'right';
    expect(onPhone()).toBeNull();
    type('右边');
    keeper = new DraftKeeper('case1', { key: 'filing', task: null, draftVersion: 0 }, () => undefined);
    type('受理');
    expect(storage.size).toBe(3);
    frame.name = 'left';
    expect(onPhone()?.data).toEqual({ goals: '左边' });
  });
});

describe('what somebody else saved meanwhile', () => {
  const becomeStale = async () => {
    type('一');
    await pass(PAUSE);
    await refused(0, 409, 'stale_draft', '这份草稿已在另一个窗口保存过。');
  };

  test('is never overwritten unasked, whatever is typed', async () => {
    await becomeStale();
    expect(last()).toEqual({ state: 'stale' });
    type('二');
    await pass(60_000);
    expect(await keeper.flush()).toBe(false);
    expect(asked).toHaveLength(1);
    expect(last()).toEqual({ state: 'stale' });
    expect(onPhone()).toEqual({ task: null, data: { goals: '二' }, draftVersion: 3 });
  });

  test('is overwritten once the person says so, on the version the server has then', async () => {
    await becomeStale();
    type('二');
    const done = keeper.overwrite();
    await pass(0);
    expect(nth(1)).toMatchObject({ method: 'GET', place: '/cases/case1' });
    nth(1).answer(200, { forms: [{ key: 'declaration', task: 'task2', draftVersion: 9 }] });
    await pass(0);
    expect(nth(2).body).toMatchObject({ task: 'task2', data: { goals: '二' }, draftVersion: 9 });
    await saved(2, 10);
    await done;
    expect(last()).toEqual({ state: 'saved', at: 1_010 });
    type('三');
    await pass(PAUSE);
    expect(nth(3).body).toMatchObject({ draftVersion: 10 });
  });
});

describe('what the server refuses', () => {
  test('is told in its own words, kept on the phone, and sent again with the next change', async () => {
    type('字'.repeat(3));
    await pass(PAUSE);
    await refused(0, 400, 'too_long', '“建设目标”不能超过 2 个字，请精简后再提交。');
    expect(last()).toEqual({ state: 'refused', message: '“建设目标”不能超过 2 个字，请精简后再提交。' });
    expect(onPhone()).not.toBeNull();
    await pass(60_000);
    expect(asked).toHaveLength(1);
    type('字');
    await pass(PAUSE);
    await saved(1, 4);
    expect(states().slice(-3)).toEqual(['changed', 'saving', 'saved']);
    expect(onPhone()).toBeNull();
  });
});
