import { ApiError } from './api-error.ts';
import { isBeingRestored } from './clusters.ts';
import { restoreJobStatus } from './restore-jobs.ts';
import { knownSnapshots, snapshotStatus } from './snapshots.ts';
import type { ClusterState, SnapshotState, World } from './world.ts';

/** Downloads that one project may have open at a time. Atlas has a limit; its number is ours. */
const ACTIVE_DOWNLOADS = 5;

/**
 * A snapshot that a restore may start from.
 *
 * @throws ApiError when it is unknown, deleted, not complete or failed.
 */
export function restorableSnapshot(
  world: World,
  source: ClusterState,
  id: string,
  deliveryType: 'automated' | 'download',
  now: number,
): SnapshotState {
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

/**
 * The rules by which Atlas refuses a target.
 *
 * @throws ApiError naming the first rule that is broken.
 */
export function checkTarget(
  world: World,
  source: ClusterState,
  snapshot: SnapshotState,
  target: ClusterState,
  now: number,
): void {
  if (organizationOf(world, source) !== organizationOf(world, target)) {
    throw new ApiError('CANNOT_RESTORE_TO_TARGET', 'it is in another organization');
  }
  if (source.kind !== target.kind) {
    throw new ApiError('CANNOT_RESTORE_TO_TARGET', `${target.name} is another kind of cluster`);
  }
  if (source.shards !== target.shards) {
    throw new ApiError('CANNOT_RESTORE_TO_TARGET', `${target.name} has another number of shards`);
  }
  if (target.paused) throw new ApiError('CLUSTER_PAUSED_CANNOT_RESTORE');
  if (target.liveImport) throw new ApiError('CANNOT_PERFORM_RESTORE_ON_CLUSTER_WITH_RUNNING_LIVE_IMPORT');
  if (snapshot.encrypted !== (target.encryption !== 'NONE')) {
    throw new ApiError('INVALID_SNAPSHOT_RESTORE_ENCRYPTION');
  }
  checkVersion(snapshot, target);
  if (snapshot.sizeBytes > target.diskGB * 2 ** 30) {
    throw new ApiError('RESTORE_INITIATION_FAILED', `the disk of ${target.name} is too small`);
  }
  if (isBeingRestored(world, target, now)) throw new ApiError('ATLAS_CLUSTER_RESTORE_IN_PROGRESS');
}

function organizationOf(world: World, cluster: ClusterState): string | undefined {
  return world.projects.find((project) => project.id === cluster.project)?.organization;
}

function checkVersion(snapshot: SnapshotState, target: ClusterState): void {
  if (compareVersions(target.version, snapshot.version) >= 0) return;
  if (target.kind === 'flex') throw new ApiError('TENANT_RESTORE_VERSION_MISMATCH');
  throw new ApiError('RESTORE_INITIATION_FAILED', `${target.name} runs an older version than the snapshot`);
}

/** Major and minor alone are compared: Atlas patches clusters on its own. */
function compareVersions(left: string, right: string): number {
  const [leftMajor = 0, leftMinor = 0] = left.split('.').map(Number);
  const [rightMajor = 0, rightMinor = 0] = right.split('.').map(Number);
  return leftMajor - rightMajor || leftMinor - rightMinor;
}
