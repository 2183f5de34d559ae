import { isoTime } from '../clock.ts';
import { AtlasError } from '../atlas/errors.ts';
import type { Backups } from '../backups/backups.ts';
import { backupsOf } from '../backups/backups-of.ts';
import type { Look } from '../runbooks/check.ts';
import { clusterName } from '../runbooks/cluster.ts';
import type { Job, RestoreIntent } from '../jobs/job.ts';
import { isFinal } from '../jobs/status.ts';
import type { TaskContext } from './context.ts';
import { anyTask, GO, saveJob } from './define-task.ts';
import { failureFrom } from './errors.ts';
import { findRestore } from './restore-intent.ts';

/**
 * After a failure, a cancellation or a time-out: writes down the reason, finds out whether a restore is under way in Atlas,
 * cancels it when it is a download (Atlas cancels no other), and says what was changed.
 */
export const cleanUp = anyTask(async (job, context, input) => {
  if (isFinal(job.status)) return GO;
  const at = isoTime(context.clock.now());
  const failure = job.failure ?? {
    at,
    ...(input.caught === undefined
      ? { name: 'InternalError', message: 'The workflow was sent to clean up without an error.' }
      : failureFrom(input.caught)),
  };
  const noted = job.failure === undefined ? await saveJob(job, { failure }, context) : job;
  const left = await leaveAtlas(noted, context);
  const changed = [failure.changed, left].filter((part) => part !== undefined && part !== '').join(' ');
  const current = await context.jobs.get(job.jobId);
  await saveJob(current, { failure: { ...failure, ...(changed !== '' && { changed }) } }, context);
  return GO;
});

/** Stops in Atlas what can be stopped. Gives a sentence on what goes on there; nothing when nothing does. */
async function leaveAtlas(job: Job, context: TaskContext): Promise<string | undefined> {
  if (job.restoreIntent === undefined) return undefined;
  const backups = await backupsOf(job.runbook.source, context.atlas);
  const found = await restoreJobOf(job, job.restoreIntent, backups);
  if ('unseen' in found) return `Whether a restore is under way in Atlas is not known: ${found.unseen}.`;
  const restoreJobId = found.seen;
  if (restoreJobId === undefined) return undefined;
  if (job.atlas.restoreJobId === undefined) {
    await saveJob(job, { atlas: { ...job.atlas, restoreJobId } }, context);
  }
  const restore = await backups.restore(restoreJobId);
  if (restore.outcome !== 'running') return undefined;
  const { target } = job.runbook;
  if (target !== undefined) {
    return `Atlas cannot cancel restore job ${restoreJobId}: it goes on and overwrites ${clusterName(target)}.`;
  }
  return cancelDownload(restoreJobId, () => backups.cancelRestore(restoreJobId), job, context);
}

function restoreJobOf(job: Job, intent: RestoreIntent, backups: Backups): Promise<Look<string | undefined>> {
  const { restoreJobId } = job.atlas;
  return restoreJobId === undefined ? findRestore(intent, backups) : Promise.resolve({ seen: restoreJobId });
}

async function cancelDownload(
  restoreJobId: string,
  cancel: () => Promise<void>,
  job: Job,
  context: TaskContext,
): Promise<string> {
  try {
    await cancel();
  } catch (error) {
    // Gone or ended meanwhile: nothing is left to cancel.
    if (!(error instanceof AtlasError) || (error.status !== 404 && error.status !== 409)) throw error;
  }
  const message = `Download ${restoreJobId} was cancelled in Atlas.`;
  await context.jobs.append(job.jobId, {
    at: isoTime(context.clock.now()),
    type: 'download-cancelled',
    once: 'download-cancelled',
    message,
    data: { restoreJobId },
  });
  return message;
}
