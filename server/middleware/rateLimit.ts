/** So many requests a minute for one person, or one address while nobody is signed in. */
import type { Middleware } from 'koa';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Refusal } from '../errors.ts';

/** Counts in this process's memory: enough to keep one script from crowding out an office. */
export const rateLimit = (perMinute: number): Middleware => {
  const limiter = new RateLimiterMemory({ points: perMinute, duration: 60 });
  return async (ctx, next) => {
    const { person } = ctx.state;
    try {
      await limiter.consume(person === null ? `ip:${ctx.ip}` : `person:${person.id}`);
    } catch (rejection) {
      if (!(rejection instanceof RateLimiterRes)) throw rejection;
      const seconds = Math.max(1, Math.ceil(rejection.msBeforeNext / 1000));
      ctx.set('Retry-After', String(seconds));
      throw new Refusal('rate_limited', { seconds });
    }
    await next();
  };
};
