import type { ApiRequest } from '../http-types.ts';
import { hashHex, objectId } from '../identifiers.ts';
import { link } from '../pages.ts';
import { snapshotStatus, snapshotTime } from '../snapshots.ts';
import type { ClusterState, SnapshotState } from '../world.ts';
import { instant } from './instant.ts';
import { clusterPath, configName, shardNames } from './names.ts';

/** A snapshot of a replica set or a sharded cluster, growing field by field as Atlas's does. */
export function snapshotReply(request: ApiRequest, cluster: ClusterState, snapshot: SnapshotState): unknown {
  const sharded = cluster.kind === 'sharded';
  const path = `${clusterPath(cluster)}/backup/snapshots/${sharded ? 'shardedCluster/' : ''}${snapshot.id}`;
  return {
    ...commonFields(snapshot, request.now),
    policyItems:
      snapshot.type === 'scheduled' ? [objectId(cluster.createdAt, `policy/${snapshot.frequency}`)] : [],
    links: [
      link(request, 'self', path),
      link(request, 'https://cloud.mongodb.com/cluster', clusterPath(cluster)),
    ],
    ...(sharded
      ? shardedFields(cluster, snapshot, request.now)
      : replicaSetFields(cluster, snapshot, request.now)),
    ...(snapshot.encrypted && { masterKeyUUID: masterKey(cluster) }),
  };
}

/** A snapshot of a serverless instance. */
export function serverlessSnapshotReply(
  request: ApiRequest,
  cluster: ClusterState,
  snapshot: SnapshotState,
): unknown {
  return {
    ...commonFields(snapshot, request.now),
    serverlessInstanceName: cluster.name,
    links: [link(request, 'self', request.path)],
  };
}

function commonFields(snapshot: SnapshotState, now: number): Record<string, unknown> {
  const status = snapshotStatus(snapshot, now);
  const completed = status === 'completed';
  return {
    id: snapshot.id,
    status,
    snapshotType: snapshot.type,
    frequencyType: snapshot.frequency,
    expiresAt: instant(shownExpiry(snapshot, status)),
    storageSizeBytes: completed ? snapshot.sizeBytes : 0,
    ...(completed && { createdAt: instant(snapshotTime(snapshot)) }),
    ...(isPast(snapshot, 0.15, now) && { mongodVersion: snapshot.version }),
    ...(snapshot.description !== undefined && { description: snapshot.description }),
  };
}

/** Retention counts from the end; until then Atlas shows what it would be counted from the request. */
function shownExpiry(snapshot: SnapshotState, status: string): number {
  const early = snapshot.type === 'onDemand' && (status === 'queued' || status === 'inProgress');
  return early ? snapshot.expiresAt - (snapshot.endsAt - snapshot.requestedAt) : snapshot.expiresAt;
}

/** Whether this share of the snapshot's time has gone by. */
function isPast(snapshot: SnapshotState, share: number, now: number): boolean {
  return now >= snapshot.startsAt + (snapshot.endsAt - snapshot.startsAt) * share;
}

function replicaSetFields(
  cluster: ClusterState,
  snapshot: SnapshotState,
  now: number,
): Record<string, unknown> {
  return {
    type: 'replicaSet',
    replicaSetName: cluster.name,
    copyRegions: [],
    ...(isPast(snapshot, 0.6, now) && { cloudProvider: cluster.provider }),
  };
}

function shardedFields(cluster: ClusterState, snapshot: SnapshotState, now: number): Record<string, unknown> {
  const configServerType = snapshot.configServer ?? cluster.configServer;
  const members = memberNames(cluster, snapshot, configServerType).map((replicaSetName) => ({
    cloudProvider: cluster.provider,
    id: objectId(snapshot.requestedAt, `member/${snapshot.id}/${replicaSetName}`),
    replicaSetName,
  }));
  const shown = isPast(snapshot, 0.6, now) ? members : [];
  return {
    type: 'shardedCluster',
    configServerType,
    members: shown,
    snapshotIds: shown.map((member) => member.id),
  };
}

/** A config server of its own is a member too; an embedded one is the first shard. */
function memberNames(
  cluster: ClusterState,
  snapshot: SnapshotState,
  configServerType: string | undefined,
): string[] {
  const shards = shardNames(cluster, snapshot.shards);
  return configServerType === 'DEDICATED' ? [...shards, configName(cluster)] : shards;
}

function masterKey(cluster: ClusterState): string {
  const digits = hashHex(`key/${cluster.id}`, 30);
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(12, 15)}-a${digits.slice(15, 18)}-${digits.slice(18, 30)}`;
}
