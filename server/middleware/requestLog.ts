/** One line per request, with an id that also stands in every error a person is shown. */
import { randomUUID } from 'node:crypto';
import type { Middleware } from 'koa';
import type { Logger } from '../log.ts';

const SENT_ID = /^[A-Za-z0-9_-]{8,64}$/;

/** Gives the request its id (or keeps the proxy's), and logs method, route, status and time: no query, no body. */
export const requestLog =
  (log: Logger, clock: () => number): Middleware =>
  async (ctx, next) => {
    const sent = ctx.get('X-Request-Id');
    ctx.state.requestId = SENT_ID.test(sent) ? sent : randomUUID();
    Object.assign(ctx.state, { person: null, sessionId: null, refusal: null });
    ctx.set('X-Request-Id', ctx.state.requestId);
    const from = clock();
    await next();
    const { requestId, route, person, refusal, unlogged } = ctx.state;
    if (unlogged) return;
    const line = { requestId, method: ctx.method, route, status: ctx.status, ms: clock() - from };
    if (route === undefined && ctx.status < 400) log.debug(line, '静态文件');
    else log.info({ ...line, personId: person?.id, code: refusal?.code }, '请求');
  };
