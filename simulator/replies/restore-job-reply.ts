import type { ApiRequest } from '../http-types.ts';
import { hashHex } from '../identifiers.ts';
import { link } from '../pages.ts';
import { LINK_LIVES, restoreJobStatus } from '../restore-jobs.ts';
import type { ClusterState, RestoreJobState } from '../world.ts';
import { instant, NO_TIMESTAMP } from './instant.ts';
import { clusterPath, deploymentName, projectPath, shardNames } from './names.ts';

/** A restore job of a dedicated cluster: without a status field and without the time it was created. */
export function restoreJobReply(request: ApiRequest, source: ClusterState, job: RestoreJobState): unknown {
  const status = restoreJobStatus(job, request.now);
  const path = clusterPath(source);
  const snapshotPath = `${path}/backup/snapshots/${source.kind === 'sharded' ? 'shardedCluster/' : ''}${job.snapshotId}`;
  return {
    cancelled: status === 'cancelled',
    deliveryType: job.deliveryType,
    desiredTimestamp: NO_TIMESTAMP,
    expired: status === 'expired',
    // A cancelled download is told as failed, too, with the time at which it ended.
    failed: status === 'failed' || status === 'cancelled',
    id: job.id,
    links: [
      link(request, 'self', `${path}/backup/restoreJobs/${job.id}`),
      link(request, 'https://cloud.mongodb.com/snapshot', snapshotPath),
      link(request, 'https://cloud.mongodb.com/cluster', path),
      link(request, 'https://cloud.mongodb.com/group', projectPath(source.project)),
    ],
    snapshotId: job.snapshotId,
    timestamp: instant(job.snapshotTime),
    ...(job.deliveryType === 'download'
      ? downloadFields(request, source, job)
      : { ...targetFields(request, job), ...timeFields(job), deliveryUrl: [], ...endFields(job, status) }),
  };
}

function endFields(job: RestoreJobState, status: string): Record<string, unknown> {
  return status === 'running' ? {} : { finishedAt: instant(job.endsAt) };
}

function targetFields(request: ApiRequest, job: RestoreJobState): Record<string, unknown> {
  const target = request.world.clusters.find(
    (cluster) => cluster.project === job.target?.project && cluster.name === job.target.cluster,
  );
  return target
    ? {
        targetClusterName: target.name,
        targetGroupId: target.project,
        targetDeploymentItemName: deploymentName(target),
      }
    : {};
}

function timeFields(job: RestoreJobState): Record<string, unknown> {
  const { utcSeconds, oplogSeconds, oplogIncrement } = job.pointInTime ?? {};
  return {
    ...(utcSeconds !== undefined && { pointInTimeUTCSeconds: utcSeconds }),
    ...(oplogSeconds !== undefined && { oplogTs: oplogSeconds, oplogInc: oplogIncrement }),
  };
}

/** A download never finishes: it is done when it has links, and they live for an hour. */
function downloadFields(
  request: ApiRequest,
  source: ClusterState,
  job: RestoreJobState,
): Record<string, unknown> {
  const status = restoreJobStatus(job, request.now);
  const sharded = source.kind === 'sharded';
  const names = sharded ? shardNames(source) : [deploymentName(source)];
  const ready = status === 'finished';
  const urls = ready ? names.map((name) => downloadUrl(job, name)) : [];
  return {
    deliveryUrl: urls,
    ...(job.cancelledAt !== undefined && { finishedAt: instant(job.cancelledAt) }),
    ...((ready || status === 'expired') && { expiresAt: instant(job.endsAt + LINK_LIVES) }),
    ...(sharded && {
      components: names.map((replicaSetName, index) => ({
        replicaSetName,
        ...(ready && { downloadUrl: urls[index] }),
      })),
    }),
  };
}

function downloadUrl(job: RestoreJobState, replicaSet: string): string {
  const token = hashHex(`link/${job.id}/${replicaSet}`, 24);
  return `https://restore-${job.id}.simulated.invalid:27017/${token}/restore-${job.snapshotId}-${replicaSet}.tar.gz`;
}
