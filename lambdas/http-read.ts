import { apiOf } from '../core/http/api-of.ts';
import { documentRoute } from '../core/http/routes/document.ts';
import { getFreezeRoute } from '../core/http/routes/freeze.ts';
import { getJobRoute, getTimelineRoute, listJobsRoute } from '../core/http/routes/jobs.ts';
import { getReadinessRoute, listReadinessRoute } from '../core/http/routes/readiness.ts';
import { getReportPageRoute, getReportRoute } from '../core/http/routes/reports.ts';
import { getRunbookRoute, listRunbooksRoute } from '../core/http/routes/runbooks.ts';
import { apiGatewayHandler } from './runtime/api-gateway.ts';
import { httpHost } from './runtime/http-host.ts';
import { CHANGING, keptDocument } from './runtime/http-parts.ts';
import { readFacts } from './runtime/reports.ts';

const routes = [
  documentRoute(keptDocument),
  listJobsRoute,
  getJobRoute,
  getTimelineRoute,
  getReportRoute,
  getReportPageRoute,
  getFreezeRoute,
  listRunbooksRoute,
  getRunbookRoute,
  listReadinessRoute,
  getReadinessRoute,
];
const api = apiOf(routes, httpHost({ report: readFacts }), CHANGING);

/** Answers the requests to the HTTP API that only look. It can change nothing, and knows no credentials of Atlas. */
export const handler = apiGatewayHandler((request, env) => api.fetch(request, env));
