import { isDeepStrictEqual } from 'node:util';
import { isCampaignJob } from '../jobs/job.ts';
import type { JobStore } from '../jobs/store.ts';
import { MAX_PAGE } from '../jobs/table/list-jobs.ts';
import type { ClusterRef } from '../runbooks/cluster.ts';
import type { CampaignRunbook } from '../runbooks/kinds/campaign.ts';

/**
 * The clusters that a campaign drilled the last time it had found out which: those with its tags then. A job counts that has
 * the runbook's name, asked for the same clusters, and ran in this Atlas. Empty where none of the last {@link MAX_PAGE}
 * campaigns is such a one.
 *
 * @param atlasUrl origin of the Atlas.
 * @throws HistoryUnavailableError
 */
export async function clustersOfLastCampaign(
  { name, sources }: CampaignRunbook,
  jobs: JobStore,
  atlasUrl: string,
): Promise<ClusterRef[]> {
  const listed = await jobs.list({ by: 'kind', kind: 'campaign' }, { limit: MAX_PAGE });
  for (const { jobId } of listed.jobs.filter(({ runbookName }) => runbookName === name)) {
    const job = await jobs.get(jobId);
    if (!isCampaignJob(job) || job.campaign.drills === undefined || job.atlasUrl !== atlasUrl) continue;
    // A campaign may have been started with other sources, and tags in a runbook change.
    if (!isDeepStrictEqual(job.runbook.sources, sources)) continue;
    return job.campaign.drills.map(({ source }) => source);
  }
  return [];
}
