import type { AtlasClient } from '../../atlas/client.ts';
import type { ClusterRef } from '../../runbooks/cluster.ts';

/**
 * Until when the feature compatibility version of a cluster is pinned, milliseconds since the UNIX epoch; undefined when
 * it is not, NaN where that cannot be read. Atlas shows it as `featureCompatibilityVersionExpirationDate` of the cluster (openapi.json).
 */
export async function pinnedUntil(target: ClusterRef, atlas: AtlasClient): Promise<number | undefined> {
  const cluster = await atlas.clusters.getCluster({ groupId: target.project, clusterName: target.cluster });
  const shown = cluster.featureCompatibilityVersionExpirationDate;
  if (shown === undefined || shown === null) return undefined;
  return typeof shown === 'string' ? Date.parse(shown) : NaN;
}
