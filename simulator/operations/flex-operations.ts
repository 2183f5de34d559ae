import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import { findCluster } from '../clusters.ts';
import type { ApiRequest, HandlerReply } from '../http-types.ts';
import { page } from '../pages.ts';
import { flexClusterReply, flexRestoreJobReply, flexSnapshotReply } from '../replies/flex-reply.ts';
import { bodyClusterName, bodyId, checkedBody } from '../request-body.ts';
import { createRestoreJob, findRestoreJob, restoreJobsOf } from '../restore-jobs.ts';
import { restorableSnapshot } from '../restore-rules.ts';
import { isAllowed } from '../roles.ts';
import { shownSnapshot, shownSnapshots } from '../snapshots.ts';
import { checkTarget } from '../target-rules.ts';
import type { ClusterState } from '../world.ts';
import { type Operation, part, USUAL_LIMIT } from './operation.ts';

const READ = {
  method: 'GET',
  versions: ['2024-11-13'],
  permission: 'read',
  perMinute: USUAL_LIMIT,
  changes: false,
} as const;

const restoreRequest = z.object({
  snapshotId: bodyId,
  targetDeploymentItemName: bodyClusterName,
  targetProjectId: bodyId.optional(),
});

/** Flex clusters, their snapshots and their restores: an API of its own. */
export const FLEX_OPERATIONS: readonly Operation[] = [
  {
    ...READ,
    id: 'getFlexCluster',
    path: '/flexClusters/{name}',
    handle: (request) => ({ status: 200, body: flexClusterReply(request, flexCluster(request)) }),
  },
  {
    ...READ,
    id: 'listFlexBackupSnapshots',
    path: '/flexClusters/{name}/backup/snapshots',
    handle: (request) =>
      page(request, shownSnapshots(request.world, flexCluster(request), request.now), (snapshot) =>
        flexSnapshotReply(request, snapshot),
      ),
  },
  {
    ...READ,
    id: 'getFlexBackupSnapshot',
    path: '/flexClusters/{name}/backup/snapshots/{snapshotId}',
    handle: (request) => {
      const id = part(request, 'snapshotId');
      const snapshot = shownSnapshot(request.world, flexCluster(request), id, request.now);
      return { status: 200, body: flexSnapshotReply(request, snapshot) };
    },
  },
  {
    ...READ,
    id: 'createFlexRestoreJob',
    method: 'POST',
    path: '/flexClusters/{name}/backup/restoreJobs',
    permission: 'restore',
    changes: true,
    handle: createJob,
  },
  {
    ...READ,
    id: 'listFlexRestoreJobs',
    path: '/flexClusters/{name}/backup/restoreJobs',
    handle: (request) =>
      page(request, restoreJobsOf(request.world, flexCluster(request)), (job) =>
        flexRestoreJobReply(request, job),
      ),
  },
  {
    ...READ,
    id: 'getFlexRestoreJob',
    path: '/flexClusters/{name}/backup/restoreJobs/{restoreJobId}',
    handle: (request) => {
      const job = findRestoreJob(request.world, flexCluster(request), part(request, 'restoreJobId'));
      return { status: 200, body: flexRestoreJobReply(request, job) };
    },
  },
];

function flexCluster(request: ApiRequest): ClusterState {
  return findCluster(
    request.world,
    { project: part(request, 'groupId'), cluster: part(request, 'name') },
    'flex',
  );
}

function createJob(request: ApiRequest): HandlerReply {
  const { world, now } = request;
  const source = flexCluster(request);
  const body = checkedBody(restoreRequest, request.body);
  const snapshot = restorableSnapshot(world, source, body.snapshotId, 'automated', now);
  const project = body.targetProjectId ?? source.project;
  if (!isAllowed(world, request.credential, project, 'restore')) {
    throw new ApiError('CANNOT_RESTORE_TO_TARGET', 'no permission on the target project');
  }
  const target = findCluster(world, { project, cluster: body.targetDeploymentItemName }, 'flex');
  checkTarget(world, source, snapshot, target, now);
  const job = createRestoreJob(
    world,
    { kind: 'flex', deliveryType: 'automated', source, snapshot, target },
    now,
  );
  return { status: 200, body: flexRestoreJobReply(request, job) };
}
