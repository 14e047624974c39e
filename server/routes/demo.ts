/** Signing in without a password: exists with DEMO=1 alone. */
import type { Deps } from '../app.ts';
import { signInDemo } from '../commands/signInDemo.ts';
import { personas } from '../queries/personas.ts';
import { DemoLoginBody, Login, Personas } from './contract/people.ts';
import { route, type Route } from './guard.ts';

export const demoRoutes = ({ db, env, sessionKey, district }: Deps): Route[] => {
  const notes = new Map(district.demoPeople.map(({ login, note }) => [login, note]));
  const terms = { sessionKey, sessionIdleMs: env.sessionIdleMs, sessionMaxMs: env.sessionMaxMs };
  return [
    route({
      method: 'get',
      path: '/demo/personas',
      name: 'personas',
      policy: 'inDemo',
      summary: '演示人员',
      tags: ['session'],
      response: Personas,
      handler: () => personas(db, notes),
    }),
    route({
      method: 'post',
      path: '/demo/login',
      name: 'signInDemo',
      policy: 'inDemo',
      summary: '以演示人员身份登录',
      tags: ['session'],
      body: DemoLoginBody,
      response: Login,
      handler: async ({ body, now }) => {
        const { token, person } = await signInDemo(db, body.login, terms, now);
        return { token, person: { id: person.id, name: person.name, title: person.title ?? '', phone: person.phone } };
      },
    }),
  ];
};
