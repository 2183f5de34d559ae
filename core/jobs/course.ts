import { isCampaignJob, isCutoverJob, isPipelineJob, type Job } from './job.ts';

/** Whether Atlas works on what the job is for: from here on it is watched to its end, not given up unseen. */
export function isUnderWay(job: Job): boolean {
  if (isCutoverJob(job)) return job.cutover.intent !== undefined;
  if (isPipelineJob(job)) return job.phases.run !== undefined;
  if (isCampaignJob(job)) return false;
  return job.atlas.restoreJobId !== undefined;
}

/** Whether Atlas has done what the job is for; what remains is to verify it and to tidy up. */
export function isAccomplished(job: Job): boolean {
  if (isCutoverJob(job)) return job.cutover.completedAt !== undefined;
  if (isPipelineJob(job)) return job.run.doneAt !== undefined;
  if (isCampaignJob(job)) return job.phases.drills?.endedAt !== undefined;
  return job.atlas.restoreFinishedAt !== undefined;
}

/** The instants, ISO 8601 UTC, that steps of any kind of job compare with; absent until they are known. */
export interface Moments {
  /** What instant of the source the data of the target is of. */
  readonly dataOf?: string | undefined;
  /** When Atlas was asked to change the target. */
  readonly askedAt?: string | undefined;
  /** When Atlas had done so. */
  readonly doneAt?: string | undefined;
}

/** The moments of a job. */
export function momentsOf(job: Job): Moments {
  if (isCutoverJob(job)) {
    const { writesStoppedAt, intent, completedAt } = job.cutover;
    return { dataOf: writesStoppedAt, askedAt: intent?.at, doneAt: completedAt };
  }
  if (isPipelineJob(job)) return { doneAt: job.run.doneAt };
  if (isCampaignJob(job)) return {};
  return {
    dataOf: job.recoveryPoint?.time,
    askedAt: job.restoreIntent?.at,
    doneAt: job.atlas.restoreFinishedAt,
  };
}
