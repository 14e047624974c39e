/** The Koa application, not listening: `main.ts` starts it, tests import it. */
import compress from 'koa-compress';
import Koa, { type Middleware } from 'koa';
import { constants } from 'node:zlib';
import type { Db } from './db/connection.ts';
import type { District } from './district.ts';
import type { Env } from './env.ts';
import { Refusal } from './errors.ts';
import type { FileStore } from './integrations/files/store.ts';
import type { Logger } from './log.ts';
import { authenticate, type FindSession } from './middleware/authenticate.ts';
import { boundary } from './middleware/boundary.ts';
import { rateLimit, rateLimitAddress } from './middleware/rateLimit.ts';
import { requestLog } from './middleware/requestLog.ts';
import { securityHeaders } from './middleware/securityHeaders.ts';
import { mount, type Route } from './routes/guard.ts';
import { allRoutes } from './routes/index.ts';
import { pages } from './routes/static.ts';

/** Everything the application is made of; there is nothing it finds by itself. */
export interface Deps {
  env: Env;
  db: Db;
  log: Logger;
  /** Epoch milliseconds. */
  clock: () => number;
  /** What the district has written down in `forms/`. */
  district: District;
  store: FileStore;
  findSession: FindSession;
  /** Key of the hashes of session tokens. */
  sessionKey: string;
  /** Resolves when the database answers. */
  databaseAnswers: () => Promise<void>;
  /** An answer that breaks its contract is an error: on in tests and development. */
  checkResponses: boolean;
}

/** The client went away before it had everything: their business, not an incident. */
const LEFT = new Set(['ERR_STREAM_PREMATURE_CLOSE', 'ECONNRESET', 'EPIPE']);

/** Routes below `/api` behind the guards, pages everywhere else. `routes` is there for tests of the guards. */
export const createApp = (deps: Deps, routes: Route[] = allRoutes(deps)): Koa => {
  const { env, log, clock } = deps;
  const app = new Koa({ proxy: env.trustProxy });
  // What reaches Koa itself happened after the answer: a broken connection, a stream that failed half-way.
  app.on('error', (err: Error & { code?: string }) =>
    log[LEFT.has(err.code ?? '') ? 'debug' : 'warn']({ err }, '连接出错'),
  );

  app.use(requestLog(log, clock));
  app.use(securityHeaders(env.publicUrl));
  app.use(compress({ threshold: 1024, br: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } } }));
  app.use(boundary(log));

  const scene = { demo: env.demo, clock, checkResponses: deps.checkResponses };
  const api = mount(routes, scene);
  app.use(inApi(rateLimitAddress(env.rateLimit)));
  app.use(inApi(authenticate(deps.findSession, deps.sessionKey, clock)));
  app.use(inApi(rateLimit(env.rateLimit)));
  app.use(inApi(noStore));
  app.use(api.routes());
  app.use(inApi(noSuchAddress));
  app.use(pages());
  return app;
};

const inApi =
  (middleware: Middleware): Middleware =>
  async (ctx, next) => {
    await (/^\/api(\/|$)/.test(ctx.path) ? middleware(ctx, next) : next());
  };

const noStore: Middleware = async (ctx, next) => {
  ctx.set('Cache-Control', 'no-store');
  await next();
};

/** The router found the address but not the method, or neither. */
const noSuchAddress: Middleware = (ctx) => {
  const matched = (ctx.matched ?? []) as { methods: string[] }[];
  if (matched.length === 0) throw new Refusal('not_found');
  ctx.set('Allow', [...new Set(matched.flatMap(({ methods }) => methods))].join(', '));
  throw new Refusal('method_not_allowed');
};
