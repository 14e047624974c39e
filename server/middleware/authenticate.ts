/** Who is asking. The token is judged afresh on every request, so that a revoked session ends at once. */
import type { Middleware } from 'koa';
import { hashToken, TOKEN_PATTERN } from '../crypto.ts';
import { Refusal } from '../errors.ts';
import type { SessionAnswer } from '../queries/sessionFor.ts';

/** Finds whose token it is; only its hash ever leaves this file. */
export type FindSession = (tokenHash: string, now: number) => Promise<SessionAnswer>;

const REFUSALS = { unknown: 'unauthenticated', expired: 'session_expired', disabled: 'account_disabled' } as const;

/**
 * Puts the person, or the reason why there is none, on the request. It refuses nothing itself: a page anybody may
 * read stays readable with an old token in the header.
 */
export const authenticate =
  (findSession: FindSession, sessionKey: string, clock: () => number): Middleware =>
  async (ctx, next) => {
    const header = ctx.get('Authorization');
    if (header !== '') {
      const [scheme, token = ''] = header.split(' ', 2);
      const wellFormed = scheme?.toLowerCase() === 'bearer' && TOKEN_PATTERN.test(token);
      const answer: SessionAnswer = wellFormed
        ? await findSession(hashToken(sessionKey, token), clock())
        : { state: 'unknown' };
      if (answer.state === 'live') {
        ctx.state.person = answer.person;
        ctx.state.sessionId = answer.session.id;
      } else {
        ctx.state.refusal = new Refusal(REFUSALS[answer.state]);
      }
    }
    await next();
  };
