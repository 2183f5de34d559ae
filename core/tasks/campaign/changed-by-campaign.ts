import type { CampaignJob } from '../../jobs/job.ts';

/** What a campaign that stops has changed, as a sentence: all of it by its drills, whose jobs say more. */
export function changedByCampaign({ campaign }: CampaignJob): string {
  const begun = campaign.drills?.filter(({ outcome }) => outcome !== undefined).length ?? 0;
  return begun === 0
    ? 'No cluster was overwritten.'
    : `${begun} of ${campaign.drills?.length ?? 0} drills were begun: the targets hold what the last of them restored.`;
}
