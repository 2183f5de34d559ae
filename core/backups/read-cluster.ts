import type { AtlasClient } from '../atlas/client.ts';
import { AtlasError } from '../atlas/errors.ts';
import type { AtlasCluster } from '../atlas/resources/clusters.ts';
import type { FlexCluster } from '../atlas/resources/flex.ts';
import type { ClusterKind, ClusterRef } from '../runbooks/cluster.ts';

/** Atlas's answer when a flex cluster is asked for through the cluster API: the documented way to tell the kind. */
const IS_FLEX = 'CANNOT_USE_FLEX_CLUSTER_IN_CLUSTER_API';

/** A cluster as Atlas describes it, through whichever API it belongs to. */
export type FoundCluster =
  | { readonly api: 'cluster'; readonly cluster: AtlasCluster }
  | { readonly api: 'flex'; readonly cluster: FlexCluster };

/** Reads a cluster of either kind. Throws the errors of the Atlas client. */
export async function readCluster(ref: ClusterRef, atlas: AtlasClient): Promise<FoundCluster> {
  return (await readDedicated(ref, atlas)) ?? readFlex(ref, atlas);
}

/**
 * The kind of a cluster, by which its API is told; asks the flex API nothing, since Atlas's refusal tells enough. A dedicated cluster
 * of a type that is new to us is asked about as a replica set: restore jobs of both kinds are in one list.
 */
export async function readKind(ref: ClusterRef, atlas: AtlasClient): Promise<ClusterKind> {
  const dedicated = await readDedicated(ref, atlas);
  return dedicated === undefined ? 'flex' : (kindOf(dedicated.cluster) ?? 'replicaSet');
}

/** Whether a dedicated cluster is one replica set or several shards; undefined where Atlas does not say, or has a new word for it. */
export function kindOf({ clusterType }: AtlasCluster): 'replicaSet' | 'sharded' | undefined {
  if (clusterType === 'REPLICASET') return 'replicaSet';
  return clusterType === 'SHARDED' || clusterType === 'GEOSHARDED' ? 'sharded' : undefined;
}

/** Reads a dedicated cluster; undefined when Atlas says that it is a flex one. */
export async function readDedicated(
  ref: ClusterRef,
  atlas: AtlasClient,
): Promise<Extract<FoundCluster, { api: 'cluster' }> | undefined> {
  try {
    const cluster = await atlas.clusters.getCluster({ groupId: ref.project, clusterName: ref.cluster });
    return { api: 'cluster', cluster };
  } catch (error) {
    if (error instanceof AtlasError && error.errorCode === IS_FLEX) return undefined;
    throw error;
  }
}

/** Reads a flex cluster. */
export async function readFlex(ref: ClusterRef, atlas: AtlasClient): Promise<FoundCluster> {
  return {
    api: 'flex',
    cluster: await atlas.flex.getFlexCluster({ groupId: ref.project, name: ref.cluster }),
  };
}
