import { isoTime, secondsBetween } from '../clock.ts';
import type { Duration } from '../durations.ts';
import { AtlasError } from '../atlas/errors.ts';
import type { RestoreState } from '../backups/backups.ts';
import { backupsOf } from '../backups/backups-of.ts';
import type { RestoreJob } from '../jobs/job.ts';
import { begin, end } from '../jobs/phases.ts';
import { planLooks, type LookPlan } from '../polling/look-plan.ts';
import { seenDuration, toldDuration } from '../polling/observed-duration.ts';
import { clusterName } from '../runbooks/cluster.ts';
import type { TaskContext } from './context.ts';
import { advancingTask, forRestores, GO, saveJob, wait } from './define-task.ts';
import { RestoreFailedError, RestoreTimeLimitError, RestoreUnsettledError } from './errors.ts';
import { stopIfLate } from './stopping.ts';
import { maySeeLater, noteUnseen } from './unseen.ts';
import { restoreClass } from './work-class.ts';

/** Seconds for which a new restore job may be unknown to Atlas's readers. */
const NEW_JOB_SECONDS = 120;

/**
 * Looks whether Atlas has finished the restore.
 *
 * @throws RestoreFailedError, RestoreTimeLimitError, JobTimeLimitError
 */
export const followRestore = advancingTask(
  forRestores(async (job, context) => {
    const { restoreJobId } = job.atlas;
    if (restoreJobId === undefined) {
      throw new RestoreUnsettledError(`Job ${job.jobId} follows a restore, but has no restore job in Atlas.`);
    }
    const now = isoTime(context.clock.now());
    const elapsed = secondsBetween(job.restoreIntent?.at ?? job.createdAt, now);
    const plan = planLooks(await context.jobs.durations(restoreClass(job)));
    const restore = await readRestore(job, restoreJobId, elapsed, context);
    if (restore === undefined || restore.outcome === 'running') {
      stopIfTooLong(job, restoreJobId, elapsed);
      stopIfLate(job, context);
      return wait(plan.waitSeconds(elapsed));
    }
    if (restore.outcome !== 'finished') throw failed(job, restore);
    await context.jobs.learnDuration(restoreClass(job), job.jobId, durationOf(job, restore, elapsed, plan));
    await recordFinish(job, restore, now, context);
    return GO;
  }),
);

/**
 * The restore job; undefined when it can't be seen now: a job just made may not be known everywhere in Atlas yet, and a
 * restore of hours outlives an Atlas that does not answer for a while, or lets nobody look. The limits of the runbook end the
 * waiting.
 */
async function readRestore(
  job: RestoreJob,
  restoreJobId: string,
  elapsed: number,
  context: TaskContext,
): Promise<RestoreState | undefined> {
  try {
    const backups = await backupsOf(job.runbook.source, context.atlas);
    return await backups.restore(restoreJobId);
  } catch (error) {
    if (error instanceof AtlasError && error.status === 404 && elapsed < NEW_JOB_SECONDS) return undefined;
    if (!maySeeLater(error)) throw error;
    await noteUnseen(job, { what: 'restore', title: 'The restore' }, error, context);
    return undefined;
  }
}

/** How long the restore took: by what Atlas says, or for a download by when it was seen done. */
function durationOf(
  job: RestoreJob,
  { finishedAt }: RestoreState,
  elapsed: number,
  plan: LookPlan,
): Duration {
  const { restoreIntent } = job;
  if (finishedAt === undefined || restoreIntent === undefined) return seenDuration(elapsed, plan);
  return toldDuration(secondsBetween(restoreIntent.at, finishedAt));
}

async function recordFinish(
  job: RestoreJob,
  restore: RestoreState,
  now: string,
  context: TaskContext,
): Promise<void> {
  const atlas = {
    ...job.atlas,
    // A download has no finishing time in Atlas; that it was seen done is the best there is.
    restoreFinishedAt: restore.finishedAt ?? now,
    ...(restore.linkExpiresAt !== undefined && { downloadExpiresAt: restore.linkExpiresAt }),
  };
  const phases = begin(end(job.phases, 'restore', now), 'verify', now);
  await saveJob(job, { atlas, phases }, context);
  await context.jobs.append(job.jobId, {
    at: now,
    type: 'restore-finished',
    once: 'restore-finished',
    message:
      restore.delivery === 'download'
        ? `The download is ready; its link expires at ${restore.linkExpiresAt ?? 'an unknown time'}.`
        : `Atlas finished the restore at ${atlas.restoreFinishedAt}.`,
    data: { restoreJobId: restore.id, finishedAt: restore.finishedAt ?? null, seen: now },
  });
}

function stopIfTooLong(job: RestoreJob, restoreJobId: string, elapsed: number): void {
  const limit = job.runbook.timeouts.restore;
  if (elapsed <= limit) return;
  throw new RestoreTimeLimitError(
    `Atlas had not finished restore job ${restoreJobId} after ${limit} s (timeouts.restore).`,
    {
      next: `Look at restore job ${restoreJobId} in Atlas; raise timeouts.restore if it is only slow.`,
    },
  );
}

function failed(job: RestoreJob, restore: RestoreState): RestoreFailedError {
  const { source, target } = job.runbook;
  const onto = target === undefined ? 'for download' : `onto ${clusterName(target)}`;
  return new RestoreFailedError(
    `Atlas says that restore job ${restore.id} of ${clusterName(source)} ${onto} ${word(restore.outcome)}; it gives no reason.`,
    {
      next: 'Look at the project events in Atlas, then run it again or ask MongoDB support.',
    },
  );
}

function word(outcome: RestoreState['outcome']): string {
  return outcome === 'cancelled' ? 'was cancelled' : outcome;
}
