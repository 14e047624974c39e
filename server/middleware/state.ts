/** What travels with a request from one middleware to the next. */
import type { Person } from '../policies.ts';
import type { Refusal } from '../errors.ts';

declare module 'koa' {
  interface DefaultState {
    requestId: string;
    /** Null: nobody is signed in. */
    person: Person | null;
    sessionId: string | null;
    /** Why a token that was sent is not good; thrown by the guard where somebody must be signed in. */
    refusal: Refusal | null;
    /** Template of the matched route, for the log: addresses themselves hold ids. */
    route: string | undefined;
    /** Set by a handler whose request must leave no trace: that somebody asked, and when, is itself to be kept quiet. */
    unlogged?: boolean;
  }
}
