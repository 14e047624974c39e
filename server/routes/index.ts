/** Every route there is. A resource that is not listed here is not served. */
import type { Deps } from '../app.ts';
import { casesRoutes } from './cases.ts';
import { demoRoutes } from './demo.ts';
import { designRoutes } from './design.ts';
import { districtRoutes } from './district.ts';
import { filesRoutes } from './files.ts';
import { formsRoutes } from './forms.ts';
import type { Route } from './guard.ts';
import { healthRoutes } from './health.ts';
import { messagesRoutes } from './messages.ts';
import { openapiRoute } from './openapi.ts';
import { plansRoutes } from './plans.ts';
import { referencesRoutes } from './references.ts';
import { rehearsalsRoutes } from './rehearsals.ts';
import { screeningsRoutes } from './screenings.ts';
import { sessionRoutes } from './session.ts';
import { tasksRoutes } from './tasks.ts';

const RESOURCES = [
  healthRoutes,
  demoRoutes,
  sessionRoutes,
  districtRoutes,
  screeningsRoutes,
  casesRoutes,
  tasksRoutes,
  formsRoutes,
  designRoutes,
  rehearsalsRoutes,
  filesRoutes,
  messagesRoutes,
  plansRoutes,
  referencesRoutes,
];

export const allRoutes = (deps: Deps): Route[] => {
  const resources = RESOURCES.flatMap((routesOf) => routesOf(deps));
  return [...resources, openapiRoute(resources, deps.env.publicUrl)];
};
