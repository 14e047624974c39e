/** So many requests a minute for one person, for one address while nobody is signed in, and for an address at all. */
import type { Context, Middleware } from 'koa';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { Refusal } from '../errors.ts';

/** Everybody in a bureau may share one address. */
const PEOPLE_BEHIND_AN_ADDRESS = 20;

/** Stands before `authenticate`, so that made-up tokens do not each cost a look into the database. */
export const rateLimitAddress = (perMinute: number): Middleware =>
  limit(perMinute * PEOPLE_BEHIND_AN_ADDRESS, ({ ip }) => ip);

/** Stands behind `authenticate`: one script must not crowd out an office. */
export const rateLimit = (perMinute: number): Middleware =>
  limit(perMinute, ({ ip, state: { person } }) => (person === null ? `ip:${ip}` : `person:${person.id}`));

/** Counts in this process's memory. */
const limit = (perMinute: number, keyOf: (ctx: Context) => string): Middleware => {
  const limiter = new RateLimiterMemory({ points: perMinute, duration: 60 });
  return async (ctx, next) => {
    try {
      await limiter.consume(keyOf(ctx));
    } catch (rejection) {
      if (!(rejection instanceof RateLimiterRes)) throw rejection;
      const seconds = Math.max(1, Math.ceil(rejection.msBeforeNext / 1000));
      ctx.set('Retry-After', String(seconds));
      throw new Refusal('rate_limited', { seconds });
    }
    await next();
  };
};
