import { isoTime, type Clock } from '../clock.ts';
import { LifeboatError } from '../errors.ts';
import { endEvent } from '../jobs/end-event.ts';
import type { Job, JobFailure } from '../jobs/job.ts';
import { newJob } from '../jobs/new-job.ts';
import type { JobStore } from '../jobs/store.ts';
import { KIND_TITLES } from '../runbooks/undertaking.ts';
import type { StartRequest } from './start-job.ts';

/** A run that was due was not begun. */
export class ScheduledRunSkippedError extends LifeboatError {
  override readonly name = 'ScheduledRunSkippedError';
  override readonly retryable = false;
}

/** Whether a job is the record of a run that was due and was not begun. */
export function wasSkipped({ failure }: Job): boolean {
  return failure?.name === 'ScheduledRunSkippedError';
}

/** Who cancels the jobs that a schedule skips. */
const SCHEDULE = 'the schedule';

/**
 * Writes the record of a job that was due and is not going to be run, so that the history tells why there is none. It is
 * cancelled before it began.
 *
 * @param reason why, as a sentence.
 * @throws JobExistsError, HistoryUnavailableError
 */
export async function skipRun(
  request: StartRequest,
  reason: string,
  jobs: JobStore,
  clock: Clock,
): Promise<Job> {
  const at = isoTime(clock.now());
  const { kind, name } = request.runbook;
  const skipped = new ScheduledRunSkippedError(
    `${KIND_TITLES[kind]} "${name}" was due and was not run. ${reason}`,
    { changed: 'Nothing was changed.', next: 'Run the runbook yourself, or leave it to the next time.' },
  );
  const job: Job = {
    ...newJob({ ...request, now: at }),
    status: 'CANCELLED',
    verdict: 'failed',
    endedAt: at,
    cancel: { at, by: SCHEDULE, reason },
    failure: { at, name: skipped.name, message: skipped.message, ...adviceOf(skipped) },
  };
  await jobs.create(job);
  await jobs.append(job.jobId, endEvent(job, at));
  return job;
}

function adviceOf({ changed, next }: LifeboatError): Pick<JobFailure, 'changed' | 'next'> {
  return { ...(changed !== undefined && { changed }), ...(next !== undefined && { next }) };
}
