import type { AtlasClient } from '../atlas/client.ts';
import type { RestoreJob } from '../atlas/resources/restore-jobs.ts';
import { told } from './told.ts';
import type { ReplicaSetSnapshot, ShardedSnapshot, TakenSnapshot } from '../atlas/resources/snapshots.ts';
import { collect } from '../atlas/collect.ts';
import type { ClusterRef } from '../runbooks/cluster.ts';
import type { PointInTime, SnapshotFacts } from '../runbooks/snapshot.ts';
import type { Backups, RestoreRequest, RestoreState, RestoreTold } from './backups.ts';
import { isLegacySnapshot } from './ended-backups.ts';

type Snapshot = ReplicaSetSnapshot | ShardedSnapshot | TakenSnapshot;

/** The backups of a dedicated cluster: a replica set, or a sharded one, whose snapshots Atlas lists apart. */
export function dedicatedBackups(
  kind: 'replicaSet' | 'sharded',
  source: ClusterRef,
  atlas: AtlasClient,
): Backups {
  const cluster = { groupId: source.project, clusterName: source.cluster };
  const facts = (snapshot: Snapshot) => snapshotFacts(kind, snapshot);
  return {
    kind,
    async snapshot(snapshotId) {
      const one = { ...cluster, snapshotId };
      return facts(
        kind === 'sharded'
          ? await atlas.snapshots.getBackupShardedCluster(one)
          : await atlas.snapshots.getClusterBackupSnapshot(one),
      );
    },
    isLegacy: (snapshotId) => isLegacySnapshot(source, snapshotId, atlas),
    async snapshots() {
      const all: Snapshot[] =
        kind === 'sharded'
          ? await collect(atlas.snapshots.listBackupShardedClusters(cluster))
          : await collect(atlas.snapshots.listBackupSnapshots(cluster));
      return all.map(facts);
    },
    async restoreWindowDays() {
      return (await atlas.backupSchedules.getBackupSchedule(cluster)).restoreWindowDays;
    },
    async takeSnapshot(description, retentionInDays) {
      return facts(
        await atlas.snapshots.takeSnapshots({ ...cluster, body: { description, retentionInDays } }),
      );
    },
    async startRestore(request) {
      return restoreState(
        await atlas.restoreJobs.createBackupRestoreJob({ ...cluster, body: restoreBody(request) }),
      );
    },
    async restore(restoreJobId) {
      return restoreState(await atlas.restoreJobs.getBackupRestoreJob({ ...cluster, restoreJobId }));
    },
    async restores() {
      return (await collect(atlas.restoreJobs.listBackupRestoreJobs(cluster))).map(restoreState);
    },
    async cancelRestore(restoreJobId) {
      await atlas.restoreJobs.cancelBackupRestoreJob({ ...cluster, restoreJobId });
    },
  };
}

function snapshotFacts(listedAs: 'replicaSet' | 'sharded', snapshot: Snapshot): SnapshotFacts {
  const kind = kindOf(snapshot) ?? listedAs;
  return {
    id: snapshot.id,
    kind,
    ...(kind === 'replicaSet' ? { shards: 1 } : shardingOf(listedAs, snapshot)),
    status: statusOf(snapshot.status),
    atlasStatus: snapshot.status ?? 'of no status',
    createdAt: snapshot.createdAt,
    expiresAt: snapshot.expiresAt,
    version: snapshot.mongodVersion,
    sizeBytes: snapshot.storageSizeBytes,
    type: snapshot.snapshotType,
    encrypted: snapshot.masterKeyUUID !== undefined,
    description: snapshot.description,
  };
}

/** Only the list of sharded snapshots, and the operations beside it, tell how a snapshot is sharded. */
function shardingOf(
  listedAs: 'replicaSet' | 'sharded',
  snapshot: Snapshot,
): Pick<SnapshotFacts, 'shards' | 'configServerType'> {
  if (listedAs !== 'sharded') return {};
  const sharded = snapshot as ShardedSnapshot;
  return { shards: shardsOf(sharded), configServerType: sharded.configServerType };
}

/** What the snapshot was taken of; undefined where Atlas does not say, or uses a word that is new to us. */
function kindOf({ type }: Snapshot): 'replicaSet' | 'sharded' | undefined {
  if (type === 'replicaSet') return 'replicaSet';
  return type === 'shardedCluster' ? 'sharded' : undefined;
}

/**
 * How many shards a snapshot has, told by its members: `replicaSetName` names "the shard or config host" that each was taken of
 * (`DiskBackupShardedClusterSnapshotMember` of openapi.json). An embedded config server is one of the shards.
 *
 * @returns undefined where that can't be told.
 */
function shardsOf({ members = [], configServerType }: ShardedSnapshot): number | undefined {
  const names = members.map(({ replicaSetName = '' }) => replicaSetName);
  const shards = names.filter((name) => SHARD.test(name)).length;
  const config = names.filter((name) => CONFIG.test(name)).length;
  if (shards === 0 || shards + config !== names.length) return undefined;
  if (configServerType === 'EMBEDDED') return names.length;
  return config === 0 || configServerType === 'DEDICATED' ? shards : undefined;
}

/** Atlas names replica sets `atlas-72ck1q-shard-0` and `atlas-72ck1q-config-0`. */
const SHARD = /shard-?\d+$/i;
const CONFIG = /config(-?\d+)?$/i;

function statusOf(status: string | undefined): SnapshotFacts['status'] {
  switch (status) {
    case 'queued':
    case 'inProgress':
      return 'pending';
    case 'completed':
    case 'failed':
      return status;
    default:
      return 'unknown';
  }
}

function restoreBody(request: RestoreRequest) {
  const { delivery, snapshotId, pointInTime, target } = request;
  return {
    deliveryType: delivery,
    ...(snapshotId !== undefined && { snapshotId }),
    ...(target !== undefined && { targetGroupId: target.project, targetClusterName: target.cluster }),
    ...(pointInTime !== undefined && instantOf(pointInTime)),
  };
}

function instantOf(point: PointInTime) {
  return 'utcSeconds' in point
    ? { pointInTimeUTCSeconds: point.utcSeconds }
    : { oplogTs: point.oplogSeconds, oplogInc: point.oplogIncrement };
}

function restoreState(job: RestoreJob): RestoreState {
  return {
    id: job.id,
    outcome: outcomeOf(job),
    ...(job.finishedAt !== undefined && { finishedAt: job.finishedAt }),
    silentOn: FLAGS.filter((flag) => job[flag] === undefined),
    ...(job.expiresAt !== undefined && { linkExpiresAt: job.expiresAt }),
    ...told({
      delivery: deliveryOf(job),
      snapshotId: job.snapshotId,
      utcSeconds: job.pointInTimeUTCSeconds,
      oplogSeconds: job.oplogTs,
      oplogIncrement: job.oplogInc,
      project: job.targetGroupId,
      cluster: job.targetClusterName,
    }),
  };
}

/** Undefined where Atlas does not say, or has a word that is new to us. */
function deliveryOf({ deliveryType }: RestoreJob): RestoreTold['delivery'] {
  return deliveryType === 'download' || deliveryType === 'pointInTime' || deliveryType === 'automated'
    ? deliveryType
    : undefined;
}

const FLAGS = ['cancelled', 'failed', 'expired'] as const;

/**
 * Atlas gives a restore job no status. The flags come first, and a cancelled download is also marked as failed; `finishedAt` alone
 * then means success.
 */
function outcomeOf(job: RestoreJob): RestoreState['outcome'] {
  if (job.cancelled === true) return 'cancelled';
  if (job.failed === true) return 'failed';
  if (job.expired === true) return 'expired';
  const isDownload = deliveryOf(job) === 'download';
  const done = hasLinks(job) || (!isDownload && job.finishedAt !== undefined);
  return done ? 'finished' : 'running';
}

/** A download never gets `finishedAt`: it is done when its link is there, or one link for each shard. */
function hasLinks(job: RestoreJob): boolean {
  if ((job.deliveryUrl ?? []).length > 0) return true;
  const parts = job.components ?? [];
  return parts.length > 0 && parts.every((part) => (part.downloadUrl ?? '') !== '');
}
