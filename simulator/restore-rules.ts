import { ApiError } from './api-error.ts';
import { restoreJobStatus } from './restore-jobs.ts';
import { knownSnapshots, snapshotStatus } from './snapshots.ts';
import type { ClusterState, SnapshotState, World } from './world.ts';

/** Downloads that one project may have open at a time. Atlas has a limit; its number is ours. */
const ACTIVE_DOWNLOADS = 5;

/**
 * A snapshot that a restore may start from.
 *
 * @throws ApiError when backups are off, or it is unknown, deleted, not complete or failed.
 */
export function restorableSnapshot(
  world: World,
  source: ClusterState,
  id: string,
  deliveryType: 'automated' | 'download',
  now: number,
): SnapshotState {
  if (!source.backups) throw new ApiError('BACKUP_JOB_NOT_FOUND');
  const snapshot = knownSnapshots(world, source, now).find((known) => known.id === id);
  if (!snapshot) throw new ApiError('SNAPSHOT_NOT_FOUND', id, source.name);
  if (snapshot.expiresAt <= now) throw new ApiError('CANNOT_START_RESTORE_JOB_FOR_DELETED_SNAPSHOT');
  const status = snapshotStatus(snapshot, now);
  if (status === 'failed') throw new ApiError('RESTORE_INITIATION_FAILED', 'the snapshot failed');
  if (status !== 'completed') {
    throw new ApiError(
      deliveryType === 'download'
        ? 'CANNOT_DOWNLOAD_INCOMPLETE_SNAPSHOT'
        : 'CANNOT_START_RESTORE_JOB_FOR_INCOMPLETE_CLUSTER_SNAPSHOT',
    );
  }
  return snapshot;
}

/**
 * The rules by which Atlas refuses a download.
 *
 * @throws ApiError naming the first rule that is broken.
 */
export function checkDownload(world: World, snapshot: SnapshotState, now: number): void {
  if (snapshot.encrypted) throw new ApiError('CANNOT_DOWNLOAD_SNAPSHOT_WITH_ENCRYPTION');
  const active = world.restoreJobs.filter(
    (job) =>
      job.deliveryType === 'download' &&
      job.source.project === snapshot.project &&
      restoreJobStatus(job, now) === 'running',
  );
  if (active.some((job) => job.snapshotId === snapshot.id)) {
    throw new ApiError('CANNOT_DOWNLOAD_SNAPSHOT_CONCURRENTLY');
  }
  if (active.length >= ACTIVE_DOWNLOADS) throw new ApiError('TOO_MANY_SNAPSHOT_DOWNLOADS');
}
