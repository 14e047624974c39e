/** Published forms. */
import type { Deps } from '../app.ts';
import { formVersion } from '../queries/formVersion.ts';
import { IdParams } from './contract/common.ts';
import { FormVersion } from './contract/forms.ts';
import { route, type Route } from './guard.ts';

export const formsRoutes = ({ db }: Pick<Deps, 'db'>): Route[] => [
  route({
    method: 'get',
    path: '/forms/:id',
    name: 'formVersion',
    policy: 'signedIn',
    summary: '已发布的表单版本',
    tags: ['forms'],
    params: IdParams,
    response: FormVersion,
    handler: ({ params }) => formVersion(db, params.id),
  }),
];
