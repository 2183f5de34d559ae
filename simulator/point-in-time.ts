import { ApiError } from './api-error.ts';
import { isCluster } from './clusters.ts';
import { knownSnapshots, snapshotStatus, snapshotTime } from './snapshots.ts';
import type { ClusterState, PointInTime, SnapshotState, World } from './world.ts';

const DAY = 86_400_000;

/**
 * The snapshot that a restore to a point in time starts from.
 *
 * @throws ApiError `BACKUP_JOB_NOT_FOUND` where backups are off; `INVALID_PIT_RESTORE_TIME` when the cluster cannot be restored to that instant: continuous
 *   backup is off, or the instant is ahead, after a pause, before the window or in the gap that a restore leaves.
 */
export function baseSnapshot(
  world: World,
  cluster: ClusterState,
  wanted: PointInTime,
  now: number,
): SnapshotState {
  const instant = wantedInstant(wanted);
  if (!cluster.backups) throw new ApiError('BACKUP_JOB_NOT_FOUND');
  if (!cluster.pointInTime) throw new ApiError('INVALID_PIT_RESTORE_TIME', 'continuous backup is off');
  if (instant > now) throw new ApiError('INVALID_PIT_RESTORE_TIME', 'it lies ahead');
  if (instant > (cluster.pausedSince ?? Infinity)) {
    throw new ApiError('INVALID_PIT_RESTORE_TIME', 'the cluster was paused by then');
  }
  if (instant < now - cluster.pointInTimeDays * DAY) {
    throw new ApiError('INVALID_PIT_RESTORE_TIME', 'it is older than the restore window');
  }
  const completed = knownSnapshots(world, cluster, now).filter(
    (snapshot) => snapshotStatus(snapshot, now) === 'completed',
  );
  if (isInGap(world, cluster, completed, instant)) {
    throw new ApiError('INVALID_PIT_RESTORE_TIME', 'no snapshot was taken since the last restore');
  }
  const base = completed.filter((snapshot) => snapshotTime(snapshot) <= instant).at(-1);
  if (!base) throw new ApiError('INVALID_PIT_RESTORE_TIME', 'no snapshot precedes it');
  return base;
}

function wantedInstant(wanted: PointInTime): number {
  const seconds = wanted.utcSeconds ?? wanted.oplogSeconds;
  const both = wanted.utcSeconds !== undefined && wanted.oplogSeconds !== undefined;
  const halfOplog = (wanted.oplogSeconds === undefined) !== (wanted.oplogIncrement === undefined);
  if (seconds === undefined || both || halfOplog) {
    throw new ApiError('INVALID_PIT_RESTORE_TIME', 'either UTC seconds or an oplog timestamp must be given');
  }
  return seconds * 1000;
}

/** Continuous backup starts anew with the first snapshot after a restore into the cluster. */
function isInGap(
  world: World,
  cluster: ClusterState,
  completed: readonly SnapshotState[],
  instant: number,
): boolean {
  return world.restoreJobs.some((job) => {
    if (!job.target || !isCluster(cluster, job.target) || instant < job.createdAt) return false;
    const next = completed.find((snapshot) => snapshot.startsAt >= job.endsAt);
    return !next || instant < snapshotTime(next);
  });
}
