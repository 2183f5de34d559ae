import type { AtlasClient } from '../atlas/client.ts';
import type { AtlasCluster } from '../atlas/resources/clusters.ts';
import type { Look } from '../runbooks/check.ts';
import type { ClusterRef } from '../runbooks/cluster.ts';
import type { CampaignRunbook } from '../runbooks/kinds/campaign.ts';
import { look } from './look.ts';

/**
 * The clusters that a campaign drills, as they are now: those that it names, or those with its tags in the order of their
 * projects and names. One of its targets never is a source.
 *
 * @returns why they can't be told, where a project or the tags of a cluster can't be read.
 */
export async function campaignSources(
  { sources, targets }: CampaignRunbook,
  atlas: AtlasClient,
): Promise<Look<readonly ClusterRef[]>> {
  if ('clusters' in sources) return { seen: sources.clusters };
  const found: ClusterRef[] = [];
  for (const project of sources.tagged.projects) {
    const clusters = await look(`the clusters of project ${project}`, () => clustersOf(project, atlas));
    if ('unseen' in clusters) return clusters;
    const untold = clusters.seen.find(({ tags }) => tags?.every(isWhole) !== true);
    // It may be one of those to drill, and a campaign that left it out would pass without it.
    if (untold !== undefined)
      return { unseen: `the tags of cluster ${project}/${untold.name}: Atlas does not give them` };
    const tagged = clusters.seen.filter((cluster) => hasTags(cluster, sources.tagged.tags));
    found.push(...tagged.map(({ name }) => ({ project, cluster: name })).sort(byName));
  }
  return { seen: found.filter((source) => !targets.some((target) => isSame(source, target))) };
}

async function clustersOf(project: string, atlas: AtlasClient): Promise<AtlasCluster[]> {
  const clusters: AtlasCluster[] = [];
  for await (const cluster of atlas.clusters.listClusters({ groupId: project })) clusters.push(cluster);
  return clusters;
}

function hasTags({ tags = [] }: AtlasCluster, wanted: Readonly<Record<string, string>>): boolean {
  return Object.entries(wanted).every(([key, value]) =>
    tags.some((tag) => tag.key === key && tag.value === value),
  );
}

function isWhole({ key, value }: NonNullable<AtlasCluster['tags']>[number]): boolean {
  return key !== undefined && value !== undefined;
}

function isSame(one: ClusterRef, other: ClusterRef): boolean {
  return one.project === other.project && one.cluster === other.cluster;
}

function byName(one: ClusterRef, other: ClusterRef): number {
  return one.cluster < other.cluster ? -1 : 1;
}
