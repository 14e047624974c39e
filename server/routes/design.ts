/** Changing what is asked: drafts of forms, publishing, retiring. */
import type { Deps } from '../app.ts';
import { discardFormDraft } from '../commands/discardFormDraft.ts';
import { lintForm } from '../commands/publishing/lintForm.ts';
import { publishForm } from '../commands/publishForm.ts';
import { retireForm } from '../commands/retireForm.ts';
import { saveFormDraft } from '../commands/saveFormDraft.ts';
import { designForm, designForms, formDraft } from '../queries/designForms.ts';
import {
  DesignedForms,
  DiscardQuery,
  Findings,
  FormDraft,
  FormDraftBody,
  FormDraftSaved,
  FormHistory,
  FormParams,
  LintBody,
  PublishBody,
  RetireBody,
} from './contract/design.ts';
import { route, type Route } from './guard.ts';

/** A form may be larger than anything people fill in. */
const FORM_KB = 1_100;

export const designRoutes = ({ db, district }: Pick<Deps, 'db' | 'district'>): Route[] => [
  route({
    method: 'get',
    path: '/design/forms',
    name: 'designForms',
    policy: 'signedIn',
    summary: '表单一览',
    tags: ['design'],
    response: DesignedForms,
    handler: ({ person }) => designForms(db, person, district.forms),
  }),
  route({
    method: 'get',
    path: '/design/forms/:key',
    name: 'designForm',
    policy: 'signedIn',
    summary: '表单的版本与记录',
    tags: ['design'],
    params: FormParams,
    response: FormHistory,
    handler: ({ person, params }) => designForm(db, person, district.forms, params.key),
  }),
  route({
    method: 'get',
    path: '/design/forms/:key/draft',
    name: 'formDraft',
    policy: 'signedIn',
    summary: '表单草稿',
    tags: ['design'],
    params: FormParams,
    response: FormDraft,
    handler: ({ person, params }) => formDraft(db, person, params.key),
  }),
  route({
    method: 'put',
    path: '/design/forms/:key/draft',
    name: 'saveFormDraft',
    policy: 'signedIn',
    summary: '保存表单草稿',
    tags: ['design'],
    params: FormParams,
    body: FormDraftBody,
    limitKb: FORM_KB,
    response: FormDraftSaved,
    handler: ({ person, params, body, now }) => saveFormDraft(db, person, district, params.key, body, now),
  }),
  route({
    method: 'delete',
    path: '/design/forms/:key/draft',
    name: 'discardFormDraft',
    policy: 'signedIn',
    summary: '删除表单草稿',
    tags: ['design'],
    params: FormParams,
    query: DiscardQuery,
    response: null,
    handler: async ({ person, params, query }) => {
      await discardFormDraft(db, person, params.key, query);
      return undefined;
    },
  }),
  route({
    method: 'post',
    path: '/design/forms/:key/lint',
    name: 'lintForm',
    policy: 'signedIn',
    summary: '检查表单，不保存',
    tags: ['design'],
    params: FormParams,
    body: LintBody,
    limitKb: FORM_KB,
    response: Findings,
    handler: ({ person, params, body }) => lintForm(db, person, district, params.key, body.form),
  }),
  route({
    method: 'post',
    path: '/design/forms/:key/publish',
    name: 'publishForm',
    policy: 'signedIn',
    summary: '发布表单',
    tags: ['design'],
    params: FormParams,
    body: PublishBody,
    response: FormHistory,
    idempotent: true,
    handler: async ({ person, params, body, idempotency, now }) => {
      await publishForm(db, person, district, params.key, body, idempotency, now);
      return designForm(db, person, district.forms, params.key);
    },
  }),
  route({
    method: 'post',
    path: '/design/forms/:key/retire',
    name: 'retireForm',
    policy: 'signedIn',
    summary: '停用表单',
    tags: ['design'],
    params: FormParams,
    body: RetireBody,
    response: FormHistory,
    idempotent: true,
    handler: async ({ person, params, body, idempotency, now }) => {
      await retireForm(db, person, params.key, body, idempotency, now);
      return designForm(db, person, district.forms, params.key);
    },
  }),
];
