import { sideOf } from '../jobs/cutover-record.ts';
import { isCutoverJob, isRestoreJob, type CutoverJob, type Job } from '../jobs/job.ts';
import { failsJob, stepsOf } from '../jobs/steps.ts';
import { isWriteStopBegun } from '../jobs/write-stop.ts';
import { clusterName } from '../runbooks/cluster.ts';

/** What to do after a cancelled job that left nothing behind. */
export const RUN_AGAIN = 'Run the runbook again when you are ready.';

/**
 * What to do after a job that was cancelled, as an imperative sentence, by what its record shows. For a restore that was asked
 * for it is the advice as long as nobody has looked what became of it.
 */
export function nextAfterCancel(job: Job): string {
  if (isCutoverJob(job)) return nextAfterCutover(job);
  const { restoreIntent, runbook } = isRestoreJob(job) ? job : {};
  if (restoreIntent === undefined || runbook?.target === undefined) return RUN_AGAIN;
  return `Look in Atlas what became of the restore before anything uses ${clusterName(runbook.target)}.`;
}

/** Where Lifeboat has tried to let the application write again, and could not. */
const RESUME_BY_HAND =
  'Let the application write to the source again by hand, as a step of resumeWrites failed; then run the runbook again when you are ready.';

function hasFailedToResume(job: CutoverJob): boolean {
  return stepsOf(job, 'resumeWrites').some((step) => failsJob(step, job.runbook));
}

function nextAfterCutover(job: CutoverJob): string {
  const { cutover, runbook } = job;
  const stopped = isWriteStopBegun(job) && cutover.writesBackAt === undefined;
  const writes = stopped ? ': writes are still stopped' : '';
  switch (sideOf(cutover)) {
    case 'before':
      return stopped && hasFailedToResume(job) ? RESUME_BY_HAND : RUN_AGAIN;
    case 'unknown':
      return `Look at live migration ${runbook.migration} in Atlas before anything writes again, then follow the rollback procedure of the runbook or finish by hand what it leaves undone${writes}.`;
    case 'after':
  }
  if (cutover.writesBackAt !== undefined)
    return 'Finish by hand what the runbook leaves undone: the application writes to the target.';
  if (cutover.completedAt === undefined && cutover.foundCutOverAt === undefined)
    return `Look in Atlas until live migration ${runbook.migration} is over, then follow the rollback procedure of the runbook or finish by hand what it leaves undone${writes}.`;
  return `Follow the rollback procedure of the runbook, or finish by hand what it leaves undone${writes}.`;
}
