/** Who I am, and signing out. */
import type { Deps } from '../app.ts';
import { signOut } from '../commands/signOut.ts';
import { me } from '../queries/me.ts';
import { Me } from './contract/people.ts';
import { route, type Route } from './guard.ts';

export const sessionRoutes = ({ db }: Pick<Deps, 'db'>): Route[] => [
  route({
    method: 'get',
    path: '/me',
    name: 'me',
    policy: 'signedIn',
    summary: '本人、岗位与待办数',
    tags: ['session'],
    response: Me,
    handler: ({ person }) => me(db, person),
  }),
  route({
    method: 'delete',
    path: '/session',
    name: 'signOut',
    policy: 'signedIn',
    summary: '退出登录',
    tags: ['session'],
    response: null,
    handler: async ({ ctx, now }) => {
      const { sessionId } = ctx.state;
      if (sessionId !== null) await signOut(db, sessionId, now);
      return undefined;
    },
  }),
];
