import { hashHex } from '../identifiers.ts';
import type { ClusterState } from '../world.ts';

/** The names that were given: a cluster is asked for again and again, and its id stays. */
const deploymentNames = new WeakMap<ClusterState, string>();

/** Atlas's own name of a deployment, for example `atlas-72ck1q`. */
export function deploymentName(cluster: ClusterState): string {
  const name = deploymentNames.get(cluster) ?? `atlas-${hashHex(`deployment/${cluster.id}`, 6)}`;
  deploymentNames.set(cluster, name);
  return name;
}

/** The names of a sharded cluster's replica sets. */
export function shardNames(cluster: ClusterState, shards = cluster.shards): string[] {
  return Array.from({ length: shards }, (_, shard) => `${deploymentName(cluster)}-shard-${shard}`);
}

/** The name of the replica set of a config server of its own. */
export function configName(cluster: ClusterState): string {
  return `${deploymentName(cluster)}-config-0`;
}

/** The version that features are compatible with, for example `8.0`. */
export function majorVersion(cluster: ClusterState): string {
  return cluster.version.split('.').slice(0, 2).join('.');
}

/** Path of a project. */
export function projectPath(project: string): string {
  return `/api/atlas/v2/groups/${project}`;
}

/** Path of a dedicated cluster. */
export function clusterPath(cluster: { readonly project: string; readonly name: string }): string {
  return `${projectPath(cluster.project)}/clusters/${cluster.name}`;
}
