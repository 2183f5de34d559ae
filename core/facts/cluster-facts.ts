import type { AtlasCluster } from '../atlas/resources/clusters.ts';
import type { FlexCluster } from '../atlas/resources/flex.ts';
import { kindOf, type FoundCluster } from '../backups/read-cluster.ts';
import type { ClusterFacts, ClusterRef } from '../runbooks/cluster.ts';

/** What the guards need of a cluster. A field that Atlas leaves out is not known: every recorded cluster of its kind has them all. */
export function clusterFacts(ref: ClusterRef, found: FoundCluster): ClusterFacts {
  return found.api === 'flex' ? flexFacts(ref, found.cluster) : dedicatedFacts(ref, found.cluster);
}

function dedicatedFacts(ref: ClusterRef, cluster: AtlasCluster): ClusterFacts {
  const kind = kindOf(cluster);
  const specs = cluster.replicationSpecs ?? [];
  const electable = specs
    .flatMap((spec) => spec.regionConfigs ?? [])
    .flatMap(({ electableSpecs }) => (electableSpecs === undefined ? [] : [electableSpecs]));
  return {
    ...ref,
    kind,
    shards: shardsOf(kind, specs.length),
    configServerType: cluster.configServerType,
    instanceSize: electable.map(({ instanceSize }) => instanceSize).find((size) => size !== undefined),
    version: cluster.mongoDBVersion ?? cluster.mongoDBMajorVersion,
    diskGB: smallest(electable.map(({ diskSizeGB }) => diskSizeGB)),
    encryption: stated(cluster.encryptionAtRestProvider),
    state: stated(cluster.stateName),
    paused: cluster.paused,
    pointInTime: cluster.pitEnabled,
    backups: cluster.backupEnabled,
  };
}

function flexFacts(ref: ClusterRef, cluster: FlexCluster): ClusterFacts {
  return {
    ...ref,
    kind: 'flex',
    shards: 1,
    version: cluster.mongoDBVersion,
    diskGB: cluster.providerSettings?.diskSizeGB,
    // Flex has no keys of the customer, is never paused and has no continuous backup: no recorded one has a field for them.
    encryption: 'NONE',
    state: stated(cluster.stateName),
    paused: false,
    pointInTime: false,
    backups: cluster.backupSettings?.enabled,
  };
}

/** From 2024-08-05 on, Atlas lists one replication spec for each shard (and zone). */
function shardsOf(kind: ClusterFacts['kind'], specs: number): number | undefined {
  if (kind === 'replicaSet') return Math.max(1, specs);
  return specs === 0 ? undefined : specs;
}

/** Undefined where one of the sizes is not known: it may be the smallest. */
function smallest(sizes: readonly (number | undefined)[]): number | undefined {
  const known = sizes.filter((size) => size !== undefined);
  return known.length === 0 || known.length < sizes.length ? undefined : Math.min(...known);
}

/** An empty text says as little as a missing one. */
function stated(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}
