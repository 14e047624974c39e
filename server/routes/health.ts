/** For whoever watches the server: is it up, and does its database answer? */
import type { Deps } from '../app.ts';
import { Health } from './contract/district.ts';
import { route, type Route } from './guard.ts';

export const healthRoutes = ({ databaseAnswers }: Pick<Deps, 'databaseAnswers'>): Route[] => [
  route({
    method: 'get',
    path: '/health',
    name: 'health',
    policy: 'everyone',
    summary: '服务状态',
    tags: ['system'],
    response: Health,
    handler: async () => {
      await databaseAnswers();
      return { status: 'ok' as const };
    },
  }),
];
