/** The in-app inbox. */
import type { Deps } from '../app.ts';
import { readMessage } from '../commands/readMessage.ts';
import { messages } from '../queries/messages.ts';
import { IdParams, PageQuery } from './contract/common.ts';
import { Messages } from './contract/messages.ts';
import { route, type Route } from './guard.ts';

export const messagesRoutes = ({ db }: Pick<Deps, 'db'>): Route[] => [
  route({
    method: 'get',
    path: '/messages',
    name: 'messages',
    policy: 'signedIn',
    summary: '我的消息',
    tags: ['messages'],
    query: PageQuery,
    response: Messages,
    handler: ({ person, query }) => messages(db, person, query),
  }),
  route({
    method: 'post',
    path: '/messages/:id/read',
    name: 'readMessage',
    policy: 'signedIn',
    summary: '标为已读',
    tags: ['messages'],
    params: IdParams,
    response: null,
    handler: async ({ person, params, now }) => {
      await readMessage(db, person, params.id, now);
      return undefined;
    },
  }),
];
