import { campaignOf, type Job } from '../core/jobs/job.ts';
import { isFinal } from '../core/jobs/status.ts';
import type { JobStore } from '../core/jobs/store.ts';

/**
 * The campaign that runs a job as one of its drills; undefined for all other jobs, and once either of them has ended.
 * Whoever goes on with such a drill goes on with its campaign.
 */
export async function unfinishedCampaign(job: Job, jobs: JobStore): Promise<string | undefined> {
  const campaign = campaignOf(job);
  if (campaign === undefined || isFinal(job.status)) return undefined;
  return isFinal((await jobs.get(campaign)).status) ? undefined : campaign;
}
