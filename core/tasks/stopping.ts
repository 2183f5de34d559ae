import { isoTime, secondsBetween } from '../clock.ts';
import { isAccomplished } from '../jobs/course.ts';
import type { Job } from '../jobs/job.ts';
import { jobName } from '../jobs/simulated.ts';
import type { TaskContext } from './context.ts';
import { GuardsTimeLimitError, JobCancelledError, JobHasFailedError, JobTimeLimitError } from './errors.ts';
import { RUN_AGAIN } from './next-after-cancel.ts';

/** @throws JobCancelledError when somebody asked the job to stop. */
export function stopIfCancelled(job: Job): void {
  if (job.cancel === undefined) return;
  throw new JobCancelledError(`Job ${jobName(job)} was cancelled by ${job.cancel.by}: ${job.cancel.reason}`, {
    next: RUN_AGAIN,
  });
}

/**
 * A second process that works on the job must not begin what the first has told people will not be done.
 *
 * @throws JobHasFailedError when a failure of the job is on record: what is left of it is cleaning up.
 */
export function stopIfFailed(job: Job): void {
  const { failure } = job;
  if (failure === undefined) return;
  throw new JobHasFailedError(`Job ${jobName(job)} has failed at ${failure.at}: ${failure.message}`, {
    ...(failure.next !== undefined && { next: failure.next }),
  });
}

/**
 * Once the data is back, stopping would only keep it from being verified: what comes after has limits of its own.
 *
 * @throws JobTimeLimitError when the job is over its time.
 */
export function stopIfLate(job: Job, context: TaskContext): void {
  if (isAccomplished(job)) return;
  const limit = job.runbook.timeouts.job;
  const startedAt = job.startedAt ?? job.createdAt;
  if (secondsBetween(startedAt, isoTime(context.clock.now())) <= limit) return;
  throw new JobTimeLimitError(`Job ${jobName(job)} ran longer than its limit of ${limit} s (timeouts.job).`, {
    next: 'Raise timeouts.job in the runbook, or find out why it took so long.',
  });
}

/**
 * Guards and the steps of `ready` change nothing yet, so there is no harm in stopping them.
 *
 * @throws GuardsTimeLimitError when they are over theirs.
 */
export function stopIfGuardsLate(job: Job, context: TaskContext): void {
  const { guard } = job.phases;
  if (guard === undefined || guard.endedAt !== undefined) return;
  const limit = job.runbook.timeouts.guards;
  if (secondsBetween(guard.startedAt, isoTime(context.clock.now())) <= limit) return;
  throw new GuardsTimeLimitError(
    `The guards and the steps of ready of job ${jobName(job)} took longer than ${limit} s (timeouts.guards).`,
    { next: 'Find out in the timeline what they waited for; raise timeouts.guards if that is only slow.' },
  );
}
