import { AtlasError } from '../atlas/errors.ts';
import type { Backups, RestoreState } from '../backups/backups.ts';
import { backupsOf } from '../backups/backups-of.ts';
import { compareTarget } from '../backups/same-restore.ts';
import { isoTime, secondsBetween } from '../clock.ts';
import { LifeboatError } from '../errors.ts';
import { JobNotFoundError, LeaseHeldError } from '../jobs/errors.ts';
import { isRestoreJob, type Job, type RestoreJob } from '../jobs/job.ts';
import { isFinal } from '../jobs/status.ts';
import type { Lease } from '../jobs/store.ts';
import type { TaskContext } from './context.ts';
import { LATE_REQUEST_SECONDS } from './settle-seconds.ts';
import { stateOfTarget } from './target-state.ts';

/**
 * Takes a lease, or renews it. One that an ended job kept, because Atlas was still overwriting its target, is taken over
 * once Atlas has finished that restore.
 *
 * @param now ISO 8601 UTC.
 * @throws LeaseHeldError
 */
export async function takeLease(lease: Lease, now: string, context: TaskContext): Promise<void> {
  try {
    await context.jobs.takeLease(lease, now);
  } catch (error) {
    if (!(error instanceof LeaseHeldError)) throw error;
    const holder = await endedHolder(lease.target, context);
    if (holder === undefined || (await mayStillOverwrite(holder, context))) throw error;
    await context.jobs.giveBackLease(lease.target, holder.jobId);
    await context.jobs.takeLease(lease, now);
  }
}

/** The job that holds a lease although it has ended; undefined while it runs. */
async function endedHolder(target: string, context: TaskContext): Promise<Job | undefined> {
  const lease = await context.jobs.lease(target);
  if (lease === undefined) return undefined;
  try {
    const holder = await context.jobs.get(lease.owner);
    return isFinal(holder.status) ? holder : undefined;
  } catch (error) {
    if (error instanceof JobNotFoundError) return undefined;
    throw error;
  }
}

/** Whether Atlas may be overwriting the target of an ended job; so it is, too, when Atlas does not tell. */
async function mayStillOverwrite(job: Job, context: TaskContext): Promise<boolean> {
  if (!isRestoreJob(job) || job.restoreGoesOn !== true) return false;
  const { restoreJobId } = job.atlas;
  try {
    const backups = await backupsOf(job.runbook.source, context.atlas);
    return restoreJobId === undefined
      ? await mayStillArrive(job, backups, context)
      : (await backups.restore(restoreJobId)).outcome === 'running';
  } catch (error) {
    if (error instanceof AtlasError && error.status === 404) return !(await isIdle(job, context));
    if (error instanceof LifeboatError) return true;
    throw error;
  }
}

/** Whether a request whose outcome is not known may still be carried out, or is being. */
async function mayStillArrive(
  { restoreIntent, runbook }: RestoreJob,
  backups: Backups,
  context: TaskContext,
): Promise<boolean> {
  if (restoreIntent === undefined || runbook.target === undefined) return false;
  const now = isoTime(context.clock.now());
  if (secondsBetween(restoreIntent.at, now) <= LATE_REQUEST_SECONDS) return true;
  const isOpen = (restore: RestoreState) =>
    restore.outcome === 'running' && compareTarget(runbook.target, restore) !== 'other';
  if ((await backups.restores()).some(isOpen)) return true;
  return !(await isIdle({ runbook }, context));
}

/** Whether Atlas says that nothing goes on at the target. */
async function isIdle({ runbook }: Pick<RestoreJob, 'runbook'>, context: TaskContext): Promise<boolean> {
  return runbook.target === undefined || (await stateOfTarget(runbook.target, context)) === 'IDLE';
}
