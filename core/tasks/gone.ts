import { isoTime, secondsBetween } from '../clock.ts';
import type { Job } from '../jobs/job.ts';
import type { TaskContext } from './context.ts';
import { saveJob } from './define-task.ts';

/** Seconds for which Atlas must have answered 404 to every poll before that is believed: one alone may be a reader that is behind. */
const GONE_SECONDS = 600;

/** Seconds between polls for something that Atlas does not know. */
export const GONE_POLL_SECONDS = 60;

/**
 * Whether Atlas has not known what a job follows for so long that it is gone. Writes down when it was first missed, and says so in the
 * timeline.
 *
 * @param what is missing, as the beginning of a sentence: `Restore job …`.
 */
export async function isGone(job: Job, what: string, context: TaskContext): Promise<boolean> {
  const now = isoTime(context.clock.now());
  if (job.missingSince !== undefined) return secondsBetween(job.missingSince, now) > GONE_SECONDS;
  await saveJob(job, { missingSince: now }, context);
  await context.jobs.append(job.jobId, {
    at: now,
    type: 'not-found-in-atlas',
    once: `not-found-in-atlas-${now}`,
    message: `${what} is not known to Atlas (404). It is polled for ${GONE_SECONDS} s more before that is believed.`,
  });
  return false;
}

/** The job once Atlas knows again what it follows. */
export async function seenAgain<One extends Job>(job: One, context: TaskContext): Promise<One> {
  if (job.missingSince === undefined) return job;
  const { missingSince, ...rest } = job;
  await context.jobs.append(job.jobId, {
    at: isoTime(context.clock.now()),
    type: 'found-again-in-atlas',
    once: `found-again-in-atlas-${missingSince}`,
    message: `Atlas knows again what it had not known since ${missingSince}.`,
  });
  return saveJob(rest as One, {}, context);
}
