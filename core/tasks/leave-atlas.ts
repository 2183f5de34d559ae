import { AtlasError } from '../atlas/errors.ts';
import type { Backups, RestoreState } from '../backups/backups.ts';
import { backupsOf } from '../backups/backups-of.ts';
import { isoTime, secondsBetween } from '../clock.ts';
import type { RestoreJob, RestoreIntent } from '../jobs/job.ts';
import type { Look } from '../runbooks/check.ts';
import { clusterName } from '../runbooks/cluster.ts';
import type { TaskContext } from './context.ts';
import { saveJob } from './define-task.ts';
import { findRestore } from './restore-intent.ts';
import { SETTLE_SECONDS } from './settle-restore.ts';

/**
 * Finds out whether a failed job has a restore in Atlas, cancels it when it is a download (Atlas cancels no other), and
 * gives a sentence on what was overwritten. Undefined when what is on record already is all that can be said.
 *
 * Throws the errors of the Atlas client.
 */
export async function leaveAtlas(job: RestoreJob, context: TaskContext): Promise<string | undefined> {
  if (job.restoreIntent === undefined) return undefined;
  const backups = await backupsOf(job.runbook.source, context.atlas);
  const found = await restoreJobOf(job, job.restoreIntent, backups);
  if ('unseen' in found) return undefined;
  const restoreJobId = found.seen;
  if (restoreJobId === undefined) return noTrace(job.restoreIntent, context);
  if (job.atlas.restoreJobId === undefined) {
    await saveJob(job, { atlas: { ...job.atlas, restoreJobId } }, context);
  }
  const restore = await backups.restore(restoreJobId);
  const { target } = job.runbook;
  if (target !== undefined) return stateOfTarget(clusterName(target), restore);
  if (restore.outcome !== 'running') return 'No cluster was overwritten.';
  await cancelDownload(job, restoreJobId, backups, context);
  return `No cluster was overwritten. Download ${restoreJobId} was cancelled in Atlas.`;
}

/** A request may show in Atlas late; only after the time that one can take is it sure that it never arrived. */
function noTrace({ at }: RestoreIntent, context: TaskContext): string | undefined {
  return secondsBetween(at, isoTime(context.clock.now())) > SETTLE_SECONDS
    ? 'No cluster was overwritten: Atlas shows no restore job for the request.'
    : undefined;
}

function restoreJobOf(
  job: RestoreJob,
  intent: RestoreIntent,
  backups: Backups,
): Promise<Look<string | undefined>> {
  const { restoreJobId } = job.atlas;
  return restoreJobId === undefined ? findRestore(intent, backups) : Promise.resolve({ seen: restoreJobId });
}

function stateOfTarget(target: string, { id, outcome }: RestoreState): string {
  if (outcome === 'running')
    return `Atlas cannot cancel restore job ${id}: it goes on and overwrites ${target}.`;
  if (outcome === 'finished') return `${target} was overwritten: Atlas finished restore job ${id}.`;
  return `${target} may hold part of the data: do not use it.`;
}

async function cancelDownload(
  job: RestoreJob,
  restoreJobId: string,
  backups: Backups,
  context: TaskContext,
): Promise<void> {
  try {
    await backups.cancelRestore(restoreJobId);
  } catch (error) {
    // Gone or ended meanwhile: nothing is left to cancel.
    if (!(error instanceof AtlasError) || (error.status !== 404 && error.status !== 409)) throw error;
  }
  await context.jobs.append(job.jobId, {
    at: isoTime(context.clock.now()),
    type: 'download-cancelled',
    once: 'download-cancelled',
    message: `Download ${restoreJobId} was cancelled in Atlas.`,
    data: { restoreJobId },
  });
}
