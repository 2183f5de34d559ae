import type { ApiRequest } from '../http-types.ts';
import { stateName } from '../clusters.ts';
import { restoreJobStatus } from '../restore-jobs.ts';
import { snapshotStatus } from '../snapshots.ts';
import type { ClusterState, RestoreJobState, SnapshotState } from '../world.ts';
import { instant } from './instant.ts';
import { deploymentName } from './names.ts';

/** How long a flex restore job is kept, in milliseconds. */
const JOB_LIVES = 6 * 3_600_000;

/** A flex cluster. */
export function flexClusterReply(request: ApiRequest, cluster: ClusterState): unknown {
  return {
    backupSettings: { enabled: cluster.backups },
    clusterType: 'REPLICASET',
    connectionStrings: {
      standardSrv: `mongodb+srv://${cluster.name}.${deploymentName(cluster)}.simulated.invalid`,
    },
    createDate: instant(cluster.createdAt),
    groupId: cluster.project,
    id: cluster.id,
    mongoDBVersion: cluster.version,
    name: cluster.name,
    providerSettings: {
      backingProviderName: cluster.provider,
      diskSizeGB: cluster.diskGB,
      providerName: 'FLEX',
      regionName: cluster.region,
    },
    stateName: stateName(request.world, cluster, request.now),
    tags: [],
    terminationProtectionEnabled: false,
    versionReleaseSystem: 'LTS',
  };
}

const SNAPSHOT_WORDS = {
  queued: 'QUEUED',
  inProgress: 'RUNNING',
  completed: 'COMPLETED',
  failed: 'FAILED',
} as const;

/** A snapshot of a flex cluster. */
export function flexSnapshotReply(request: ApiRequest, snapshot: SnapshotState): unknown {
  const status = snapshotStatus(snapshot, request.now);
  const ended = status === 'completed' || status === 'failed';
  return {
    id: snapshot.id,
    status: SNAPSHOT_WORDS[status],
    expiration: instant(snapshot.expiresAt),
    scheduledTime: instant(snapshot.requestedAt),
    mongoDBVersion: snapshot.version,
    ...(status !== 'queued' && { startTime: instant(snapshot.startsAt) }),
    ...(ended && { finishTime: instant(snapshot.endsAt) }),
  };
}

/** A restore job of a flex cluster. */
export function flexRestoreJobReply(request: ApiRequest, job: RestoreJobState): unknown {
  const status = flexStatus(job, request.now);
  const ended = status === 'COMPLETED' || status === 'FAILED';
  return {
    deliveryType: 'RESTORE',
    expirationDate: instant(job.createdAt + JOB_LIVES),
    id: job.id,
    instanceName: job.source.cluster,
    projectId: job.source.project,
    ...(ended && { restoreFinishedDate: instant(job.endsAt) }),
    restoreScheduledDate: instant(job.createdAt),
    snapshotFinishedDate: instant(job.snapshotTime),
    snapshotId: job.snapshotId,
    status,
    targetDeploymentItemName: job.target?.cluster,
    targetProjectId: job.target?.project,
  };
}

function flexStatus(job: RestoreJobState, now: number): string {
  const status = restoreJobStatus(job, now);
  if (status !== 'running') return status === 'failed' ? 'FAILED' : 'COMPLETED';
  const share = (now - job.createdAt) / (job.endsAt - job.createdAt);
  if (share < 0.03) return 'PENDING';
  return share < 0.06 ? 'QUEUED' : 'RUNNING';
}
