import { jobName } from '../jobs/simulated.ts';
import { isoTime, secondsBetween, unlessAhead } from '../clock.ts';
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
import { endOfGoneRestore } from './gone-restore.ts';
import { GONE_POLL_SECONDS, isGone, seenAgain } from './gone.ts';
import { RestoreFailedError, RestoreTimeLimitError, RestoreUnsettledError } from './errors.ts';
import { stopIfLate } from './stopping.ts';
import { maySeeLater, noteUnseen } from './unseen.ts';
import { restoreClass } from './work-class.ts';

/**
 * Polls until Atlas has finished the restore. A restore job that Atlas no longer knows has not failed for that: its end is looked for
 * in the event log (gone-restore.ts).
 *
 * @throws RestoreFailedError, RestoreOutcomeUnknownError, RestoreTimeLimitError, JobTimeLimitError
 */
export const followRestore = advancingTask(
  forRestores(async (job, context) => {
    const { restoreJobId } = job.atlas;
    if (restoreJobId === undefined) {
      throw new RestoreUnsettledError(
        `Job ${jobName(job)} follows a restore, but has no restore job in Atlas.`,
      );
    }
    const now = isoTime(context.clock.now());
    const elapsed = secondsBetween(job.restoreIntent?.at ?? job.createdAt, now);
    const plan = planLooks(await context.jobs.durations(restoreClass(job)));
    const restore = await readRestore(job, restoreJobId, now, context);
    const later = (seconds: number) => {
      stopIfTooLong(job, restoreJobId, elapsed);
      stopIfLate(job, context);
      return wait(seconds);
    };
    if (restore === 'gone') {
      // However late it is: that it is gone has to be sure before anything is concluded from it.
      if (!(await isGone(job, `Restore job ${restoreJobId}`, context))) return wait(GONE_POLL_SECONDS);
      const endedAt = await endOfGoneRestore(job, restoreJobId, context);
      if (endedAt === undefined) return later(GONE_POLL_SECONDS);
      await recordGone(job, restoreJobId, endedAt, context);
      return GO;
    }
    if (restore === undefined) return later(plan.waitSeconds(elapsed));
    const known = await seenAgain(job, context);
    if (restore.outcome === 'running') return later(plan.waitSeconds(elapsed));
    if (restore.outcome !== 'finished') throw failed(known, restore);
    await context.jobs.learnDuration(restoreClass(job), job.jobId, durationOf(job, restore, elapsed, plan));
    await recordFinish(known, restore, now, context);
    return GO;
  }),
);

/**
 * The restore job; undefined when it can't be read now, because a restore of hours outlives an Atlas that does not answer for a while,
 * or lets nobody read; `gone` where Atlas does not know it. The limits of the runbook end the waiting.
 */
async function readRestore(
  job: RestoreJob,
  restoreJobId: string,
  now: string,
  context: TaskContext,
): Promise<RestoreState | 'gone' | undefined> {
  try {
    const backups = await backupsOf(job.runbook.source, context.atlas);
    const { finishedAt, ...restore } = await backups.restore(restoreJobId);
    const ended = unlessAhead(finishedAt, now);
    return ended === undefined ? restore : { ...restore, finishedAt: ended };
  } catch (error) {
    if (error instanceof AtlasError && error.status === 404) return 'gone';
    if (!maySeeLater(error)) throw error;
    await noteUnseen(job, { what: 'restore', title: 'The restore' }, error, context);
    return undefined;
  }
}

/** Goes on by the event log's word; the verification can't confirm the restore job, so that the job can't pass. */
async function recordGone(
  job: RestoreJob,
  restoreJobId: string,
  endedAt: string,
  context: TaskContext,
): Promise<void> {
  const now = isoTime(context.clock.now());
  const phases = begin(end(job.phases, 'restore', now), 'verify', now);
  await saveJob(job, { atlas: { ...job.atlas, restoreFinishedAt: endedAt }, phases }, context);
  await context.jobs.append(job.jobId, {
    at: now,
    type: 'restore-finished',
    once: 'restore-finished',
    message: `Atlas no longer knows restore job ${restoreJobId}; its event log says that a restore onto the target succeeded at ${endedAt}.`,
    data: { restoreJobId, finishedAt: endedAt, seen: now, by: 'event' },
  });
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
    // A download has no finishing time in Atlas, and that of another restore may be unreadable: that it was seen done is the best there is.
    restoreFinishedAt: restore.finishedAt ?? now,
    ...(restore.linkExpiresAt !== undefined && { downloadExpiresAt: restore.linkExpiresAt }),
  };
  const phases = begin(end(job.phases, 'restore', now), 'verify', now);
  await saveJob(job, { atlas, phases }, context);
  await context.jobs.append(job.jobId, {
    at: now,
    type: 'restore-finished',
    once: 'restore-finished',
    message: finishText(job, restore, now),
    data: { restoreJobId: restore.id, finishedAt: restore.finishedAt ?? null, seen: now },
  });
}

function finishText(
  { runbook }: RestoreJob,
  { linkExpiresAt, finishedAt }: RestoreState,
  now: string,
): string {
  if (runbook.delivery === 'download')
    return `The download is ready; its link expires at ${linkExpiresAt ?? 'an unknown time'}.`;
  return finishedAt === undefined
    ? `Atlas says that the restore is finished, and not when; that was read at ${now}.`
    : `Atlas finished the restore at ${finishedAt}.`;
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
      next: adviceAfter(restore.outcome),
    },
  );
}

function adviceAfter(outcome: RestoreState['outcome']): string {
  switch (outcome) {
    case 'cancelled':
      return 'Find out from the project events in Atlas who cancelled it, then run it again.';
    case 'expired':
      return 'Run it again, and use the link while it is good.';
    default:
      return 'Check the project events in Atlas, then run it again or ask MongoDB support.';
  }
}

function word(outcome: RestoreState['outcome']): string {
  return outcome === 'cancelled' ? 'was cancelled' : outcome;
}
