/** A case: reading it, writing its draft, submitting and withdrawing it. */
import type { Deps } from '../app.ts';
import { moveToVersion } from '../commands/moveToVersion.ts';
import { saveDraft } from '../commands/saveDraft.ts';
import { submitCase } from '../commands/submitCase.ts';
import { withdrawCase } from '../commands/withdrawCase.ts';
import { caseRows } from '../queries/caseRows.ts';
import { caseView } from '../queries/caseView.ts';
import { newerVersion } from '../queries/newerVersion.ts';
import {
  CaseRows,
  CasesQuery,
  CaseView,
  DraftBody,
  DraftSaved,
  MoveBody,
  NewerVersion,
  SubmitBody,
  WithdrawBody,
} from './contract/cases.ts';
import { IdParams } from './contract/common.ts';
import { route, type Route } from './guard.ts';

export const casesRoutes = ({ db }: Pick<Deps, 'db'>): Route[] => [
  route({
    method: 'get',
    path: '/cases',
    name: 'cases',
    policy: 'signedIn',
    summary: '我的申报',
    tags: ['cases'],
    query: CasesQuery,
    response: CaseRows,
    handler: ({ person, query, now }) => caseRows(db, person, query.box, query, now),
  }),
  route({
    method: 'get',
    path: '/cases/:id',
    name: 'caseView',
    policy: 'signedIn',
    summary: '办件详情',
    tags: ['cases'],
    params: IdParams,
    response: CaseView,
    handler: ({ person, params, now }) => caseView(db, person, params.id, now),
  }),
  route({
    method: 'put',
    path: '/cases/:id/draft',
    name: 'saveDraft',
    policy: 'signedIn',
    summary: '保存草稿',
    tags: ['cases'],
    params: IdParams,
    body: DraftBody,
    response: DraftSaved,
    handler: ({ person, params, body, now }) => saveDraft(db, person, params.id, body, now),
  }),
  route({
    method: 'post',
    path: '/cases/:id/submit',
    name: 'submitCase',
    policy: 'signedIn',
    summary: '首次提交',
    tags: ['cases'],
    params: IdParams,
    body: SubmitBody,
    response: CaseView,
    idempotent: true,
    handler: async ({ person, params, body, idempotency, now }) => {
      const { caseId } = await submitCase(db, person, params.id, body, idempotency, now);
      return caseView(db, person, caseId, now);
    },
  }),
  route({
    method: 'post',
    path: '/cases/:id/withdraw',
    name: 'withdrawCase',
    policy: 'signedIn',
    summary: '撤销办件',
    tags: ['cases'],
    params: IdParams,
    body: WithdrawBody,
    response: CaseView,
    idempotent: true,
    handler: async ({ person, params, body, idempotency, now }) => {
      const { caseId } = await withdrawCase(db, person, params.id, body, idempotency, now);
      return caseView(db, person, caseId, now);
    },
  }),
  route({
    method: 'get',
    path: '/cases/:id/newer-version',
    name: 'newerVersion',
    policy: 'signedIn',
    summary: '可换用的新版表单，及换用后的变化',
    tags: ['cases'],
    params: IdParams,
    response: NewerVersion,
    handler: ({ person, params, now }) => newerVersion(db, person, params.id, now),
  }),
  route({
    method: 'post',
    path: '/cases/:id/move-to-version',
    name: 'moveToVersion',
    policy: 'signedIn',
    summary: '换用新版表单',
    tags: ['cases'],
    params: IdParams,
    body: MoveBody,
    response: CaseView,
    idempotent: true,
    handler: async ({ person, params, body, idempotency, now }) => {
      const { caseId } = await moveToVersion(db, person, params.id, body, idempotency, now);
      return caseView(db, person, caseId, now);
    },
  }),
];
