/** The floor: what Koa and mysql2 cost when nothing but the statements is done. Configured as our server is. */
import { createHash } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { Router } from '@koa/router';
import Koa, { type Context } from 'koa';
import { hashToken } from '../../server/crypto.ts';
import { approve, type Approval, submit, type Submission } from './actions.ts';
import { poolOf } from './prepare.ts';

const { DATABASE_URL = '', SESSION_KEY = '' } = process.env;
const pool = poolOf(DATABASE_URL);

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

async function read(ctx: Context) {
  const parts: Buffer[] = [];
  for await (const part of ctx.req) parts.push(part as Buffer);
  const body = Buffer.concat(parts).toString();
  return {
    body: JSON.parse(body) as unknown,
    asked: {
      tokenHash: hashToken(SESSION_KEY, ctx.get('Authorization').slice('Bearer '.length)),
      key: ctx.get('Idempotency-Key'),
      requestHash: sha256(body),
    },
  };
}

const router = new Router({ prefix: '/api' });
router.post('/cases/:id/submit', async (ctx) => {
  const { body, asked } = await read(ctx);
  const data = (body as { forms: { declaration: Submission['data'] } }).forms.declaration;
  const hash = sha256(JSON.stringify(data));
  ctx.body = await submit(pool, { ...asked, caseId: ctx.params['id'] ?? '', data, hash });
});
router.post('/tasks/:id/act', async (ctx) => {
  const { body, asked } = await read(ctx);
  const { opinion } = body as Approval;
  ctx.body = await approve(pool, { ...asked, taskId: ctx.params['id'] ?? '', opinion });
});

process.on('disconnect', () => process.exit());
const server = new Koa().use(router.routes()).listen(0, '127.0.0.1', () => {
  process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
