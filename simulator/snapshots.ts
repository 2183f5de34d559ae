import { ApiError } from './api-error.ts';
import { durationOf } from './durations.ts';
import { objectId } from './identifiers.ts';
import { isMigratedInto } from './live-migrations.ts';
import { DELETED_KNOWN_FOR, scheduledSnapshots } from './schedule.ts';
import { type ClusterState, nextSerial, type SnapshotState, type World } from './world.ts';

const DAY = 86_400_000;
/** Share of a snapshot's time after which its data is fixed; Atlas names that instant `createdAt`. */
const DATA_FIXED_AT = 0.6;

/** The word of a snapshot's state, in the dedicated API's spelling. */
export type SnapshotStatus = 'queued' | 'inProgress' | 'completed' | 'failed';

export function snapshotStatus(snapshot: SnapshotState, now: number): SnapshotStatus {
  if (now < snapshot.startsAt) return 'queued';
  if (now < snapshot.endsAt) return 'inProgress';
  return snapshot.fails ? 'failed' : 'completed';
}

/** The instant whose data the snapshot holds. */
export function snapshotTime(snapshot: SnapshotState): number {
  return wholeSecond(snapshot.startsAt + (snapshot.endsAt - snapshot.startsAt) * DATA_FIXED_AT);
}

function wholeSecond(instant: number): number {
  return Math.floor(instant / 1000) * 1000;
}

/** Every snapshot of a cluster, oldest first, with those that were deleted within the last day. */
export function knownSnapshots(world: World, cluster: ClusterState, now: number): SnapshotState[] {
  const stored = world.snapshots.filter(
    (snapshot) =>
      snapshot.project === cluster.project &&
      snapshot.cluster === cluster.name &&
      snapshot.expiresAt + DELETED_KNOWN_FOR > now,
  );
  return [...scheduledSnapshots(world, cluster, now), ...stored].sort(
    (a, b) => a.requestedAt - b.requestedAt,
  );
}

/** The snapshots of a cluster that Atlas shows, oldest first. */
export function shownSnapshots(world: World, cluster: ClusterState, now: number): SnapshotState[] {
  return knownSnapshots(world, cluster, now).filter((snapshot) => snapshot.expiresAt > now);
}

/**
 * One snapshot that Atlas shows.
 *
 * @throws ApiError `SNAPSHOT_NOT_FOUND`, or `INVALID_SNAPSHOT_ID` when it is not 24 hexadecimal digits.
 */
export function shownSnapshot(world: World, cluster: ClusterState, id: string, now: number): SnapshotState {
  if (!/^[a-f0-9]{24}$/.test(id)) throw new ApiError('INVALID_SNAPSHOT_ID', id);
  const found = shownSnapshots(world, cluster, now).find((snapshot) => snapshot.id === id);
  if (!found) throw new ApiError('SNAPSHOT_NOT_FOUND', id, cluster.name);
  return found;
}

/**
 * Takes a snapshot on demand.
 *
 * @throws ApiError `UNFINISHED_ON_DEMAND_SNAPSHOT` while another one is not finished, `BACKUP_JOB_NOT_FOUND`
 *   where backups are off, `CANNOT_UPDATE_PAUSED_CLUSTER` where it is paused, `CANNOT_TAKE_SNAPSHOT_DURING_LIVE_IMPORT` while the cluster is migrated into.
 */
export function takeSnapshot(
  world: World,
  cluster: ClusterState,
  request: { readonly description?: string | undefined; readonly retentionDays: number },
  now: number,
): SnapshotState {
  if (!cluster.backups) throw new ApiError('BACKUP_JOB_NOT_FOUND');
  // No document names the code for a snapshot of a paused cluster; this is that of its other changes.
  if (cluster.paused) throw new ApiError('CANNOT_UPDATE_PAUSED_CLUSTER', cluster.name);
  if (isMigratedInto(world, { project: cluster.project, cluster: cluster.name }, now)) {
    throw new ApiError('CANNOT_TAKE_SNAPSHOT_DURING_LIVE_IMPORT');
  }
  const unfinished = shownSnapshots(world, cluster, now).some(
    (snapshot) => snapshot.type === 'onDemand' && snapshot.endsAt > now,
  );
  if (unfinished) throw new ApiError('UNFINISHED_ON_DEMAND_SNAPSHOT');
  const serial = nextSerial(world);
  const seconds = cluster.onDemandSnapshots.seconds ?? durationOf('snapshot', world.seed, serial);
  const startsAt = now + Math.min(3000, seconds * 100);
  const endsAt = now + seconds * 1000;
  const snapshot: SnapshotState = {
    id: objectId(now, serial),
    project: cluster.project,
    cluster: cluster.name,
    type: 'onDemand',
    frequency: 'ondemand',
    requestedAt: now,
    startsAt,
    endsAt,
    fails: cluster.onDemandSnapshots.fails,
    expiresAt: endsAt + request.retentionDays * DAY,
    version: cluster.version,
    sizeBytes: cluster.usedBytes,
    shards: cluster.shards,
    configServer: cluster.configServer,
    encrypted: cluster.encryption !== 'NONE',
    description: request.description,
  };
  world.snapshots.push(snapshot);
  return snapshot;
}
