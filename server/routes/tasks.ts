/** Whose turn it is, and acting on it. */
import type { Deps } from '../app.ts';
import { actOnTask } from '../commands/actOnTask.ts';
import { caseRows } from '../queries/caseRows.ts';
import { caseView } from '../queries/caseView.ts';
import { CaseRows, CaseView } from './contract/cases.ts';
import { IdParams } from './contract/common.ts';
import { ActBody, TasksQuery } from './contract/tasks.ts';
import { route, type Route } from './guard.ts';

export const tasksRoutes = ({ db }: Pick<Deps, 'db'>): Route[] => [
  route({
    method: 'get',
    path: '/tasks',
    name: 'tasks',
    policy: 'signedIn',
    summary: '待办与已办',
    tags: ['tasks'],
    query: TasksQuery,
    response: CaseRows,
    handler: ({ person, query, now }) => caseRows(db, person, query.box, query, now),
  }),
  route({
    method: 'post',
    path: '/tasks/:id/act',
    name: 'actOnTask',
    policy: 'signedIn',
    summary: '办理：同意、退回、不同意、重新提交',
    tags: ['tasks'],
    params: IdParams,
    body: ActBody,
    response: CaseView,
    idempotent: true,
    handler: async ({ person, params, body, idempotency, now }) => {
      const { caseId } = await actOnTask(db, person, params.id, body, idempotency, now);
      return caseView(db, person, caseId, now);
    },
  }),
];
