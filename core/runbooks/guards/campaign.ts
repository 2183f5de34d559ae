import type { CheckResult, Look } from '../check.ts';
import type { ClusterRef } from '../cluster.ts';
import { MOST_SOURCES, type CampaignRunbook } from '../kinds/campaign.ts';
import { sourcesText } from '../undertaking.ts';
import { judged, whenSeen } from './outcomes.ts';

/** What must hold before the first drill of a campaign. What concerns one drill, its own guards judge. */
export function checkCampaign(
  campaign: CampaignRunbook,
  sources: Look<readonly ClusterRef[]>,
): CheckResult[] {
  const outcome = whenSeen(sources, 'The clusters', 'there is anything to drill', ({ length }) => {
    const message =
      length === 0
        ? `There is no cluster to drill: Atlas knows none of ${sourcesText(campaign)} beside the targets.`
        : `There are ${length} clusters to drill${length > MOST_SOURCES ? `, and a campaign takes ${MOST_SOURCES}` : ''}.`;
    return judged(length > 0 && length <= MOST_SOURCES, message, { clusters: length });
  });
  return [{ name: 'clusters-found', ...outcome }];
}
