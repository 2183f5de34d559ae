import { isoTime } from '../clock.ts';
import { LeaseHeldError } from '../jobs/errors.ts';
import type { RestoreJob } from '../jobs/job.ts';
import { claimName } from '../jobs/lease-name.ts';
import type { TaskContext } from './context.ts';

/** Seconds for which a claim stands: longer than anybody leaves a request unsettled. The table then forgets it. */
const CLAIM_SECONDS = 365 * 86_400;

/**
 * Claims a restore job in Atlas for a job, with one conditional write, before the job's record names it. Two jobs that ask for the
 * same look alike in Atlas, and a request without an answer has no name there; the first claim decides whose a restore job is.
 *
 * @returns false when another job has it.
 */
export async function claimRestore(
  job: RestoreJob,
  restoreJobId: string,
  context: TaskContext,
): Promise<boolean> {
  const now = context.clock.now();
  const target = claimName(job, restoreJobId);
  const claim = { target, owner: job.jobId, expiresAt: isoTime(now + CLAIM_SECONDS * 1000) };
  try {
    await context.jobs.takeLease(claim, isoTime(now));
    return true;
  } catch (error) {
    if (error instanceof LeaseHeldError) return false;
    throw error;
  }
}

/** Whether no job has claimed a restore job. */
export async function isUnclaimed(
  job: RestoreJob,
  restoreJobId: string,
  { jobs }: TaskContext,
): Promise<boolean> {
  return (await jobs.lease(claimName(job, restoreJobId))) === undefined;
}

/** Whether a job has claimed a restore job before, which its record may not tell yet. */
export async function hasClaimed(
  job: RestoreJob,
  restoreJobId: string,
  { jobs }: TaskContext,
): Promise<boolean> {
  return (await jobs.lease(claimName(job, restoreJobId)))?.owner === job.jobId;
}
