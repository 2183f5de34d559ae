import { isoTime } from '../clock.ts';
import { JobConflictError } from '../jobs/errors.ts';
import type { Job } from '../jobs/job.ts';
import { isFinal } from '../jobs/status.ts';
import type { TaskContext } from './context.ts';

/** How often somebody else may write the job between a read and a write here. */
const MOST_ROUNDS = 5;

/**
 * Writes what came of something that this delivery did or saw, also when somebody else, such as a request to cancel, has
 * written the job meanwhile: what Atlas was asked for must not be forgotten for that. A job that another process has closed by
 * then is given back as it is.
 *
 * @param change the job as it then stands, changed; undefined when there is nothing to write any more.
 */
export async function amend<Kind extends Job>(
  job: Kind,
  change: (current: Kind) => Kind | undefined,
  context: TaskContext,
): Promise<Kind> {
  let current = job;
  for (let round = 1; ; round += 1) {
    const changed = change(current);
    if (changed === undefined) return current;
    try {
      return await context.jobs.save({ ...changed, updatedAt: isoTime(context.clock.now()) });
    } catch (error) {
      if (!(error instanceof JobConflictError) || round >= MOST_ROUNDS) throw error;
      // A job stays of its kind.
      current = (await context.jobs.get(job.jobId)) as Kind;
      // A job that was closed meanwhile stays as it was reported.
      if (isFinal(current.status)) return current;
    }
  }
}
