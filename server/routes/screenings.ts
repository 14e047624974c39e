/** The question before every other: is it secret? */
import type { Deps } from '../app.ts';
import { screenProject } from '../commands/screenProject.ts';
import { entryOf } from '../errors.ts';
import { Screening, ScreeningBody } from './contract/cases.ts';
import { route, type Route } from './guard.ts';

export const screeningsRoutes = ({ db, district }: Pick<Deps, 'db' | 'district'>): Route[] => [
  route({
    method: 'post',
    path: '/screenings',
    name: 'screenProject',
    policy: 'signedIn',
    summary: '涉密筛查；不涉密则新建项目',
    tags: ['cases'],
    body: ScreeningBody,
    response: Screening,
    idempotent: true,
    handler: async ({ person, body, idempotency, now, ctx }) => {
      const result = await screenProject(db, person, body, idempotency, now);
      if (result.outcome === 'open') return result;
      ctx.state.unlogged = true;
      return { ...result, message: entryOf('secret_project').message({}), contact: district.secrecy.contact };
    },
  }),
];
