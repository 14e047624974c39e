/** What a reference field may lead to. */
import type { Deps } from '../app.ts';
import { references } from '../queries/references.ts';
import { ReferenceParams, ReferenceQuery, References } from './contract/district.ts';
import { route, type Route } from './guard.ts';

export const referencesRoutes = ({ db }: Pick<Deps, 'db'>): Route[] => [
  route({
    method: 'get',
    path: '/references/:source',
    name: 'references',
    policy: 'signedIn',
    summary: '可引用的项目、规划条目、人员、席位和办结资料',
    tags: ['district'],
    params: ReferenceParams,
    query: ReferenceQuery,
    response: References,
    handler: ({ person, params, query }) => references(db, person, params.source, query),
  }),
];
