/**
 * A route is one object: its line in the source is its documentation. The guard opens the door, judges what came in,
 * hands the handler typed values and judges what goes out. OpenAPI is printed from the same objects.
 */
import { Router } from '@koa/router';
import type { Context } from 'koa';
import type { Static, TSchema } from 'typebox';
import { Refusal } from '../errors.ts';
import { sha256 } from '../crypto.ts';
import { admits, isDoor, type Door, type Person } from '../policies.ts';
import { readJson } from '../middleware/jsonBody.ts';
import '../middleware/state.ts';
import { judge, only, requestValidator, responseValidator } from './schema.ts';
import { badTextIn, judgeTexts } from './text.ts';

export type Method = 'get' | 'post' | 'put' | 'delete';

/** What makes a repeated write recognisable; the command stores it in its own transaction. */
export interface Idempotency {
  key: string;
  requestHash: string;
}

type Value<S> = S extends TSchema ? Static<S> : undefined;

/** What a handler receives: everything judged, nothing raw, except `ctx` for streams and headers. */
export interface Input<D extends Door, P, Q, B, I> {
  person: D extends 'signedIn' ? Person : Person | null;
  params: Value<P>;
  query: Value<Q>;
  body: Value<B>;
  idempotency: I extends true ? Idempotency : undefined;
  now: number;
  ctx: Context;
}

interface Spec<D extends Door, P, Q, B, R, I> {
  method: Method;
  /** Below `/api`, parameters as `:name`. */
  path: string;
  policy: D;
  summary: string;
  tags: string[];
  /** Unique; OpenAPI's operationId. */
  name: string;
  params?: P;
  query?: Q;
  /** A JSON body. Absent: the request has none. */
  body?: B;
  /** For bodies larger than people fill in: how many KB there may be at most. */
  limitKb?: number;
  /** The handler reads the body itself, as a stream of this media type; `body` then only documents it. */
  streams?: 'multipart/form-data';
  /** JSON answer; `null` answers 204; `file` answers bytes that the handler sets on `ctx`. */
  response: R;
  /** Needs an `Idempotency-Key` header. */
  idempotent?: I;
  handler: (input: Input<D, P, Q, B, I>) => Promise<Value<R>>;
}

/** A route ready to mount; what its handler expects is known only to the guard that made it. */
export interface Route {
  readonly method: Method;
  readonly path: string;
  readonly policy: Door;
  readonly summary: string;
  readonly tags: string[];
  readonly name: string;
  readonly params?: TSchema;
  readonly query?: TSchema;
  readonly body?: TSchema;
  readonly streams?: 'multipart/form-data';
  readonly response: TSchema | null | 'file';
  readonly idempotent: boolean;
  readonly serve: (ctx: Context, scene: Scene) => Promise<void>;
}

/** What the guard needs of the application. */
export interface Scene {
  demo: boolean;
  clock: () => number;
  /** Tests and development: an answer that breaks its contract is an error instead of being trimmed silently. */
  checkResponses: boolean;
}

const KEY_PATTERN = /^[A-Za-z0-9_-]{8,128}$/;

const idempotencyOf = (ctx: Context): Idempotency => {
  const key = ctx.get('Idempotency-Key');
  if (key === '') throw new Refusal('idempotency_key_missing');
  if (!KEY_PATTERN.test(key)) throw new Refusal('idempotency_key_malformed');
  return { key, requestHash: sha256(`${ctx.method} ${ctx.path}\n${ctx.request.rawBody ?? ''}`) };
};

/** Describes one route. Everything it needs is judged here, so that a handler reads as its own verb. */
export const route = <
  D extends Door,
  R extends TSchema | null | 'file',
  P extends TSchema | undefined = undefined,
  Q extends TSchema | undefined = undefined,
  B extends TSchema | undefined = undefined,
  I extends boolean = false,
>(
  spec: Spec<D, P, Q, B, R, I>,
): Route => {
  const params = spec.params && requestValidator(spec.params, { coerce: true });
  const query = requestValidator(spec.query ?? null, { coerce: true });
  const body = spec.streams ? undefined : requestValidator(spec.body ?? null, { coerce: false });
  const answer = spec.response !== null && spec.response !== 'file' ? responseValidator(spec.response) : undefined;

  const serve = async (ctx: Context, scene: Scene): Promise<void> => {
    const { person } = ctx.state;
    if (!admits(spec.policy, person, scene.demo)) {
      throw spec.policy === 'signedIn'
        ? (ctx.state.refusal ?? new Refusal('unauthenticated'))
        : new Refusal('not_found');
    }
    // An address of another shape is answered as an address that does not exist.
    if (params && (!params(ctx.params) || badTextIn(ctx.params))) throw new Refusal('not_found');
    const asked = { ...ctx.query };
    judgeTexts(asked, spec.query);
    judge(query, asked);
    const read = body && (await readJson(ctx, spec.limitKb));
    const sent = read === undefined ? {} : read;
    if (body) {
      judgeTexts(sent, spec.body);
      judge(body, sent);
    }
    const input = {
      person,
      params: ctx.params as unknown,
      query: asked as unknown,
      body: sent,
      idempotency: spec.idempotent ? idempotencyOf(ctx) : undefined,
      now: scene.clock(),
      ctx,
    } as Input<D, P, Q, B, I>;
    const result = await spec.handler(input);
    if (spec.response === 'file') return;
    if (spec.response === null) {
      ctx.status = 204;
      return;
    }
    if (scene.checkResponses && answer && !answer(result)) {
      throw new Error(`${spec.name} broke its contract: ${JSON.stringify(answer.errors)}`);
    }
    ctx.body = only(spec.response, result);
  };

  const { method, path, policy, summary, tags, name, streams, response, idempotent = false } = spec;
  const schemas = { params: spec.params, query: spec.query, body: spec.body };
  return { method, path, policy, summary, tags, name, streams, response, idempotent, ...schemas, serve };
};

/** Mounts routes below `/api`. A route without a door, or with a name already taken, is a mistake in the program. */
export const mount = (routes: Route[], scene: Scene): Router => {
  // One spelling of an address: what guards `/api` must not be passed by `/API`.
  const router = new Router({ prefix: '/api', sensitive: true });
  const names = new Set<string>();
  for (const one of routes) {
    if (!isDoor(one.policy)) throw new Error(`Route ${one.method} ${one.path} has no policy and is not mounted`);
    if (names.has(one.name)) throw new Error(`Two routes are called ${one.name}`);
    names.add(one.name);
    router.register(one.path, [one.method], async (ctx) => {
      ctx.state.route = one.path;
      await one.serve(ctx, scene);
    });
  }
  return router;
};
