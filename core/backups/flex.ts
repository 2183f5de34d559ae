import type { AtlasClient } from '../atlas/client.ts';
import { collect } from '../atlas/collect.ts';
import type { FlexRestoreJob, FlexSnapshot } from '../atlas/resources/flex.ts';
import { LifeboatError } from '../errors.ts';
import { clusterName, type ClusterRef } from '../runbooks/cluster.ts';
import type { SnapshotFacts } from '../runbooks/snapshot.ts';
import type { Backups, RestoreState, RestoreTold } from './backups.ts';
import { told } from './told.ts';

/** A flex cluster was asked for something that its API does not offer. */
export class FlexUnsupportedError extends LifeboatError {
  override readonly name = 'FlexUnsupportedError';
  override readonly retryable = false;
}

/** The backups of a flex cluster. Its API restores snapshots onto clusters and nothing else that Lifeboat uses. */
export function flexBackups(source: ClusterRef, atlas: AtlasClient): Backups {
  const cluster = { groupId: source.project, name: source.cluster };
  const unsupported = (what: string) =>
    Promise.reject(
      new FlexUnsupportedError(
        `${clusterName(source)} is a flex cluster, and flex clusters have no ${what}.`,
        {
          changed: 'Nothing was changed.',
          next: 'Use delivery automated with a snapshot that Atlas has taken by itself.',
        },
      ),
    );
  return {
    kind: 'flex',
    async snapshot(snapshotId) {
      return snapshotFacts(await atlas.flex.getFlexBackupSnapshot({ ...cluster, snapshotId }));
    },
    isLegacy: () => Promise.resolve(false),
    async snapshots() {
      return (await collect(atlas.flex.listFlexBackupSnapshots(cluster))).map(snapshotFacts);
    },
    restoreWindowDays: () => Promise.resolve(undefined),
    takeSnapshot: () => unsupported('on-demand snapshots'),
    async startRestore({ delivery, snapshotId, target }) {
      if (delivery !== 'automated' || snapshotId === undefined || target === undefined) {
        return unsupported(`delivery ${delivery}`);
      }
      const body = { snapshotId, targetDeploymentItemName: target.cluster, targetProjectId: target.project };
      return restoreState(await atlas.flex.createFlexRestoreJob({ ...cluster, body }));
    },
    async restore(restoreJobId) {
      return restoreState(await atlas.flex.getFlexRestoreJob({ ...cluster, restoreJobId }));
    },
    async restores() {
      return (await collect(atlas.flex.listFlexRestoreJobs(cluster))).map(restoreState);
    },
    cancelRestore: () => unsupported('restore that can be cancelled'),
  };
}

function snapshotFacts(snapshot: FlexSnapshot): SnapshotFacts {
  return {
    id: snapshot.id,
    kind: 'flex',
    status: statusOf(snapshot.status),
    atlasStatus: snapshot.status,
    // The data is of the moment the snapshot began; its finish only says that it can be restored.
    createdAt: snapshot.status === 'COMPLETED' ? (snapshot.startTime ?? snapshot.finishTime) : undefined,
    expiresAt: snapshot.expiration,
    version: snapshot.mongoDBVersion,
    shards: 1,
    encrypted: false,
  };
}

function statusOf(status: string): SnapshotFacts['status'] {
  switch (status) {
    case 'PENDING':
    case 'QUEUED':
    case 'RUNNING':
      return 'pending';
    case 'COMPLETED':
      return 'completed';
    case 'FAILED':
      return 'failed';
    default:
      return 'unknown';
  }
}

function restoreState(job: FlexRestoreJob): RestoreState {
  return {
    id: job.id,
    outcome: job.status === 'COMPLETED' ? 'finished' : job.status === 'FAILED' ? 'failed' : 'running',
    ...(job.restoreFinishedDate !== undefined && { finishedAt: job.restoreFinishedDate }),
    ...told({
      delivery: deliveryOf(job),
      snapshotId: job.snapshotId,
      project: job.targetProjectId,
      cluster: job.targetDeploymentItemName,
    }),
  };
}

function deliveryOf({ deliveryType }: FlexRestoreJob): RestoreTold['delivery'] {
  if (deliveryType === 'DOWNLOAD') return 'download';
  return deliveryType === 'RESTORE' ? 'automated' : undefined;
}
