import { jsonText } from '../core/visible-text.ts';
import type { JobOutlook } from '../core/commands/job-outlook.ts';
import { isCutoverJob, type Job } from '../core/jobs/job.ts';
import { writeStopSeconds } from '../core/jobs/write-stop.ts';

/**
 * A job as programs are given it: everything but the count of its writes and the token, which only the host needs. A cutover
 * has `writeStopSeconds` besides: whole seconds, or null when writes were not stopped or are not back. With an outlook it says how long
 * the work in Atlas still takes. `interrupted` is true for a job that no process works on.
 */
export function jobDocument(job: Job, outlook?: JobOutlook, interrupted = false): string {
  const measured = isCutoverJob(job) ? { writeStopSeconds: writeStopSeconds(job) } : {};
  return jsonText(
    {
      ...job,
      simulated: job.simulation !== undefined,
      ...measured,
      outlook,
      ...(interrupted && { interrupted }),
      version: undefined,
      taskToken: undefined,
    },
    2,
  );
}
