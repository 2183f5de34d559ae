import { counted } from '../human.ts';
import { outcomeOf } from '../outcome.ts';
import type { Report } from '../report.ts';
import type { ReportedCampaign } from '../reported-campaign.ts';
import { whatStoppedIt } from './reasons.ts';

/** What became of a campaign, to follow the word "Campaign". */
export function campaignPredicate(report: Report, campaign: ReportedCampaign): string {
  const outcome = outcomeOf(report);
  switch (outcome) {
    case 'passed':
    case 'inconclusive':
    case 'cancelled':
      return `${outcome}: ${howTheDrillsWent(campaign)}`;
    case 'failed': {
      const stop = whatStoppedIt(report);
      return stop === undefined
        ? `failed: ${howTheDrillsWent(campaign)}`
        : `stopped ${stop}: nothing was drilled`;
    }
    case 'running':
      return campaign.drills.length === 0
        ? 'still running: its clusters are being looked for'
        : `still running: ${counted(campaign.drills.length, 'cluster')} to drill`;
    case 'pending':
      return 'not started yet';
  }
}

/** `4 of 6 drills passed, 1 failed, 1 did not begin`. */
export function howTheDrillsWent({
  drills,
  passed,
  failed,
  inconclusive,
  notBegun,
}: ReportedCampaign): string {
  if (drills.length === 0) return 'nothing was drilled';
  return [
    `${passed} of ${counted(drills.length, 'drill')} passed`,
    ...(failed === 0 ? [] : [`${failed} failed`]),
    ...(inconclusive === 0 ? [] : [`${inconclusive} inconclusive`]),
    ...(notBegun === 0 ? [] : [`${notBegun} did not begin`]),
  ].join(', ');
}
