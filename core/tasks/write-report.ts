import { isoTime } from '../clock.ts';
import { buildReport } from '../report/build-report.ts';
import { anyTask } from './define-task.ts';

/**
 * Writes the report of a job that has ended. Runs after closing, so that the report holds the last event's hash.
 *
 * @throws ReportUnwritableError
 */
export const writeReport = anyTask(async (job, context) => {
  const timeline = await context.jobs.timeline(job.jobId);
  await context.reports.put(buildReport(job, timeline, isoTime(context.clock.now())));
  return { next: job.status === 'SUCCEEDED' ? 'done' : 'failed' };
});
