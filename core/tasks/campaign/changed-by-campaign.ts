import type { CampaignJob } from '../../jobs/job.ts';
import { isJudged } from './drills-left.ts';

/** What a campaign that stops has changed, as a sentence: all of it by its drills, whose jobs say more. */
export function changedByCampaign(job: CampaignJob): { readonly changed: string; readonly unsure?: true } {
  const { drills } = job.campaign;
  if (drills === undefined) return { changed: 'No cluster was overwritten.' };
  if (!isJudged(job))
    return { changed: 'Drills may have been begun: their targets hold what they restored.', unsure: true };
  const begun = drills.filter(({ outcome }) => outcome !== undefined).length;
  return {
    changed:
      begun === 0
        ? 'No cluster was overwritten.'
        : `${begun} of ${drills.length} drills were begun: the targets hold what the last of them restored.`,
  };
}
