import { isoTime } from '../../clock.ts';
import { LifeboatError } from '../../errors.ts';
import type { CutoverJob } from '../../jobs/job.ts';
import type { TaskContext } from '../context.ts';
import { readNow, type Reading } from './reading.ts';

/** What is looked at, as the timeline tells it. */
const SUBJECTS = { migration: 'The live migration', cutover: 'The cutover' } as const;

/**
 * The migration; undefined while Atlas does not answer, which a migration of days outlives. That is told once for each reason.
 *
 * @throws what another look would not change.
 */
export async function readOrLater(
  job: CutoverJob,
  subject: keyof typeof SUBJECTS,
  context: TaskContext,
): Promise<Reading | undefined> {
  try {
    return await readNow(job, context);
  } catch (error) {
    if (!(error instanceof LifeboatError) || !error.retryable) throw error;
    await context.jobs.append(job.jobId, {
      at: isoTime(context.clock.now()),
      type: `${subject}-unseen`,
      once: `${subject}-unseen-${error.name}`,
      message: `${SUBJECTS[subject]} could not be looked at; it is tried again and again. ${error.message}`,
    });
    return undefined;
  }
}
