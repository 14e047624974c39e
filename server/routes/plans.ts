/** The draft of the year's informatization plan: reading, compiling and sending it to joint review. */
import type { Deps } from '../app.ts';
import { compilePlan } from '../commands/compilePlan.ts';
import { sendPlan } from '../commands/sendPlan.ts';
import { planView, planYears } from '../queries/planView.ts';
import { CompileBody, PlanView, PlanYears, SendPlanBody, YearParams } from './contract/plans.ts';
import { route, type Route } from './guard.ts';

export const plansRoutes = ({ db }: Pick<Deps, 'db'>): Route[] => [
  route({
    method: 'get',
    path: '/plans',
    name: 'plans',
    policy: 'signedIn',
    summary: '年度计划草案列表',
    tags: ['plans'],
    response: PlanYears,
    handler: ({ person }) => planYears(db, person),
  }),
  route({
    method: 'get',
    path: '/plans/:year',
    name: 'planView',
    policy: 'signedIn',
    summary: '年度计划草案',
    tags: ['plans'],
    params: YearParams,
    response: PlanView,
    handler: ({ person, params }) => planView(db, person, Number(params.year)),
  }),
  route({
    method: 'put',
    path: '/plans/:year',
    name: 'compilePlan',
    policy: 'signedIn',
    summary: '编制年度计划草案',
    tags: ['plans'],
    params: YearParams,
    body: CompileBody,
    response: PlanView,
    handler: async ({ person, params, body, now }) => {
      await compilePlan(db, person, Number(params.year), body, now);
      return planView(db, person, Number(params.year));
    },
  }),
  route({
    method: 'post',
    path: '/plans/:year/send',
    name: 'sendPlan',
    policy: 'signedIn',
    summary: '送部门联合初审',
    tags: ['plans'],
    params: YearParams,
    body: SendPlanBody,
    response: PlanView,
    idempotent: true,
    handler: async ({ person, params, body, idempotency, now }) => {
      await sendPlan(db, person, Number(params.year), body, idempotency, now);
      return planView(db, person, Number(params.year));
    },
  }),
];
