import { apiOf } from '../core/http/api-of.ts';
import { breakGlassRoute } from '../core/http/routes/break-glass.ts';
import { approveJobRoute, cancelJobRoute, rejectJobRoute } from '../core/http/routes/decisions.ts';
import { freezeRoute, unfreezeRoute } from '../core/http/routes/freeze.ts';
import { planJobRoute } from '../core/http/routes/plan-job.ts';
import { startJobRoute } from '../core/http/routes/start-job.ts';
import { apiGatewayHandler } from './runtime/api-gateway.ts';
import { changes } from './runtime/http-changes.ts';
import { httpHost } from './runtime/http-host.ts';
import { READING } from './runtime/http-parts.ts';
import { publishMetrics } from './runtime/metrics.ts';

const routes = [
  startJobRoute,
  breakGlassRoute,
  planJobRoute,
  approveJobRoute,
  rejectJobRoute,
  cancelJobRoute,
  freezeRoute,
  unfreezeRoute,
];
const api = apiOf(routes, httpHost(changes()), READING);

/** Answers the requests to the HTTP API that start, plan and decide. */
export const handler = apiGatewayHandler((request, env) => api.fetch(request, env), publishMetrics);
