import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { connect } from 'node:net';
import request from 'supertest';
import Type from 'typebox';
import { newToken } from '../../server/crypto.ts';
import { sessions, people } from '../../server/db/tables.ts';
import { inTransaction } from '../../server/db/transaction.ts';
import { Refusal } from '../../server/errors.ts';
import { IdParams, PageQuery } from '../../server/routes/contract/common.ts';
import { inline, record } from '../../server/routes/contract/shape.ts';
import { mount, route, type Route } from '../../server/routes/guard.ts';
import { addPerson, addSession, MORNING, openApp, type TestApp } from '../support/app.ts';

const Note = record('Note', {
  title: Type.String({ title: '标题', maxLength: 5 }),
  count: Type.Integer({ title: '数量' }),
  rows: Type.Optional(Type.Array(inline({ name: Type.String({ title: '名称' }) }), { title: '明细', maxItems: 200 })),
});
const Echo = record('Echo', { title: Type.String(), person: Type.Union([Type.String(), Type.Null()]) });
const common = { tags: ['test'], summary: 'test' };

/** Small routes that show what the boundary does, without anything behind it. */
const routes = (): Route[] => [
  route({
    ...common,
    method: 'post',
    path: '/notes',
    name: 'addNote',
    policy: 'signedIn',
    body: Note,
    response: Echo,
    handler: ({ body, person }) => Promise.resolve({ title: body.title, person: person.name, secret: 'not declared' }),
  }),
  route({
    ...common,
    method: 'post',
    path: '/once',
    name: 'once',
    policy: 'everyone',
    body: inline({}),
    idempotent: true,
    response: inline({ key: Type.String(), requestHash: Type.String() }),
    handler: ({ idempotency }) => Promise.resolve(idempotency),
  }),
  route({
    ...common,
    method: 'get',
    path: '/notes/:id',
    name: 'readNote',
    policy: 'everyone',
    params: IdParams,
    query: PageQuery,
    response: inline({ limit: Type.Optional(Type.Integer()) }),
    handler: ({ query }) => Promise.resolve({ limit: query.limit }),
  }),
  route({
    ...common,
    method: 'get',
    path: '/broken',
    name: 'broken',
    policy: 'everyone',
    response: null,
    handler: () => Promise.reject(new Error('connect mysql://root:hunter2@db for 13912345678')),
  }),
  route({
    ...common,
    method: 'get',
    path: '/liar',
    name: 'liar',
    policy: 'everyone',
    response: Echo,
    handler: () => Promise.resolve({ title: 1, person: null } as unknown as { title: string; person: null }),
  }),
  route({
    ...common,
    method: 'get',
    path: '/gate',
    name: 'gate',
    policy: 'everyone',
    response: null,
    handler: () =>
      Promise.reject(new Refusal('gate_refused', {}, { message: '申报期已过。', article: '7', rule: 'R07-3' })),
  }),
  route({
    ...common,
    method: 'get',
    path: '/demo',
    name: 'demo',
    policy: 'inDemo',
    response: null,
    handler: () => Promise.resolve(undefined),
  }),
];

let app: TestApp;
let token: string;
let personId: string;

beforeAll(async () => {
  app = await openApp({ routes, deps: { checkResponses: false } });
  personId = await addPerson(app.db, '王经办');
  token = await addSession(app.db, personId, MORNING);
});
afterAll(() => app.close());

interface Answer {
  status: number;
  body: { error: { code: string; message: string; requestId: string } };
}

/** Every refusal has its status, its code, a Chinese sentence and the id that stands in the log. */
const expectRefusal = (answer: Answer, status: number, code: string, says = ''): void => {
  expect({ status: answer.status, code: answer.body.error?.code }).toEqual({ status, code });
  expect(answer.body.error.message).toMatch(/[\u4e00-\u9fff].*。$/);
  expect(answer.body.error.message).toContain(says);
  expect(app.logged.join()).toContain(answer.body.error.requestId);
};

const post = (body: unknown, as = token) =>
  request(app.url)
    .post('/api/notes')
    .set('Authorization', `Bearer ${as}`)
    .send(body as object);

const postText = (text: string, type = 'application/json') =>
  request(app.url).post('/api/notes').set('Authorization', `Bearer ${token}`).set('Content-Type', type).send(text);

/** A plain client: sends to the end, then listens until the other side closes. A reset connection is an error. */
const sendAll = (head: string, body: Buffer): Promise<string> =>
  new Promise((resolve, reject) => {
    const heard: Buffer[] = [];
    const socket = connect(Number(new URL(app.url).port), '127.0.0.1');
    socket.once('error', reject);
    socket.once('end', () => resolve(Buffer.concat(heard).toString('utf8')));
    socket.write(head);
    socket.write(body, () => socket.on('data', (chunk) => heard.push(chunk)));
  });

describe('what comes in', () => {
  test('a good request is answered, and undeclared fields stay inside', async () => {
    const answer = await post({ title: '一', count: 1 }).expect(200);
    expect(answer.body).toEqual({ title: '一', person: '王经办' });
  });

  test.each([
    ['an unknown field', { title: '一', count: 1, extra: 1 }, 'unknown_field', 'extra'],
    ['a wrong type', { title: '一', count: '1' }, 'wrong_type', '“数量”应为整数'],
    ['a missing field', { title: '一' }, 'missing_field', '“数量”'],
    ['a text too long', { title: '一二三四五六', count: 1 }, 'too_long', '“标题”不能超过 5 个字'],
    ['a field of a row', { title: '一', count: 1, rows: [{ name: 1 }] }, 'wrong_type', '“名称”应为文字'],
    [
      'ten thousand rows',
      { title: '一', count: 1, rows: Array.from({ length: 10_000 }, () => ({ name: '行' })) },
      'too_many_rows',
      '“明细”最多填 200 行',
    ],
    ['a list instead of an object', [1], 'wrong_type', '一组内容'],
    ['null', 'null', 'wrong_type', '一组内容'],
    ['a bare text', '"text"', 'wrong_type', '一组内容'],
    ['no body at all', undefined, 'missing_field', '“标题”'],
  ])('%s is refused by its title', async (_what, body, code, says) => {
    expectRefusal(await (typeof body === 'string' ? postText(body) : post(body)), 400, code, says);
  });

  test('what is no JSON is refused', async () => {
    expectRefusal(await postText('{"title": '), 400, 'malformed_json');
    expectRefusal(await postText('title=1', 'application/x-www-form-urlencoded'), 415, 'unsupported_media_type');
  });

  test('a body nested 100,000 levels deep is refused, and so is one that names the prototype', async () => {
    expectRefusal(await postText('['.repeat(100_000) + ']'.repeat(100_000)), 400, 'too_deep', '32');
    expectRefusal(await postText('{"title":"一","count":1,"__proto__":{}}'), 400, 'malformed_json');
  });

  test('a body of 60 MB is refused with a sentence, also to a client that listens only after it has sent everything', async () => {
    const body = Buffer.alloc(60 * 1024 * 1024, 'x');
    const answer = await sendAll(
      `POST /api/notes HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\n` +
        `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`,
      body,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer).toMatch(/\r\nConnection: close\r\n/i);
    expect(answer).toContain('"code":"body_too_large"');
    expect(answer).toContain('512 KB');
  });

  test('an address of the wrong shape is an address that does not exist; a query is judged like a body', async () => {
    const id = '01890000-0000-7000-8000-000000000000';
    expectRefusal(await request(app.url).get('/api/notes/1%27%20OR%201=1'), 404, 'not_found');
    expectRefusal(await request(app.url).get(`/api/notes/${id}?limit=many`), 400, 'wrong_type', '“每页条数”应为整数');
    expectRefusal(await request(app.url).get(`/api/notes/${id}?limit=5&limit=6`), 400, 'wrong_type');
    expectRefusal(await request(app.url).get(`/api/notes/${id}?sort=x`), 400, 'unknown_field', 'sort');
    expect((await request(app.url).get(`/api/notes/${id}?limit=5`)).body).toEqual({ limit: 5 });
  });

  test('a write that must happen once needs its key, and the key covers what was sent', async () => {
    const send = (key: string, body: object = {}) =>
      request(app.url).post('/api/once').set('Idempotency-Key', key).send(body);
    expectRefusal(await request(app.url).post('/api/once').send({}), 400, 'idempotency_key_missing');
    expectRefusal(await send('no'), 400, 'idempotency_key_malformed', '8 至 128 位');
    expectRefusal(await send('k'.repeat(129)), 400, 'idempotency_key_malformed');
    expectRefusal(await send('a key with spaces'), 400, 'idempotency_key_malformed');
    const [first, again] = [await send('a-good-key'), await send('a-good-key')];
    expect(first.body).toMatchObject({ key: 'a-good-key' });
    expect(again.body).toEqual(first.body);
  });
});

describe('who is asking', () => {
  test('nobody, a forged token and another scheme are not signed in', async () => {
    expectRefusal(await request(app.url).post('/api/notes').send({}), 401, 'unauthenticated');
    expectRefusal(await post({}, 'x'.repeat(43)), 401, 'unauthenticated');
    expectRefusal(await post({}, "' OR 1=1 --"), 401, 'unauthenticated');
    const basic = request(app.url).post('/api/notes').set('Authorization', 'Basic eDp5');
    expectRefusal(await basic.send({}), 401, 'unauthenticated');
  });

  test('a bad token closes no door that is open to everyone', async () => {
    await request(app.url).get('/api/demo').set('Authorization', 'Bearer old').expect(204);
  });

  test('a session slides with its use, ends when idle, and ends for good at its absolute end', async () => {
    const HOUR = 3_600_000;
    const sliding = await addSession(app.db, personId, MORNING, { idle: 12, max: 30 });
    const at = async (hour: number) => {
      app.time.now = MORNING + hour * HOUR;
      return post({ title: '一', count: 1 }, sliding);
    };
    try {
      expect((await at(11)).status).toBe(200);
      expect((await at(22)).status).toBe(200);
      expectRefusal(await at(30), 401, 'session_expired');
      const [row] = await sessions.find(
        app.db,
        { personId },
        {
          order: [
            ['expiresAt', 'desc'],
            ['id', 'asc'],
          ],
        },
      );
      expect(row?.expiresAt).toBeLessThanOrEqual(MORNING + 30 * HOUR);

      const idle = await addSession(app.db, personId, MORNING, { idle: 12, max: 168 });
      app.time.now = MORNING + 12 * HOUR;
      expectRefusal(await post({}, idle), 401, 'session_expired');
      const overlong = await addSession(app.db, personId, MORNING, { idle: 99, max: 12 });
      expectRefusal(await post({}, overlong), 401, 'session_expired');
    } finally {
      app.time.now = MORNING;
    }
  });

  test('a revoked session and a disabled person are out at the next request', async () => {
    const other = await addPerson(app.db, '李停用');
    const theirs = await addSession(app.db, other, MORNING);
    expect((await post({ title: '一', count: 1 }, theirs)).status).toBe(200);
    await inTransaction(app.db, (tx) => people.update(tx, { id: other }, { status: 'disabled' }));
    expectRefusal(await post({}, theirs), 403, 'account_disabled');
    await inTransaction(app.db, (tx) => sessions.update(tx, { personId: other }, { revokedAt: MORNING }));
    expectRefusal(await post({}, theirs), 401, 'session_expired');
  });

  test('what belongs to the demonstration does not exist outside it', async () => {
    const strict = await openApp({ routes, env: { DEMO: '0' } });
    try {
      expect((await request(strict.url).get('/api/demo')).status).toBe(404);
    } finally {
      await strict.close();
    }
  });

  test('too many requests are told when to come back', async () => {
    const busy = await openApp({ routes, env: { RATE_LIMIT: '3' } });
    try {
      const ask = () => request(busy.url).get('/api/demo');
      for (let count = 0; count < 3; count += 1) expect((await ask()).status).toBe(204);
      const refused = await ask();
      expect(refused.status).toBe(429);
      expect((refused.body as Answer['body']).error.code).toBe('rate_limited');
      expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    } finally {
      await busy.close();
    }
  });
});

test('made-up tokens stop costing a look into the database', async () => {
  let looks = 0;
  const findSession = () => Promise.resolve({ state: 'unknown' as const, looked: (looks += 1) });
  const busy = await openApp({ routes, env: { RATE_LIMIT: '1' }, deps: { findSession } });
  try {
    const forge = () => request(busy.url).get('/api/demo').set('Authorization', `Bearer ${newToken()}`);
    for (let count = 0; count < 25; count += 1) await forge();
    expect(looks).toBe(20);
    expect((await forge()).status).toBe(429);
  } finally {
    await busy.close();
  }
});

describe('what goes out', () => {
  test('an inner error shows its request id and nothing else; the log holds it without secrets', async () => {
    const answer: Answer = await request(app.url).get('/api/broken');
    expectRefusal(answer, 500, 'internal', answer.body.error.requestId);
    expect(JSON.stringify(answer.body)).not.toContain('hunter2');
    const log = app.logged.join();
    expect(log).toContain('connect mysql://root');
    expect(log).not.toContain('13912345678');
    expect(log).not.toContain('hunter2');
    expect(log).not.toContain(token);
  });

  test('a refusal by the regulation names article and rule', async () => {
    const answer = await request(app.url).get('/api/gate');
    expectRefusal(answer, 422, 'gate_refused', '申报期已过。');
    expect((answer.body as Answer['body']).error).toMatchObject({ article: '7', rule: 'R07-3' });
  });

  test('an answer that breaks its contract is an error where answers are checked', async () => {
    const strict = await openApp({ routes });
    try {
      expect((await request(strict.url).get('/api/liar')).status).toBe(500);
    } finally {
      await strict.close();
    }
  });

  test('unknown addresses and methods are refused in the same form', async () => {
    expectRefusal(await request(app.url).get('/api/nothing'), 404, 'not_found');
    const refused = await request(app.url).delete('/api/notes');
    expectRefusal(refused, 405, 'method_not_allowed');
    expect(refused.headers['allow']).toBe('POST');
    expect((await request(app.url).post('/api/demo').send({})).headers['allow']).toBe('HEAD, GET');
  });

  test.each(['/API/demo', '/Api/demo', '/api/DEMO', '/api/demo%2f', '//api/demo', '/%61pi/demo'])(
    '%s is no other spelling of an address: nothing behind the guards answers',
    async (address) => {
      await request(app.url).get('/api/demo').expect(204);
      await request(app.url).get(address).expect(404);
    },
  );

  test('the proxy may name the request; nobody may write into the log through it', async () => {
    const named = await request(app.url).get('/api/nothing').set('X-Request-Id', 'from-proxy-1');
    expect(named.headers['x-request-id']).toBe('from-proxy-1');
    const odd = await request(app.url).get('/api/nothing').set('X-Request-Id', 'x"} {"level":60');
    expect(odd.headers['x-request-id']).not.toContain('level');
  });

  test('answers are not stored, pages run no foreign code and are framed by ourselves alone', async () => {
    const { headers } = await request(app.url).get('/api/demo');
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['x-content-type-options']).toBe('nosniff');
    const policy = headers['content-security-policy'] ?? '';
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("frame-ancestors 'self'");
    expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline/);
    expect(headers['x-powered-by']).toBeUndefined();
  });
});

describe('mounting', () => {
  const scene = { demo: true, clock: () => MORNING, checkResponses: true };
  const [first] = routes() as [Route];

  test('a route without a policy does not mount', () => {
    const open = { ...first, policy: undefined } as unknown as Route;
    expect(() => mount([open], scene)).toThrow('no policy');
    expect(() => mount([{ ...first, policy: 'toString' as 'everyone' }], scene)).toThrow('no policy');
  });

  test('two routes of one name do not mount', () => {
    expect(() => mount([first, first], scene)).toThrow('addNote');
  });
});
