import { ApiError } from './api-error.ts';
import type { ClusterKey, ClusterState, World } from './world.ts';

/** The API through which a cluster is asked for; each refuses the other's clusters, but `shared` takes both kinds. */
export type ClusterApi = 'dedicated' | 'flex' | 'serverless' | 'shared';

/**
 * A cluster by its name.
 *
 * @throws ApiError `CLUSTER_NOT_FOUND`, or the code by which Atlas tells that it belongs to the other API.
 */
export function findCluster(world: World, key: ClusterKey, api: ClusterApi): ClusterState {
  const found = world.clusters.find(
    (cluster) => cluster.project === key.project && cluster.name === key.cluster,
  );
  if (!found || (found.kind === 'serverless') !== (api === 'serverless')) {
    throw new ApiError('CLUSTER_NOT_FOUND', key.cluster, key.project);
  }
  if (api === 'dedicated' && found.kind === 'flex') {
    throw new ApiError('CANNOT_USE_FLEX_CLUSTER_IN_CLUSTER_API', found.name);
  }
  if (api === 'flex' && found.kind !== 'flex') {
    throw new ApiError('CANNOT_USE_NON_FLEX_CLUSTER_IN_FLEX_API', found.name);
  }
  return found;
}

/** Whether a restore into the cluster is running, or ended so lately that the cluster is not idle yet. */
export function isBeingRestored(world: World, cluster: ClusterState, now: number): boolean {
  return world.restoreJobs.some((job) => job.target && isCluster(cluster, job.target) && now < job.settlesAt);
}

/**
 * Whether Atlas lets a cluster be changed now.
 *
 * @throws ApiError `CANNOT_UPDATE_PAUSED_CLUSTER` or `ATLAS_CLUSTER_RESTORE_IN_PROGRESS`, both 409.
 */
export function checkChangeable(world: World, cluster: ClusterState, now: number): void {
  if (cluster.paused) throw new ApiError('CANNOT_UPDATE_PAUSED_CLUSTER', cluster.name);
  if (isBeingRestored(world, cluster, now)) throw new ApiError('ATLAS_CLUSTER_RESTORE_IN_PROGRESS');
}

/** Atlas's `stateName` of a cluster. */
export function stateName(world: World, cluster: ClusterState, now: number): string {
  return cluster.state === 'IDLE' && isBeingRestored(world, cluster, now) ? 'UPDATING' : cluster.state;
}

export function isCluster(cluster: ClusterState, key: ClusterKey): boolean {
  return cluster.project === key.project && cluster.name === key.cluster;
}
