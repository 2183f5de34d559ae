import { JobNotFoundError } from '../../jobs/errors.ts';
import type { CampaignDrill } from '../../jobs/campaign-record.ts';
import type { CampaignJob, Job } from '../../jobs/job.ts';
import type { JobStore } from '../../jobs/store.ts';
import type { TaskInput } from '../context.ts';

/** The drill that a task is about. */
export function drillOfInput({ jobId, campaign }: CampaignJob, { drill }: TaskInput): CampaignDrill {
  const found = campaign.drills?.find((one) => one.jobId === drill);
  if (found === undefined) throw new TypeError(`Campaign ${jobId} has no drill ${drill ?? 'without an id'}.`);
  return found;
}

/** The key of the event of a campaign that tells how a drill ended, or that it did not begin. */
export function endOfDrill(jobId: string): string {
  return `drill-ended/${jobId}`;
}

/** A job as it stands; undefined when there is none, as of a drill that has not begun. */
export async function findJob(jobId: string, jobs: JobStore): Promise<Job | undefined> {
  try {
    return await jobs.get(jobId);
  } catch (error) {
    if (error instanceof JobNotFoundError) return undefined;
    throw error;
  }
}
