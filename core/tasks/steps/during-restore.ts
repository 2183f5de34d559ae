import { isoTime } from '../../clock.ts';
import { isRestoreJob, type Job } from '../../jobs/job.ts';
import type { StepOfJob } from '../../jobs/steps.ts';
import { clusterName, type ClusterRef } from '../../runbooks/cluster.ts';
import { projectOf } from '../../runbooks/steps/kind.ts';
import type { StepLibrary } from '../../steps/library.ts';
import type { TaskContext } from '../context.ts';

/**
 * The target that Atlas may still be restoring onto; undefined when no restore was asked for, it finished, or Atlas said
 * that it failed.
 */
function targetUnderRestore(job: Job): ClusterRef | undefined {
  if (!isRestoreJob(job)) return undefined;
  const { restoreIntent, atlas, failure, runbook } = job;
  const over = atlas.restoreFinishedAt !== undefined || failure?.name === 'RestoreFailedError';
  return restoreIntent === undefined || over ? undefined : runbook.target;
}

/** Why a step of cleanup that destroys is not sent while the restore may be under way; undefined when it may be sent. */
export function duringRestore(
  { stage, step }: StepOfJob,
  job: Job,
  library: StepLibrary,
): string | undefined {
  const target = targetUnderRestore(job);
  const kind = library.kinds.get(step.use);
  if (stage !== 'cleanup' || target === undefined || kind?.destroys !== true) return undefined;
  if (projectOf(kind, step.with, job.runbook) !== target.project) return undefined;
  return `It destroys, and the restore may be under way onto ${clusterName(target)}, so it was not carried out. Once Atlas has finished, do it by hand.`;
}

/** Writes to the timeline, once, that the clean-up runs while Atlas may still be restoring. */
export async function noteDuringRestore(job: Job, context: TaskContext): Promise<void> {
  const target = targetUnderRestore(job);
  if (target === undefined) return;
  const { restoreJobId } = job.atlas;
  await context.jobs.append(job.jobId, {
    at: isoTime(context.clock.now()),
    type: 'cleanup-during-restore',
    once: 'cleanup-during-restore',
    message: `The clean-up runs while the restore may be under way onto ${clusterName(target)}; what would destroy something there is left out.`,
    data: { restoreJobId: restoreJobId ?? null },
  });
}
