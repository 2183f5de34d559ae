import type { ApiRequest } from '../http-types.ts';
import { link } from '../pages.ts';
import { snapshotStatus, snapshotTime } from '../snapshots.ts';
import type { ClusterState, SnapshotState } from '../world.ts';
import { instant } from './instant.ts';

/** A snapshot as the legacy backup, ended with MongoDB 4.2, described it. */
export function legacySnapshotReply(
  request: ApiRequest,
  cluster: ClusterState,
  snapshot: SnapshotState,
): unknown {
  const complete = snapshotStatus(snapshot, request.now) === 'completed';
  const taken = snapshotTime(snapshot);
  const timestamp = { date: instant(taken), increment: Math.floor(taken / 1000) };
  return {
    clusterId: cluster.id,
    clusterName: cluster.name,
    complete,
    created: timestamp,
    doNotDelete: false,
    expires: instant(snapshot.expiresAt),
    groupId: cluster.project,
    id: snapshot.id,
    lastOplogAppliedTimestamp: timestamp,
    links: [link(request, 'self', `${request.path}/${snapshot.id}`)],
    parts: complete ? [part(cluster, snapshot)] : [],
  };
}

function part(cluster: ClusterState, snapshot: SnapshotState): unknown {
  return {
    clusterId: cluster.id,
    completedTime: instant(snapshot.endsAt),
    compressionSetting: 'GZIP',
    dataSizeBytes: snapshot.sizeBytes,
    encryptionEnabled: snapshot.encrypted,
    fcv: snapshot.version.split('.').slice(0, 2).join('.'),
    mongodVersion: snapshot.version,
    replicaSetName: cluster.name,
    replicaState: 'SECONDARY',
    storageSizeBytes: snapshot.sizeBytes,
    typeName: 'REPLICA_SET',
  };
}
