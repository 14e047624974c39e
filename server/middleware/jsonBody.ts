/** Reads a JSON body within limits of size and depth. Called by the guard, once it is known who asks. */
import { bodyParser } from '@koa/bodyparser';
import type { Context, Middleware } from 'koa';
import { Refusal } from '../errors.ts';

/** Declarations measure under 10 kB; one with thirty rows in every table and every text at its limit, 405 kB. */
const LIMIT_KB = 512;
const DEPTH = 32;

const parserFor = (limitKb: number): Middleware =>
  bodyParser({
    enableTypes: ['json'],
    jsonStrict: false,
    jsonLimit: `${limitKb}kb`,
    onError: (error) => {
      const { status } = error as { status?: number };
      if (status === 413) throw new Refusal('body_too_large', { limit: `${limitKb} KB` });
      if (status === 415) throw new Refusal('unsupported_media_type');
      throw new Refusal('malformed_json');
    },
  });

const parsers = new Map<number, Middleware>();

const parse = (ctx: Context, limitKb: number): Promise<unknown> => {
  const parser = parsers.get(limitKb) ?? parserFor(limitKb);
  parsers.set(limitKb, parser);
  return Promise.resolve(parser(ctx, () => Promise.resolve()));
};

/** Walks without recursion: `JSON.parse` itself accepts 200,000 levels. (A `__proto__` is refused by the parser.) */
const refuseDeep = (body: unknown): void => {
  let level = [body];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > DEPTH) throw new Refusal('too_deep', { limit: DEPTH });
    const below: unknown[] = [];
    for (const value of level) {
      if (typeof value !== 'object' || value === null) continue;
      for (const part of Object.values(value)) below.push(part);
    }
    level = below;
  }
};

/** The body, parsed, of whatever kind. A request without one gives `undefined`; another format is refused. */
export const readJson = async (ctx: Context, limitKb = LIMIT_KB): Promise<unknown> => {
  const hasBody = ctx.get('Transfer-Encoding') !== '' || Number(ctx.get('Content-Length') || 0) > 0;
  if (!hasBody) return undefined;
  if (!ctx.is('json', '+json')) throw new Refusal('unsupported_media_type');
  await parse(ctx, limitKb);
  if (ctx.request.rawBody === '') return undefined;
  refuseDeep(ctx.request.body);
  return ctx.request.body;
};
