import type { AtlasCluster } from '../atlas/resources/clusters.ts';
import type { FlexCluster } from '../atlas/resources/flex.ts';
import { kindOf, type FoundCluster } from '../backups/read-cluster.ts';
import type { ClusterFacts, ClusterRef } from '../runbooks/cluster.ts';

/** What the guards need of a cluster. */
export function clusterFacts(ref: ClusterRef, found: FoundCluster): ClusterFacts {
  return found.api === 'flex' ? flexFacts(ref, found.cluster) : dedicatedFacts(ref, found.cluster);
}

function dedicatedFacts(ref: ClusterRef, cluster: AtlasCluster): ClusterFacts {
  const specs = cluster.replicationSpecs ?? [];
  const disks = specs
    .flatMap((spec) => spec.regionConfigs ?? [])
    .map((region) => region.electableSpecs?.diskSizeGB)
    .filter((size) => size !== undefined);
  return {
    ...ref,
    kind: kindOf(cluster),
    // From 2024-08-05 on, Atlas lists one replication spec for each shard (and zone).
    shards: Math.max(1, specs.length),
    configServerType: cluster.configServerType,
    instanceSize: specs
      .flatMap((spec) => spec.regionConfigs ?? [])
      .map((region) => region.electableSpecs?.instanceSize)
      .find((size) => size !== undefined),
    version: cluster.mongoDBVersion ?? cluster.mongoDBMajorVersion,
    diskGB: disks.length === 0 ? undefined : Math.min(...disks),
    encryption: cluster.encryptionAtRestProvider ?? 'NONE',
    state: cluster.stateName,
    paused: cluster.paused ?? false,
    pointInTime: cluster.pitEnabled ?? false,
    backups: cluster.backupEnabled ?? false,
  };
}

function flexFacts(ref: ClusterRef, cluster: FlexCluster): ClusterFacts {
  return {
    ...ref,
    kind: 'flex',
    shards: 1,
    version: cluster.mongoDBVersion,
    diskGB: cluster.providerSettings?.diskSizeGB,
    encryption: 'NONE',
    state: cluster.stateName,
    paused: false,
    pointInTime: false,
    backups: cluster.backupSettings?.enabled ?? true,
  };
}
