/** The one exit for errors: whatever was thrown leaves as a code, a status and a sentence. */
import type { Context, Middleware, Next } from 'koa';
import { entryOf, Refusal } from '../errors.ts';
import type { Logger } from '../log.ts';
import { refusalFrom } from '../refusalFrom.ts';
import type { ErrorBody } from '../routes/contract/common.ts';
import { drain } from './drain.ts';

/** Answers every error below it; what is ours or the database's is logged, and shown by its request id at most. */
export const boundary =
  (log: Logger): Middleware =>
  async (ctx: Context, next: Next): Promise<void> => {
    try {
      await next();
    } catch (error) {
      const refusal = refusalFrom(error) ?? new Refusal('internal', { requestId: ctx.state.requestId });
      if (refusal.code === 'internal') log.error({ err: error, requestId: ctx.state.requestId }, '请求出错');
      if (refusal.code === 'version_tampered')
        log.error({ ...refusal.detail, code: refusal.code }, '已发布的版本被改动');
      if (refusal.code === 'unavailable') log.warn({ err: error, requestId: ctx.state.requestId }, '数据库暂不可用');
      ctx.state.refusal = refusal;
      await answer(ctx, refusal);
    }
  };

const answer = async (ctx: Context, refusal: Refusal): Promise<void> => {
  // A body still on its way is read off first; else the closing connection could swallow the answer.
  if (!ctx.req.complete) {
    ctx.set('Connection', 'close');
    await drain(ctx.req);
  }
  ctx.status = entryOf(refusal.code).status;
  ctx.set('Cache-Control', 'no-store');
  const body: ErrorBody = {
    error: {
      code: refusal.code,
      message: refusal.message,
      ...(refusal.article === undefined ? {} : { article: refusal.article }),
      ...(refusal.rule === undefined ? {} : { rule: refusal.rule }),
      ...(refusal.problems === undefined ? {} : { problems: refusal.problems }),
      requestId: ctx.state.requestId,
    },
  };
  ctx.body = body;
};
