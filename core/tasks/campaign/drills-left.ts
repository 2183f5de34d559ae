import type { CampaignJob } from '../../jobs/job.ts';
import { isFinal } from '../../jobs/status.ts';
import { drillsAtOnce } from '../../runbooks/drills-at-once.ts';
import { GO, type Transition } from '../define-task.ts';

/** Whether it has been told what came of the drills: none begins any more. */
export function isJudged({ status, phases }: CampaignJob): boolean {
  return isFinal(status) || phases.drills?.endedAt !== undefined;
}

/** The way to the drills of a campaign: their ids, and how many may run at once. */
export function toDrills({ campaign, runbook }: CampaignJob): Transition {
  const drills = campaign.drills?.map(({ jobId }) => jobId) ?? [];
  return { next: 'go', drills, concurrency: drillsAtOnce(runbook) };
}

/**
 * The way on for a campaign that stops. One that was cancelled or became too late while no process ran it may have drills that
 * were begun and have not ended: they are brought to their end and judged before it is closed, and no other begins.
 */
export function wayOfStopped(job: CampaignJob): Transition {
  if (job.campaign.drills === undefined || isJudged(job)) return GO;
  return { ...toDrills(job), next: 'again' };
}
