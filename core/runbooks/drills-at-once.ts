import type { CampaignRunbook } from './kinds/campaign.ts';

/** How many drills of a campaign may run at once. */
export function drillsAtOnce({ concurrency, targets }: CampaignRunbook): number {
  return Math.min(concurrency ?? targets.length, targets.length);
}
