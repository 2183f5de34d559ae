import { isoTime } from '../clock.ts';
import type { Job } from '../jobs/job.ts';
import { isFinal } from '../jobs/status.ts';
import { update } from '../jobs/update.ts';
import type { TaskContext } from './context.ts';

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
  return update(async (again) => {
    // A job stays of its kind.
    const current = again ? ((await context.jobs.get(job.jobId)) as Kind) : job;
    // A job that was closed meanwhile stays as it was reported.
    if (again && isFinal(current.status)) return current;
    const changed = change(current);
    if (changed === undefined) return current;
    return context.jobs.save({ ...changed, updatedAt: isoTime(context.clock.now()) });
  });
}
