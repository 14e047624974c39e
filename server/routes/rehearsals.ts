/** Trying a form's draft on what was handed in, before it is published. */
import type { Deps } from '../app.ts';
import { cancelRehearsal } from '../commands/cancelRehearsal.ts';
import { startRehearsal } from '../commands/startRehearsal.ts';
import { rehearsal, rehearsalsOf } from '../queries/rehearsals.ts';
import { IdParams } from './contract/common.ts';
import { FormParams, Rehearsal, RehearsalBody, Rehearsals } from './contract/design.ts';
import { route, type Route } from './guard.ts';

export const rehearsalsRoutes = ({ db, district }: Pick<Deps, 'db' | 'district'>): Route[] => [
  route({
    method: 'get',
    path: '/design/forms/:key/rehearsals',
    name: 'rehearsals',
    policy: 'signedIn',
    summary: '表单的演练记录',
    tags: ['design'],
    params: FormParams,
    response: Rehearsals,
    handler: ({ person, params }) => rehearsalsOf(db, person, params.key),
  }),
  route({
    method: 'post',
    path: '/design/forms/:key/rehearsals',
    name: 'startRehearsal',
    policy: 'signedIn',
    summary: '用已提交的内容演练表单草稿',
    tags: ['design'],
    params: FormParams,
    body: RehearsalBody,
    response: Rehearsal,
    idempotent: true,
    handler: async ({ person, params, body, idempotency, now }) => {
      const { rehearsalId } = await startRehearsal(db, person, district, params.key, body, idempotency, now);
      return rehearsal(db, person, rehearsalId);
    },
  }),
  route({
    method: 'get',
    path: '/design/rehearsals/:id',
    name: 'rehearsal',
    policy: 'signedIn',
    summary: '演练的进度与结果',
    tags: ['design'],
    params: IdParams,
    response: Rehearsal,
    handler: ({ person, params }) => rehearsal(db, person, params.id),
  }),
  route({
    method: 'post',
    path: '/design/rehearsals/:id/cancel',
    name: 'cancelRehearsal',
    policy: 'signedIn',
    summary: '取消演练',
    tags: ['design'],
    params: IdParams,
    response: Rehearsal,
    handler: async ({ person, params, now }) => {
      await cancelRehearsal(db, person, params.id, now);
      return rehearsal(db, person, params.id);
    },
  }),
];
