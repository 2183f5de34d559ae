import { expect, it } from 'vitest';
import type { AtlasClient } from '../../../core/atlas/client.ts';
import { clusterOperations } from '../../../core/atlas/resources/clusters.ts';
import { campaignSources } from '../../../core/facts/campaign-sources.ts';
import type { CampaignRunbook } from '../../../core/runbooks/kinds/campaign.ts';

const PROJECT = '5e2f1c0a9d3b7a4c8e6f0a01';
const CAMPAIGN = {
  sources: { tagged: { projects: [PROJECT], tags: { tier: 'silver' } } },
  targets: [],
} as unknown as CampaignRunbook;

/** An Atlas with one cluster that is to be drilled, and another. */
function atlasWith(other: object): AtlasClient {
  const clusters = [
    { name: 'orders', tags: [{ key: 'tier', value: 'silver' }] },
    { name: 'events', ...other },
  ];
  const items = clusters.map((one) => clusterOperations.listClusters.item.parse(one));
  return { clusters: { listClusters: () => ReadableStream.from(items) } } as unknown as AtlasClient;
}

it('drills the clusters with the tags', async () => {
  expect(await campaignSources(CAMPAIGN, atlasWith({ tags: [] }))).toEqual({
    seen: [{ project: PROJECT, cluster: 'orders' }],
  });
});

it.each([
  {},
  { tags: null },
  { tags: 7 },
  { tags: [{ key: 'tier' }] },
  { tags: [{ key: 'tier', value: 7 }] },
])('leaves out no cluster whose tags cannot be read: %j', async (other) => {
  expect(await campaignSources(CAMPAIGN, atlasWith(other))).toEqual({
    unseen: `the tags of cluster ${PROJECT}/events: Atlas does not give them`,
  });
});
