import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import { findCluster } from '../clusters.ts';
import type { ApiRequest, HandlerReply } from '../http-types.ts';
import { page } from '../pages.ts';
import { baseSnapshot } from '../point-in-time.ts';
import { restoreJobReply } from '../replies/restore-job-reply.ts';
import { bodyClusterName, bodyId, checkedBody } from '../request-body.ts';
import { cancelRestoreJob, createRestoreJob, findRestoreJob, restoreJobsOf } from '../restore-jobs.ts';
import { checkDownload, restorableSnapshot } from '../restore-rules.ts';
import { isAllowed } from '../roles.ts';
import { checkTarget } from '../target-rules.ts';
import type { ClusterState, PointInTime, SnapshotState } from '../world.ts';
import { type Operation, part, USUAL_LIMIT } from './operation.ts';

const COMMON = { versions: ['2023-01-01'], perMinute: USUAL_LIMIT } as const;
const JOBS = '/clusters/{clusterName}/backup/restoreJobs';

/** The earliest second that Atlas takes: the start of 2008. */
const timestamp = z.int().min(1_199_145_600);

const restoreRequest = z.object({
  deliveryType: z.enum(['automated', 'download', 'pointInTime']),
  snapshotId: bodyId.optional(),
  targetGroupId: bodyId.optional(),
  targetClusterName: bodyClusterName.optional(),
  pointInTimeUTCSeconds: timestamp.optional(),
  oplogTs: timestamp.optional(),
  oplogInc: z.int().min(1).optional(),
});

type RestoreBody = z.infer<typeof restoreRequest>;

/** Restore jobs of dedicated clusters, listed under their source. */
export const RESTORE_OPERATIONS: readonly Operation[] = [
  {
    ...COMMON,
    id: 'createBackupRestoreJob',
    method: 'POST',
    path: JOBS,
    permission: 'restore',
    changes: true,
    handle: createJob,
  },
  {
    ...COMMON,
    id: 'listBackupRestoreJobs',
    method: 'GET',
    path: JOBS,
    permission: 'read',
    changes: false,
    handle: (request) => {
      const cluster = source(request);
      return page(request, restoreJobsOf(request.world, cluster), (job) =>
        restoreJobReply(request, cluster, job),
      );
    },
  },
  {
    ...COMMON,
    id: 'getBackupRestoreJob',
    method: 'GET',
    path: `${JOBS}/{restoreJobId}`,
    permission: 'read',
    changes: false,
    handle: (request) => {
      const cluster = source(request);
      const job = findRestoreJob(request.world, cluster, part(request, 'restoreJobId'));
      return { status: 200, body: restoreJobReply(request, cluster, job) };
    },
  },
  {
    ...COMMON,
    id: 'cancelBackupRestoreJob',
    method: 'DELETE',
    path: `${JOBS}/{restoreJobId}`,
    permission: 'restore',
    changes: true,
    handle: (request) => {
      cancelRestoreJob(
        findRestoreJob(request.world, source(request), part(request, 'restoreJobId')),
        request.now,
      );
      return { status: 204 };
    },
  },
];

function source(request: ApiRequest): ClusterState {
  const key = { project: part(request, 'groupId'), cluster: part(request, 'clusterName') };
  return findCluster(request.world, key, 'dedicated');
}

function createJob(request: ApiRequest): HandlerReply {
  const { world, now } = request;
  const cluster = source(request);
  const body = checkedBody(restoreRequest, request.body);
  const { snapshot, pointInTime } = startingPoint(request, cluster, body);
  let target: ClusterState | undefined;
  if (body.deliveryType === 'download') {
    checkDownload(world, snapshot, now);
  } else {
    target = wantedTarget(request, body);
    checkTarget(world, cluster, snapshot, target, now);
  }
  const wanted = { kind: 'dedicated', deliveryType: body.deliveryType, source: cluster, snapshot } as const;
  const job = createRestoreJob(world, { ...wanted, target, pointInTime }, now);
  return { status: 200, body: restoreJobReply(request, cluster, job) };
}

function startingPoint(
  { world, now }: ApiRequest,
  cluster: ClusterState,
  body: RestoreBody,
): { snapshot: SnapshotState; pointInTime?: PointInTime } {
  if (body.deliveryType === 'pointInTime') {
    const pointInTime = {
      utcSeconds: body.pointInTimeUTCSeconds,
      oplogSeconds: body.oplogTs,
      oplogIncrement: body.oplogInc,
    };
    return { snapshot: baseSnapshot(world, cluster, pointInTime, now), pointInTime };
  }
  if (body.snapshotId === undefined) throw new ApiError('MISSING_ATTRIBUTE', 'snapshotId');
  return { snapshot: restorableSnapshot(world, cluster, body.snapshotId, body.deliveryType, now) };
}

function wantedTarget(request: ApiRequest, body: RestoreBody): ClusterState {
  if (body.targetGroupId === undefined) throw new ApiError('MISSING_ATTRIBUTE', 'targetGroupId');
  if (body.targetClusterName === undefined) throw new ApiError('MISSING_ATTRIBUTE', 'targetClusterName');
  const { world } = request;
  if (!world.projects.some((project) => project.id === body.targetGroupId)) {
    throw new ApiError('GROUP_NOT_FOUND', body.targetGroupId);
  }
  if (!isAllowed(world, request.credential, body.targetGroupId, 'restore')) {
    throw new ApiError('CANNOT_RESTORE_TO_TARGET', 'no permission on the target project');
  }
  return findCluster(world, { project: body.targetGroupId, cluster: body.targetClusterName }, 'dedicated');
}
