import { isoTime, secondsBetween } from '../clock.ts';
import { AtlasError } from '../atlas/errors.ts';
import type { Backups, RestoreState } from '../backups/backups.ts';
import { backupsOf } from '../backups/backups-of.ts';
import type { Job } from '../jobs/job.ts';
import { begin, end } from '../jobs/phases.ts';
import { nextLookSeconds } from '../polling/next-look.ts';
import { clusterName } from '../runbooks/cluster.ts';
import type { TaskContext } from './context.ts';
import { advancingTask, GO, saveJob, wait } from './define-task.ts';
import { RestoreFailedError, RestoreUnsettledError, TimeLimitError } from './errors.ts';

/** Seconds for which a new restore job may be unknown to Atlas's readers. */
const NEW_JOB_SECONDS = 120;

/**
 * Looks whether Atlas has finished the restore.
 *
 * @throws RestoreFailedError, TimeLimitError
 */
export const followRestore = advancingTask(async (job, context) => {
  const { restoreJobId } = job.atlas;
  if (restoreJobId === undefined) {
    throw new RestoreUnsettledError(`Job ${job.jobId} follows a restore, but has no restore job in Atlas.`);
  }
  const backups = await backupsOf(job.runbook.source, context.atlas);
  const now = isoTime(context.clock.now());
  const elapsed = secondsBetween(job.restoreIntent?.at ?? job.createdAt, now);
  const restore = await readRestore(restoreJobId, backups, elapsed);
  if (restore === undefined) return wait(nextLookSeconds(elapsed));
  if (restore.outcome === 'running') {
    stopIfTooLong(job, restore, elapsed);
    return wait(nextLookSeconds(elapsed));
  }
  if (restore.outcome !== 'finished') throw failed(job, restore);
  await recordFinish(job, restore, now, context);
  return GO;
});

/** A job just made may not be known everywhere in Atlas yet: undefined then, rather than a failure. */
async function readRestore(id: string, backups: Backups, elapsed: number): Promise<RestoreState | undefined> {
  try {
    return await backups.restore(id);
  } catch (error) {
    if (error instanceof AtlasError && error.status === 404 && elapsed < NEW_JOB_SECONDS) return undefined;
    throw error;
  }
}

async function recordFinish(
  job: Job,
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

function stopIfTooLong(job: Job, restore: RestoreState, elapsed: number): void {
  const limit = job.runbook.timeouts.restore;
  if (elapsed <= limit) return;
  throw new TimeLimitError(
    `Atlas had not finished restore job ${restore.id} after ${limit} s (timeouts.restore).`,
    {
      next: `Look at restore job ${restore.id} in Atlas; raise timeouts.restore if it is only slow.`,
    },
  );
}

function failed(job: Job, restore: RestoreState): RestoreFailedError {
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
