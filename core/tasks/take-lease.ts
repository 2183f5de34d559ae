import { backupsOf } from '../backups/backups-of.ts';
import { LifeboatError } from '../errors.ts';
import { JobNotFoundError, LeaseHeldError } from '../jobs/errors.ts';
import { isRestoreJob, type Job } from '../jobs/job.ts';
import { isFinal } from '../jobs/status.ts';
import type { Lease } from '../jobs/store.ts';
import type { TaskContext } from './context.ts';

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
  if (restoreJobId === undefined) return true;
  try {
    const backups = await backupsOf(job.runbook.source, context.atlas);
    return (await backups.restore(restoreJobId)).outcome === 'running';
  } catch (error) {
    if (error instanceof LifeboatError) return true;
    throw error;
  }
}
