import { JobConflictError } from '../../jobs/errors.ts';
import { isCutoverJob, type CutoverJob } from '../../jobs/job.ts';
import type { TaskContext } from '../context.ts';
import { saveJob } from '../define-task.ts';

/** How often somebody else may write the job between a read and a write here. */
const MOST_ROUNDS = 5;

/**
 * Writes what came of something that this delivery did or saw, also when somebody else, such as a request to cancel, has
 * written the job meanwhile: what Atlas was asked for must not be forgotten for that.
 *
 * @param change the changes to the job as it then stands; undefined when there is nothing to write any more.
 */
export async function amend(
  job: CutoverJob,
  change: (current: CutoverJob) => Partial<CutoverJob> | undefined,
  context: TaskContext,
): Promise<CutoverJob> {
  let current = job;
  for (let round = 1; ; round += 1) {
    const changes = change(current);
    if (changes === undefined) return current;
    try {
      return await saveJob(current, changes, context);
    } catch (error) {
      if (!(error instanceof JobConflictError) || round >= MOST_ROUNDS) throw error;
      const read = await context.jobs.get(job.jobId);
      if (!isCutoverJob(read)) throw error;
      current = read;
    }
  }
}
