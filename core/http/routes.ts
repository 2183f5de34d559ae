import type { Route } from './route.ts';
import { breakGlassRoute } from './routes/break-glass.ts';
import { approveJobRoute, cancelJobRoute, rejectJobRoute } from './routes/decisions.ts';
import { freezeRoute, getFreezeRoute, unfreezeRoute } from './routes/freeze.ts';
import { getJobRoute, getTimelineRoute, listJobsRoute } from './routes/jobs.ts';
import { planJobRoute } from './routes/plan-job.ts';
import { getReadinessRoute, listReadinessRoute } from './routes/readiness.ts';
import { getReportPageRoute, getReportRoute } from './routes/reports.ts';
import { getRunbookRoute, listRunbooksRoute } from './routes/runbooks.ts';
import { startJobRoute } from './routes/start-job.ts';

/** Every route of the API but the document that describes them. */
export const ROUTES: readonly Route[] = [
  startJobRoute,
  breakGlassRoute,
  listJobsRoute,
  getJobRoute,
  getTimelineRoute,
  getReportRoute,
  getReportPageRoute,
  approveJobRoute,
  rejectJobRoute,
  cancelJobRoute,
  planJobRoute,
  getFreezeRoute,
  freezeRoute,
  unfreezeRoute,
  listRunbooksRoute,
  getRunbookRoute,
  listReadinessRoute,
  getReadinessRoute,
];
