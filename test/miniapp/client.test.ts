import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { asked, frame, nth, reset, storage } from './platform.ts';

const client = await import('../../miniapp/src/api/client.ts');
const { ApiError, get, post, postOnce, put, remove, sentenceOf, whenSignedOut } = client;
const { dropToken, keepToken, keptToken } = await import('../../miniapp/src/api/token.ts');

const RETRIES = [800, 2_400];
const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);
const keyOf = (index: number) => nth(index).header['Idempotency-Key'];
const body = (code: string, message: string, rest = {}) => ({ error: { code, message, requestId: 'r1', ...rest } });

/** What a request came to, looked at once the test has let it happen. */
function outcomeOf(request: Promise<unknown>): { value?: unknown; error?: InstanceType<typeof ApiError> } {
  const outcome: ReturnType<typeof outcomeOf> = {};
  request.then(
    (value) => (outcome.value = value),
    (error: InstanceType<typeof ApiError>) => (outcome.error = error),
  );
  return outcome;
}

let signedOut: number;
beforeEach(() => {
  reset();
  jest.useFakeTimers();
  signedOut = 0;
  whenSignedOut(() => (signedOut += 1));
});
afterEach(() => {
  jest.useRealTimers();
});

describe('asking', () => {
  test('a question leaves out what is not asked for and quotes the rest', async () => {
    const outcome = outcomeOf(get('/references/project', { q: '校园 & 网', cursor: undefined, note: '', limit: 20 }));
    expect(asked).toMatchObject([
      { method: 'GET', place: '/references/project?q=%E6%A0%A1%E5%9B%AD%20%26%20%E7%BD%91&limit=20', body: undefined },
    ]);
    nth(0).answer(200, { items: [] });
    await pass(0);
    expect(outcome.value).toEqual({ items: [] });
  });

  test('only what must happen once carries a key', async () => {
    void post('/messages/1/read');
    void put('/cases/1/draft', { data: {} });
    void remove('/session');
    void get('/me');
    void postOnce('/screenings', { secret: false });
    expect(asked.map(({ header }) => 'Idempotency-Key' in header)).toEqual([false, false, false, false, true]);
    expect(nth(0).header).not.toHaveProperty('Content-Type');
    expect(nth(1).header['Content-Type']).toBe('application/json');
    for (const { answer } of asked) answer(204);
    await pass(0);
  });

  test('a question without an answer is asked three times, a write without a key once', async () => {
    const read = outcomeOf(get('/me'));
    for (const pause of [...RETRIES, 0]) {
      nth(asked.length - 1).breakOff();
      await pass(pause);
    }
    expect(asked).toHaveLength(3);
    expect(read.error).toMatchObject({ code: 'offline', status: 0, unanswered: true });
    const write = outcomeOf(post('/messages/1/read'));
    nth(3).breakOff();
    await pass(60_000);
    expect(asked).toHaveLength(4);
    expect(write.error?.code).toBe('offline');
  });
});

describe('what must happen once', () => {
  const submit = (version = 1) => outcomeOf(postOnce('/cases/1/submit', { version }));

  test('is sent again with the same key until an answer comes', async () => {
    const outcome = submit();
    nth(0).breakOff();
    await pass(RETRIES[0] ?? 0);
    nth(1).answer(504, '<html>Gateway Timeout</html>');
    await pass(RETRIES[1] ?? 0);
    nth(2).answer(200, { id: 'case1' });
    await pass(0);
    expect(outcome.value).toEqual({ id: 'case1' });
    expect(keyOf(0)).toMatch(/^[\w-]{8,64}$/);
    expect(asked.map((_, index) => keyOf(index))).toEqual([keyOf(0), keyOf(0), keyOf(0)]);
  });

  test('keeps its key when the person presses the button again after all attempts failed', async () => {
    const first = submit();
    for (const pause of [...RETRIES, 0]) {
      nth(asked.length - 1).breakOff();
      await pass(pause);
    }
    expect(first.error?.code).toBe('offline');
    const again = submit();
    nth(3).answer(200, { id: 'case1' });
    await pass(0);
    expect(again.value).toEqual({ id: 'case1' });
    expect(keyOf(3)).toBe(keyOf(0));
  });

  test('pressed twice at once it is one request to the server', async () => {
    submit();
    submit();
    expect(keyOf(1)).toBe(keyOf(0));
    for (const { answer } of asked) answer(200, {});
    await pass(0);
  });

  test.each([
    ['a success', 200, {}],
    ['a refusal', 422, body('opinion_required', '请填写意见。')],
  ])('after %s the next one is another', async (_what, status, answer) => {
    submit();
    nth(0).answer(status, answer);
    await pass(0);
    submit();
    expect(keyOf(1)).toMatch(/^[\w-]{8,64}$/);
    expect(keyOf(1)).not.toBe(keyOf(0));
    nth(1).answer(200, {});
    await pass(0);
  });

  test('a changed request is another one, even while the first has no answer', async () => {
    submit(1);
    submit(2);
    outcomeOf(postOnce('/cases/2/submit', { version: 1 }));
    expect(new Set(asked.map((_, index) => keyOf(index))).size).toBe(3);
    for (const { answer } of asked) answer(200, {});
    await pass(0);
  });
});

describe('a refusal', () => {
  test('brings its code, its sentence, its article and its problems', async () => {
    const problems = [
      { path: 'goals', title: '建设目标', code: 'required', level: 'block', message: '请填写建设目标。' },
    ];
    const outcome = outcomeOf(post('/x', {}));
    nth(0).answer(422, body('form_incomplete', '还有 1 处需要补充或更正。', { article: '7', problems }));
    await pass(0);
    expect(outcome.error).toBeInstanceOf(ApiError);
    expect(outcome.error).toMatchObject({ code: 'form_incomplete', status: 422, article: '7', problems });
    expect(outcome.error?.unanswered).toBe(false);
    expect(sentenceOf(outcome.error)).toBe('还有 1 处需要补充或更正。');
  });

  test.each<[string, number, unknown]>([
    ['a page of the proxy', 500, '<html>Internal Server Error</html>'],
    ['nothing', 413, undefined],
    ['null', 400, null],
    ['something else', 404, { error: 'Not Found' }],
    ['an error without a sentence', 400, { error: { code: 'x' } }],
  ])('that is %s still becomes a sentence that says what to do', async (_what, status, answer) => {
    const outcome = outcomeOf(post('/x', {}));
    nth(0).answer(status, answer);
    await pass(0);
    expect(outcome.error).toMatchObject({ code: 'unavailable', status, problems: [] });
    expect(sentenceOf(outcome.error)).toMatch(/^[\u4e00-\u9fff，；]+请[\u4e00-\u9fff，；]+。$/);
  });

  test('without a network, and with a defect of ours, there is a sentence too', async () => {
    const outcome = outcomeOf(post('/x', {}));
    nth(0).breakOff();
    await pass(0);
    expect(sentenceOf(outcome.error)).toContain('请检查网络后重试');
    for (const thrown of [new TypeError('x is undefined'), 'text', undefined]) {
      expect(sentenceOf(thrown)).toMatch(/^[\u4e00-\u9fff，；]+。$/);
    }
  });
});

describe('who is signed in', () => {
  const session = { token: 'secret-token', login: 'jtj.clerk' };

  test('the token goes along with every request, and with none before', async () => {
    void get('/district');
    keepToken(session);
    void get('/me');
    void postOnce('/screenings', { secret: false });
    expect(asked.map(({ header }) => header['Authorization'])).toEqual([
      undefined,
      'Bearer secret-token',
      'Bearer secret-token',
    ]);
    for (const { answer } of asked) answer(200, {});
    await pass(0);
  });

  test('a session the server no longer knows is forgotten, and the login page is called for', async () => {
    keepToken(session);
    const outcome = outcomeOf(get('/me'));
    nth(0).answer(401, body('session_expired', '登录已过期，请重新登录；已自动保存的草稿不会丢失。'));
    await pass(0);
    expect([keptToken(), signedOut]).toEqual([null, 1]);
    expect(sentenceOf(outcome.error)).toContain('请重新登录');
    expect(asked).toHaveLength(1);
  });

  test('any other refusal, or an attempt to sign in that fails, signs nobody out', async () => {
    outcomeOf(post('/demo/login', { login: 'nobody' }));
    nth(0).answer(401, body('unauthenticated', '您还没有登录，请先登录再继续。'));
    keepToken(session);
    outcomeOf(get('/cases/1'));
    nth(1).answer(403, body('forbidden', '您的岗位不能进行这项操作。'));
    await pass(0);
    expect([keptToken(), signedOut]).toEqual([session, 0]);
  });

  test('two frames of one page are two people; one signing out leaves the other', () => {
    frame.name = 'left';
    keepToken({ token: 'l', login: 'jtj.clerk' });
    frame.name = 'right';
    expect(keptToken()).toBeNull();
    keepToken({ token: 'r', login: 'jtj.head' });
    dropToken();
    frame.name = '';
    expect(keptToken()).toBeNull();
    keepToken(session);
    frame.name = 'left';
    expect(keptToken()).toEqual({ token: 'l', login: 'jtj.clerk' });
    expect([...storage.keys()].sort()).toEqual(['xy.left.session', 'xy.session']);
  });
});
