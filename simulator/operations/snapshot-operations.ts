import { z } from 'zod';
import { findCluster } from '../clusters.ts';
import type { ApiRequest, HandlerReply } from '../http-types.ts';
import { page, wholeList } from '../pages.ts';
import { legacySnapshotReply } from '../replies/legacy-snapshot-reply.ts';
import { serverlessSnapshotReply, snapshotReply } from '../replies/snapshot-reply.ts';
import { checkedBody } from '../request-body.ts';
import { shownSnapshot, shownSnapshots, snapshotStatus, takeSnapshot } from '../snapshots.ts';
import { ApiError } from '../api-error.ts';
import type { ClusterState, SnapshotState } from '../world.ts';
import { type Operation, part, USUAL_LIMIT } from './operation.ts';

const COMMON = { method: 'GET', permission: 'read', perMinute: USUAL_LIMIT, changes: false } as const;
const FIRST_VERSION = ['2023-01-01'];

const onDemandRequest = z.object({
  description: z.string().optional(),
  retentionInDays: z.int().min(1).default(1),
});

/** Snapshots of dedicated clusters and serverless instances. */
export const SNAPSHOT_OPERATIONS: readonly Operation[] = [
  {
    ...COMMON,
    id: 'listBackupSnapshots',
    path: '/clusters/{clusterName}/backup/snapshots',
    versions: FIRST_VERSION,
    handle: (request) => page(request, newestFirst(request, 'replicaSet'), shownBy(request)),
  },
  {
    ...COMMON,
    id: 'getClusterBackupSnapshot',
    path: '/clusters/{clusterName}/backup/snapshots/{snapshotId}',
    versions: FIRST_VERSION,
    handle: (request) => oneSnapshot(request, 'replicaSet'),
  },
  {
    ...COMMON,
    id: 'takeSnapshots',
    method: 'POST',
    path: '/clusters/{clusterName}/backup/snapshots',
    versions: FIRST_VERSION,
    permission: 'manageBackups',
    changes: true,
    handle: takeOne,
  },
  {
    ...COMMON,
    id: 'listBackupShardedClusters',
    path: '/clusters/{clusterName}/backup/snapshots/shardedClusters',
    versions: FIRST_VERSION,
    handle: (request) => wholeList(request, newestFirst(request, 'sharded'), shownBy(request)),
  },
  {
    ...COMMON,
    id: 'getBackupShardedCluster',
    path: '/clusters/{clusterName}/backup/snapshots/shardedCluster/{snapshotId}',
    versions: FIRST_VERSION,
    handle: (request) => oneSnapshot(request, 'sharded'),
  },
  {
    ...COMMON,
    id: 'getServerlessBackupSnapshot',
    path: '/serverless/{clusterName}/backup/snapshots/{snapshotId}',
    versions: FIRST_VERSION,
    ends: {
      '2023-01-01': { deprecation: 'Wed, 5 Feb 2025 00:00:00 GMT', sunset: 'Thu, 22 Jan 2026 00:00:00 GMT' },
    },
    handle: (request) => {
      const cluster = findCluster(request.world, clusterKey(request), 'serverless');
      const snapshot = shownSnapshot(request.world, cluster, part(request, 'snapshotId'), request.now);
      return { status: 200, body: serverlessSnapshotReply(request, cluster, snapshot) };
    },
  },
  {
    ...COMMON,
    id: 'listClusterSnapshots',
    path: '/clusters/{clusterName}/snapshots',
    versions: FIRST_VERSION,
    ends: { '2023-01-01': { deprecation: 'Mon, 23 Mar 2020 00:00:00 GMT' } },
    handle: legacyList,
  },
];

function clusterKey(request: ApiRequest): { project: string; cluster: string } {
  return { project: part(request, 'groupId'), cluster: part(request, 'clusterName') };
}

function dedicated(request: ApiRequest): ClusterState {
  return findCluster(request.world, clusterKey(request), 'dedicated');
}

/** Replica sets and sharded clusters have lists of their own; each is empty for the other kind. */
function newestFirst(request: ApiRequest, kind: ClusterState['kind']): SnapshotState[] {
  const cluster = dedicated(request);
  return cluster.kind === kind ? shownSnapshots(request.world, cluster, request.now).reverse() : [];
}

function shownBy(request: ApiRequest): (snapshot: SnapshotState) => unknown {
  const cluster = dedicated(request);
  return (snapshot) => snapshotReply(request, cluster, snapshot);
}

function oneSnapshot(request: ApiRequest, kind: ClusterState['kind']): HandlerReply {
  const cluster = dedicated(request);
  const id = part(request, 'snapshotId');
  const snapshot = shownSnapshot(request.world, cluster, id, request.now);
  if (cluster.kind !== kind) throw new ApiError('SNAPSHOT_NOT_FOUND', id, cluster.name);
  return { status: 200, body: snapshotReply(request, cluster, snapshot) };
}

function takeOne(request: ApiRequest): HandlerReply {
  const cluster = dedicated(request);
  const { description, retentionInDays } = checkedBody(onDemandRequest, request.body);
  const wanted = { description, retentionDays: retentionInDays };
  const snapshot = takeSnapshot(request.world, cluster, wanted, request.now);
  return { status: 200, body: snapshotReply(request, cluster, snapshot) };
}

function legacyList(request: ApiRequest): HandlerReply {
  const cluster = dedicated(request);
  const asked = request.query.get('completed') ?? 'true';
  const snapshots = cluster.legacyBackup ? shownSnapshots(request.world, cluster, request.now).reverse() : [];
  const wanted = snapshots.filter(
    (snapshot) => asked === 'all' || String(snapshotStatus(snapshot, request.now) === 'completed') === asked,
  );
  return page(request, wanted, (snapshot) => legacySnapshotReply(request, cluster, snapshot));
}
