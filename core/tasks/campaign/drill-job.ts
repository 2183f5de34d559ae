import type { CampaignDrill } from '../../jobs/campaign-record.ts';
import { isRestoreJob, type CampaignJob, type RestoreJob } from '../../jobs/job.ts';
import { newJob } from '../../jobs/new-job.ts';
import type { ClusterRef } from '../../runbooks/cluster.ts';
import { drillOfCampaign, drillText } from '../../runbooks/drill-of-campaign.ts';

/**
 * The job of one drill of a campaign, onto one of its targets.
 *
 * @param now ISO 8601 UTC.
 */
export function drillJob(
  campaign: CampaignJob,
  { jobId, source }: CampaignDrill,
  target: ClusterRef,
  now: string,
): RestoreJob {
  const { runbook, runbookText, policy, origin, startedBy, seed, simulation, atlasUrl } = campaign;
  const place = { source, target };
  const job = newJob({
    jobId,
    runbook: drillOfCampaign(runbook, place),
    runbookText: drillText(runbookText, place),
    ...{ policy, startedBy, seed, now },
    ...(origin !== undefined && { origin }),
    ...(simulation !== undefined && { simulation }),
    ...(atlasUrl !== undefined && { atlasUrl }),
  });
  if (!isRestoreJob(job)) throw new TypeError(`Drill ${jobId} is a ${job.kind}.`);
  return { ...job, campaignId: campaign.jobId };
}
