import { isRestoreJob, type Job } from '../core/jobs/job.ts';
import { isFinal } from '../core/jobs/status.ts';
import { hasEnded, stepsOf } from '../core/jobs/steps.ts';

/**
 * Whether what is left to do for a job asks anything of Atlas. A job that stops asks what became of its request to
 * restore, and runs its steps of `cleanup` once something may have been changed; one that has ended asks nothing.
 *
 * @param stopping it is about to be cancelled.
 */
export function needsAtlas(job: Job, stopping: boolean): boolean {
  if (isFinal(job.status)) return false;
  if (!stopping && job.cancel === undefined && job.failure === undefined) return true;
  if (isRestoreJob(job) ? job.restoreIntent !== undefined : job.guardsPassedAt !== undefined) return true;
  return job.guardsPassedAt !== undefined && !stepsOf(job, 'cleanup').every(hasEnded);
}
