import { AtlasError, mayHaveTakenEffect } from '../atlas/errors.ts';
import type { Backups, RestoreState } from '../backups/backups.ts';
import { backupsOf } from '../backups/backups-of.ts';
import { isoTime } from '../clock.ts';
import type { RestoreIntent, RestoreJob } from '../jobs/job.ts';
import type { Look } from '../runbooks/check.ts';
import { clusterName } from '../runbooks/cluster.ts';
import type { TaskContext } from './context.ts';
import { saveJob } from './define-task.ts';
import { nextAfterCancel, RUN_AGAIN } from './next-after-cancel.ts';
import { mayBeOverwritten, NOT_OVERWRITTEN, overwritten } from './restore-changes.ts';
import { findRestore, isSettled, type FoundRestore } from './restore-intent.ts';

/** What became of the restore of a job that stops. */
export interface RestoreLeft {
  /** What was overwritten, as a sentence. */
  readonly changed: string;
  /** Set where `changed` is only the worst that may be so. */
  readonly unsure?: true;
  /** Atlas goes on to overwrite the target, or may begin to. */
  readonly goesOn: boolean;
  /** What to do next, should the job have been cancelled, as a sentence. */
  readonly next: string;
}

/**
 * Finds out whether a job that stops has a restore in Atlas, cancels it when it is a download (Atlas cancels no other), and
 * says what was overwritten. Undefined when nobody can tell (yet).
 *
 * @throws the errors of the Atlas client.
 */
export async function leaveRestore(
  job: RestoreJob,
  intent: RestoreIntent,
  context: TaskContext,
): Promise<RestoreLeft | undefined> {
  // What is found was so then or later; until it is written down, another process may have closed the job.
  const at = isoTime(context.clock.now());
  const backups = await backupsOf(job.runbook.source, context.atlas);
  const found = await restoreJobOf(job, intent, backups, context);
  if ('unseen' in found) return undefined;
  if (found.seen === undefined) return noTrace(job, intent, context);
  const { id: restoreJobId, isAssumed } = found.seen;
  if (job.atlas.restoreJobId === undefined) {
    const assumed = isAssumed ? { restoreAssumed: true as const } : {};
    await saveJob(job, { atlas: { ...job.atlas, restoreJobId }, ...assumed }, context);
  }
  const restore = await backups.restore(restoreJobId);
  const { target } = job.runbook;
  if (target !== undefined) return targetAfter(clusterName(target), restore);
  const isCancelled =
    restore.outcome === 'running'
      ? await cancelDownload(restoreJobId, backups)
      : restore.outcome === 'cancelled';
  // Found cancelled, it may be by a process that could not tell of it, or has not yet.
  if (isCancelled) await noteCancelled(job, restoreJobId, at, context);
  const download = isCancelled ? ` Download ${restoreJobId} was cancelled in Atlas.` : '';
  return { changed: `${NOT_OVERWRITTEN}${download}`, goesOn: false, next: RUN_AGAIN };
}

/**
 * A request may show in Atlas late. Once this side has given it up, nobody is kept waiting for it any longer; that it never arrived
 * is not known even then.
 */
function noTrace(job: RestoreJob, intent: RestoreIntent, context: TaskContext): RestoreLeft | undefined {
  if (!isSettled(intent, context)) return undefined;
  return {
    ...mayBeOverwritten(job, intent),
    goesOn: job.runbook.target !== undefined,
    next: nextAfterCancel(job),
  };
}

function restoreJobOf(
  job: RestoreJob,
  intent: RestoreIntent,
  backups: Backups,
  context: TaskContext,
): Promise<Look<FoundRestore | undefined>> {
  const { restoreJobId } = job.atlas;
  return restoreJobId === undefined
    ? findRestore(job, intent, backups, context)
    : Promise.resolve({ seen: { id: restoreJobId, isAssumed: job.restoreAssumed === true } });
}

function targetAfter(target: string, { id, outcome }: RestoreState): RestoreLeft {
  if (outcome === 'running') {
    const changed = `Atlas cannot cancel restore job ${id}: it goes on and overwrites ${target}.`;
    return {
      changed,
      goesOn: true,
      next: `Let nothing use ${target} before Atlas has finished restore job ${id}.`,
    };
  }
  return outcome === 'finished'
    ? {
        changed: overwritten(target, id),
        goesOn: false,
        next: `Look at ${target} before anything uses it: it holds what was restored. Run the runbook again, or finish by hand what it leaves undone.`,
      }
    : {
        changed: `${target} may hold part of the data: do not use it.`,
        goesOn: false,
        next: `Restore ${target} anew before anything uses it: run the runbook again, or restore it by hand.`,
      };
}

/**
 * Whether it is cancelled now: it may have ended meanwhile.
 *
 * @throws the errors of the Atlas client, also where an answer was lost and it is still under way.
 */
async function cancelDownload(restoreJobId: string, backups: Backups): Promise<boolean> {
  try {
    await backups.cancelRestore(restoreJobId);
    return true;
  } catch (error) {
    const isOver = error instanceof AtlasError && (error.status === 404 || error.status === 409);
    if (!isOver && !mayHaveTakenEffect(error)) throw error;
    const { outcome } = await backups.restore(restoreJobId);
    if (outcome === 'running') throw error;
    return outcome === 'cancelled';
  }
}

async function noteCancelled(
  job: RestoreJob,
  restoreJobId: string,
  at: string,
  context: TaskContext,
): Promise<void> {
  await context.jobs.append(job.jobId, {
    at,
    type: 'download-cancelled',
    once: 'download-cancelled',
    message: `Download ${restoreJobId} was cancelled in Atlas.`,
    data: { restoreJobId },
  });
}
