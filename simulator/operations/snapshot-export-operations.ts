import { ApiError } from '../api-error.ts';
import { snapshotExportReply } from '../replies/snapshot-export-reply.ts';
import { clusterOf, found, LOOK, type Operation, part, projectOf } from './operation.ts';

/** Snapshot export jobs, which took the place of data lake pipelines. */
export const SNAPSHOT_EXPORT_OPERATIONS: readonly Operation[] = [
  {
    ...LOOK,
    id: 'getBackupExport',
    path: '/clusters/{clusterName}/backup/exports/{exportId}',
    permission: 'manageBackups',
    handle: (request) => {
      const { name } = clusterOf(request, 'dedicated');
      const id = part(request, 'exportId');
      const ofCluster = (projectOf(request).snapshotExports ?? []).filter(({ cluster }) => cluster === name);
      const job = found(ofCluster, id, new ApiError('EXPORT_JOB_NOT_FOUND', id, name));
      return { status: 200, body: snapshotExportReply(job, request.now) };
    },
  },
];
