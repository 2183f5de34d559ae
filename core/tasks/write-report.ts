import { isoTime } from '../clock.ts';
import { buildReport } from '../report/build-report.ts';
import { quietTask } from './define-task.ts';

/**
 * Writes the report of a job that has ended. Runs after closing, so that the report holds the last event's hash; and tells
 * nobody, which would be an event more.
 *
 * @throws ReportUnwritableError
 */
export const writeReport = quietTask(async (job, context) => {
  const timeline = await context.jobs.timeline(job.jobId);
  await context.reports.put(buildReport(job, timeline, isoTime(context.clock.now())));
  return { next: job.status === 'SUCCEEDED' ? 'done' : 'failed' };
});
