import { ApiError } from './api-error.ts';
import { isBeingRestored } from './clusters.ts';
import type { ClusterState, SnapshotState, World } from './world.ts';

/**
 * The rules by which Atlas refuses a target. What counts is the snapshot, not what its cluster is now.
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
  checkKind(source, snapshot, target);
  if (target.paused) throw new ApiError('CLUSTER_PAUSED_CANNOT_RESTORE');
  if (target.liveImport) throw new ApiError('CANNOT_PERFORM_RESTORE_ON_CLUSTER_WITH_RUNNING_LIVE_IMPORT');
  checkEncryption(source, snapshot, target);
  checkVersion(snapshot, target);
  if (snapshot.sizeBytes > target.diskGB * 2 ** 30) {
    throw new ApiError('RESTORE_INITIATION_FAILED', `the disk of ${target.name} is too small`);
  }
  if (isBeingRestored(world, target, now)) throw new ApiError('ATLAS_CLUSTER_RESTORE_IN_PROGRESS');
}

function organizationOf(world: World, cluster: ClusterState): string | undefined {
  return world.projects.find((project) => project.id === cluster.project)?.organization;
}

/** No document names the code of these rules, so it is that of any target that Atlas does not take. */
function checkKind(source: ClusterState, snapshot: SnapshotState, target: ClusterState): void {
  const refuse = (why: string): never => {
    throw new ApiError('CANNOT_RESTORE_TO_TARGET', why);
  };
  if (target.instanceSize === 'M0') refuse(`${target.name} is a free cluster`);
  if (source.kind !== target.kind) refuse(`${target.name} is another kind of cluster`);
  if ((snapshot.shards ?? source.shards) !== target.shards)
    refuse(`${target.name} has another number of shards`);
  if ((snapshot.configServer ?? source.configServer) !== target.configServer) {
    refuse(`${target.name} has another type of config server`);
  }
}

function checkEncryption(source: ClusterState, snapshot: SnapshotState, target: ClusterState): void {
  const otherKeys =
    snapshot.encrypted && source.encryption !== 'NONE' && source.encryption !== target.encryption;
  if (snapshot.encrypted !== (target.encryption !== 'NONE') || otherKeys) {
    throw new ApiError('INVALID_SNAPSHOT_RESTORE_ENCRYPTION');
  }
}

function checkVersion(snapshot: SnapshotState, target: ClusterState): void {
  const order = compareVersions(target.version, snapshot.version);
  if (target.kind === 'flex' && (order < 0 || majorOf(target.version) !== majorOf(snapshot.version))) {
    throw new ApiError('TENANT_RESTORE_VERSION_MISMATCH');
  }
  if (order >= 0) return;
  throw new ApiError('RESTORE_INITIATION_FAILED', `${target.name} runs an older version than the snapshot`);
}

/** Major and minor alone are compared: Atlas patches clusters on its own. */
function compareVersions(left: string, right: string): number {
  const [leftMajor = 0, leftMinor = 0] = left.split('.').map(Number);
  const [rightMajor = 0, rightMinor = 0] = right.split('.').map(Number);
  return leftMajor - rightMajor || leftMinor - rightMinor;
}

function majorOf(version: string): number {
  return Number.parseInt(version, 10);
}
