import type { AtlasClient } from '../atlas/client.ts';
import { collect } from '../atlas/collect.ts';
import { AtlasError } from '../atlas/errors.ts';
import type { ClusterRef } from '../runbooks/cluster.ts';

/** Whether a serverless instance has a snapshot (return-one-snapshot-of-one-serverless-instance). */
export async function isServerlessSnapshot(
  { project, cluster }: ClusterRef,
  snapshotId: string,
  atlas: AtlasClient,
): Promise<boolean> {
  const place = { groupId: project, clusterName: cluster, snapshotId };
  return (await unlessRefused(() => atlas.snapshots.getServerlessBackupSnapshot(place))) !== undefined;
}

/** Whether the legacy backup of a cluster has a snapshot (return-all-legacy-backup-snapshots-deprecated). */
export async function isLegacySnapshot(
  { project, cluster }: ClusterRef,
  snapshotId: string,
  atlas: AtlasClient,
): Promise<boolean> {
  const place = { groupId: project, clusterName: cluster };
  const found = await unlessRefused(() => collect(atlas.snapshots.listClusterSnapshots(place)));
  return found?.some(({ id }) => id === snapshotId) === true;
}

/** These operations have ended or will: a refusal says nothing of the snapshot. */
async function unlessRefused<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof AtlasError && !error.retryable) return undefined;
    throw error;
  }
}
