import { isoTime } from '../../clock.ts';
import { isFinal } from '../../jobs/status.ts';
import { buildReport } from '../../report/build-report.ts';
import { renderReport } from '../../report/html.ts';
import { REPORT_FORMAT, type Report } from '../../report/report.ts';
import { defineRoute } from '../define-route.ts';
import type { HttpHost } from '../host.ts';
import { reportSchema } from '../schemas/answers.ts';
import { oneJob } from './jobs.ts';

const DESCRIPTION =
  'As it was kept when the job ended; of a job that has not ended, or whose report is missing, as it stands now.';

/** `GET /v1/jobs/{jobId}/report` */
export const getReportRoute = defineRoute(
  {
    method: 'GET',
    path: '/v1/jobs/{jobId}/report',
    operationId: 'getReport',
    summary: 'Read the report of a job',
    description: `Gives the facts of a job's report. ${DESCRIPTION}`,
    scope: 'read',
    params: oneJob,
    answers: { 200: { description: 'The facts', schema: reportSchema } },
    problems: ['job-not-found'],
  },
  async ({ params: { jobId } }, host) => ({ status: 200, body: await reportOf(jobId, host) }),
);

/** `GET /v1/jobs/{jobId}/report.html` */
export const getReportPageRoute = defineRoute(
  {
    method: 'GET',
    path: '/v1/jobs/{jobId}/report.html',
    operationId: 'getReportPage',
    summary: 'Read the report of a job as a page',
    description: `Gives the report of a job as an HTML page that needs nothing else. ${DESCRIPTION}`,
    scope: 'read',
    params: oneJob,
    answers: { 200: { description: 'The page', mediaType: 'text/html' } },
    problems: ['job-not-found'],
  },
  async ({ params: { jobId } }, host) => ({
    status: 200,
    body: renderReport(await reportOf(jobId, host)),
  }),
);

async function reportOf(jobId: string, host: HttpHost): Promise<Report> {
  const job = await host.jobs.get(jobId);
  const kept = isFinal(job.status) ? await host.report(jobId) : undefined;
  if (isReport(kept, jobId)) return kept;
  const timeline = await host.jobs.timeline(jobId);
  const latest = Math.max(
    host.clock.now(),
    Date.parse(job.updatedAt),
    ...timeline.map(({ at }) => Date.parse(at)),
  );
  return buildReport(job, timeline, isoTime(latest));
}

/** Whether facts that were kept are those of this job, as this version writes them. */
function isReport(kept: unknown, jobId: string): kept is Report {
  if (typeof kept !== 'object' || kept === null) return false;
  const { format, jobId: of } = kept as { readonly format?: unknown; readonly jobId?: unknown };
  return format === REPORT_FORMAT && of === jobId;
}
