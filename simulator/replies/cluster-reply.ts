import type { ApiRequest } from '../http-types.ts';
import { stateName } from '../clusters.ts';
import { activePin } from '../feature-pin.ts';
import { objectId } from '../identifiers.ts';
import { link } from '../pages.ts';
import type { ClusterState } from '../world.ts';
import { instant } from './instant.ts';
import { clusterPath, deploymentName, majorVersion } from './names.ts';

/** A dedicated cluster, in the version of the resource that was asked for. */
export function clusterReply(request: ApiRequest, cluster: ClusterState): unknown {
  const path = clusterPath(cluster);
  return {
    backupEnabled: cluster.backups,
    clusterType: cluster.kind === 'sharded' ? 'SHARDED' : 'REPLICASET',
    ...configServer(cluster),
    connectionStrings: {
      standardSrv: `mongodb+srv://${cluster.name}.${deploymentName(cluster)}.simulated.invalid`,
    },
    createDate: instant(cluster.createdAt),
    diskWarmingMode: 'FULLY_WARMED',
    encryptionAtRestProvider: cluster.encryption,
    ...compatibility(cluster, request.now),
    groupId: cluster.project,
    id: cluster.id,
    labels: [],
    links: [
      link(request, 'self', path),
      link(request, 'https://cloud.mongodb.com/restoreJobs', `${path}/backup/restoreJobs`),
      link(request, 'https://cloud.mongodb.com/snapshots', `${path}/backup/snapshots`),
    ],
    ...employeeAccess(cluster, request.now),
    mongoDBMajorVersion: majorVersion(cluster),
    mongoDBVersion: cluster.version,
    name: cluster.name,
    paused: cluster.paused,
    pitEnabled: cluster.pointInTime,
    rootCertType: 'ISRGROOTX1',
    stateName: stateName(request.world, cluster, request.now),
    tags: cluster.tags ?? [],
    terminationProtectionEnabled: false,
    versionReleaseSystem: 'LTS',
    ...(request.version === '2024-08-05' ? specsPerShard(cluster) : specsTogether(cluster)),
  };
}

function configServer({ configServer: type }: ClusterState): Record<string, unknown> {
  if (type === undefined) return {};
  const mode = type === 'DEDICATED' ? 'FIXED_TO_DEDICATED' : 'ATLAS_MANAGED';
  return { configServerManagementMode: mode, configServerType: type };
}

function compatibility(cluster: ClusterState, now: number): Record<string, unknown> {
  const pin = activePin(cluster, now);
  if (!pin) return { featureCompatibilityVersion: majorVersion(cluster) };
  return {
    featureCompatibilityVersion: pin.version,
    featureCompatibilityVersionExpirationDate: instant(pin.expiresAt),
  };
}

function employeeAccess(cluster: ClusterState, now: number): Record<string, unknown> {
  const access = cluster.employeeAccess;
  if (!access || access.expiresAt <= now) return {};
  const { grantType, expiresAt } = access;
  return { mongoDBEmployeeAccessGrant: { expirationTime: instant(expiresAt), grantType } };
}

/** From 2024-08-05 every shard has its own entry, and the disk is named with the hardware. */
function specsPerShard(cluster: ClusterState): Record<string, unknown> {
  const specs = Array.from({ length: cluster.shards }, (_, shard) => ({
    ...zone(cluster, shard),
    regionConfigs: [regionConfig(cluster, { diskSizeGB: cluster.diskGB })],
  }));
  return { replicationSpecs: specs, effectiveReplicationSpecs: specs };
}

/** Before that, one entry counts the shards, and the disk is the cluster's. */
function specsTogether(cluster: ClusterState): Record<string, unknown> {
  return {
    diskSizeGB: cluster.diskGB,
    replicationSpecs: [
      { ...zone(cluster, 0), numShards: cluster.shards, regionConfigs: [regionConfig(cluster, {})] },
    ],
  };
}

/** The zones that were shown, by shard: what they are made of stays. */
const zones = new WeakMap<ClusterState, Record<string, unknown>[]>();

function zone(cluster: ClusterState, shard: number): Record<string, unknown> {
  const shown = zones.get(cluster) ?? [];
  zones.set(cluster, shown);
  return (shown[shard] ??= newZone(cluster, shard));
}

function newZone(cluster: ClusterState, shard: number): Record<string, unknown> {
  return {
    id: objectId(cluster.createdAt, `shard/${cluster.id}/${shard}`),
    zoneId: objectId(cluster.createdAt, `zone/${cluster.id}`),
    zoneName: 'Zone 1',
  };
}

function regionConfig(cluster: ClusterState, disk: Record<string, number>): Record<string, unknown> {
  const hardware = (nodeCount: number): Record<string, unknown> => ({
    instanceSize: cluster.instanceSize,
    ...disk,
    ...(cluster.provider === 'AWS' && { diskIOPS: 3000, ebsVolumeType: 'STANDARD' }),
    nodeCount,
  });
  return {
    analyticsSpecs: hardware(0),
    electableSpecs: hardware(3),
    priority: 7,
    providerName: cluster.provider,
    readOnlySpecs: hardware(0),
    regionName: cluster.region,
  };
}
