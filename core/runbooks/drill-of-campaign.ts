import { stringify } from 'yaml';
import type { ClusterRef } from './cluster.ts';
import { isMap } from './is-map.ts';
import type { CampaignRunbook } from './kinds/campaign.ts';
import type { RestoreRunbook } from './kinds/restore.ts';
import { readYaml } from './yaml-source.ts';

/** The clusters of one drill of a campaign. */
export interface DrillPlace {
  readonly source: ClusterRef;
  readonly target: ClusterRef;
}

/** The drill of one cluster of a campaign: a runbook like any other. */
export function drillOfCampaign(campaign: CampaignRunbook, { source, target }: DrillPlace): RestoreRunbook {
  return {
    ...campaign.drill,
    version: campaign.version,
    name: campaign.name,
    kind: 'drill',
    source,
    target,
    guards: campaign.guards,
    notify: [],
  };
}

/**
 * The same as a text that people can read and run: what the campaign's own text says of its drills.
 *
 * @param text the campaign as it was written.
 */
export function drillText(text: string, { source, target }: DrillPlace): string {
  const read = readYaml(text);
  const { version, name, drill, guards } = 'value' in read && isMap(read.value) ? read.value : {};
  const own = isMap(drill) ? drill : {};
  return stringify({
    version,
    kind: 'drill',
    name,
    source,
    target,
    ...own,
    ...(guards !== undefined && { guards }),
  });
}
