import { isoTime } from '../../clock.ts';
import { isCutoverJob, isRestoreJob, type CutoverJob, type Job } from '../../jobs/job.ts';
import type { StepOfJob } from '../../jobs/steps.ts';
import { clusterName, type ClusterRef } from '../../runbooks/cluster.ts';
import { projectOf } from '../../steps/protocol/step-kind.ts';
import type { StepLibrary } from '../../steps/protocol/step-kind.ts';
import type { TaskContext } from '../context.ts';

/**
 * The target that Atlas may still be restoring onto, or cutting a migration over into; undefined when that was not asked for, it
 * is over, or Atlas said that it failed.
 */
function targetUnderWay(job: Job): ClusterRef | undefined {
  if (isCutoverJob(job)) return targetUnderCutover(job);
  if (!isRestoreJob(job)) return undefined;
  const { restoreIntent, atlas, failure, runbook } = job;
  const over = atlas.restoreFinishedAt !== undefined || failure?.name === 'RestoreFailedError';
  return restoreIntent === undefined || over ? undefined : runbook.target;
}

function targetUnderCutover({ cutover, failure, runbook }: CutoverJob): ClusterRef | undefined {
  const over = cutover.completedAt !== undefined || failure?.name === 'CutoverFailedError';
  return cutover.intent === undefined || over ? undefined : runbook.target;
}

/** What Atlas may be doing, for a person. */
function workOf(job: Job): string {
  return isCutoverJob(job) ? 'cutover' : 'restore';
}

/** Why a step of cleanup that destroys is not sent while Atlas may be at work on the target; undefined when it may be sent. */
export function duringRestore(
  { stage, step }: StepOfJob,
  job: Job,
  library: StepLibrary,
): string | undefined {
  const target = targetUnderWay(job);
  const kind = library.get(step.use);
  if (stage !== 'cleanup' || target === undefined) return undefined;
  if (kind === undefined || kind.destroys === false) return undefined;
  if (projectOf(kind, step.with, job.runbook) !== target.project) return undefined;
  return `It destroys, and the ${workOf(job)} may be under way onto ${clusterName(target)}, so it was not carried out. Once Atlas has finished, do it by hand.`;
}

/** Writes to the timeline, once, that the clean-up runs while Atlas may still be at work on the target. */
export async function noteDuringRestore(job: Job, context: TaskContext): Promise<void> {
  const target = targetUnderWay(job);
  if (target === undefined) return;
  const { restoreJobId } = job.atlas;
  await context.jobs.append(job.jobId, {
    at: isoTime(context.clock.now()),
    type: `cleanup-during-${workOf(job)}`,
    once: `cleanup-during-${workOf(job)}`,
    message: `The clean-up runs while the ${workOf(job)} may be under way onto ${clusterName(target)}; what would destroy something there is left out.`,
    data: { restoreJobId: restoreJobId ?? null },
  });
}
