import * as z from 'zod';
import type { Operation } from '../operation.ts';
import { clusterName, includeCount, lenient, maybe, maybeInstant, nothing, objectId } from '../schemas.ts';

const downloadUrls = maybe(
  z.array(z.looseObject({ deliveryUrl: maybe(z.string()), endpointId: maybe(z.string()) })),
);

/**
 * A restore of a dedicated or sharded cluster. It has no status: `failed`, `expired` and `cancelled` come first, then
 * `finishedAt` means success. A download never gets `finishedAt`; it is done when a URL is there.
 */
export type RestoreJob = z.output<typeof restoreJob>;
const restoreJobFields = {
  /** `automated`, `download` or `pointInTime`. */
  deliveryType: maybe(z.string()),
  cancelled: maybe(z.boolean()),
  expired: maybe(z.boolean()),
  failed: maybe(z.boolean()),
  /** ISO 8601 UTC. */
  finishedAt: maybeInstant,
  /** ISO 8601 UTC: when the links of a download go. */
  expiresAt: maybeInstant,
  snapshotId: maybe(z.string()),
  targetClusterName: maybe(z.string()),
  targetGroupId: maybe(z.string()),
  /** Seconds since the UNIX epoch. */
  pointInTimeUTCSeconds: maybe(z.number()),
  /** Seconds since the UNIX epoch. */
  oplogTs: maybe(z.number()),
  oplogInc: maybe(z.number()),
  /** ISO 8601 UTC: when the snapshot was taken. */
  timestamp: maybeInstant,
  desiredTimestamp: maybe(
    z.looseObject({ date: maybe(z.string()), increment: maybe(z.number()), time: maybe(z.number()) }),
  ),
  /** Single-use links, good for an hour: secrets. */
  deliveryUrl: maybe(z.array(z.string())),
  privateDownloadDeliveryUrls: downloadUrls,
  /** The parts of a sharded cluster's download; their links are secrets too. */
  components: maybe(
    z.array(
      z.looseObject({
        downloadUrl: maybe(z.string()),
        privateDownloadDeliveryUrls: downloadUrls,
        replicaSetName: maybe(z.string()),
      }),
    ),
  ),
};
const restoreJob = z.looseObject({ id: z.string(), ...lenient(restoreJobFields) });

/** 2008-01-01T00:00:00Z, the earliest instant the document allows. */
const epochSeconds = z.int32().min(1_199_145_600);

const cluster = { groupId: objectId, clusterName };
const path = '/api/atlas/v2/groups/{groupId}/clusters/{clusterName}/backup/restoreJobs';

/** Restores of dedicated and sharded clusters. */
export const restoreJobOperations = {
  /**
   * Starts a restore. Automated and point-in-time restores erase the target, which they must name. Points in time are in
   * seconds since the UNIX epoch, 2008 or later. The role: Project Backup Recovery Operator, or for downloads Project
   * Backup Export Operator.
   *
   * Errors: 409 `ATLAS_CLUSTER_RESTORE_IN_PROGRESS` and `CANNOT_START_RESTORE_JOB_FOR_INCOMPLETE_CLUSTER_SNAPSHOT` pass;
   * 409 `CANNOT_START_RESTORE_JOB_FOR_DELETED_SNAPSHOT`, 403 `CANNOT_RESTORE_TO_TARGET`, 404 `SNAPSHOT_NOT_FOUND` and the
   * codes of a 400 don't. Doc: restore-one-snapshot-of-one-cluster.
   */
  createBackupRestoreJob: {
    operationId: 'createBackupRestoreJob',
    method: 'POST',
    path,
    version: '2023-01-01',
    effect: 'change',
    roles: ['Project Backup Recovery Operator', 'Project Backup Export Operator'],
    source: 'restore-one-snapshot-of-one-cluster',
    shape: 'one',
    params: z.strictObject({
      ...cluster,
      body: z.strictObject({
        deliveryType: z.enum(['automated', 'download', 'pointInTime']),
        snapshotId: objectId.optional(),
        targetClusterName: clusterName.optional(),
        targetGroupId: objectId.optional(),
        pointInTimeUTCSeconds: epochSeconds.optional(),
        oplogTs: epochSeconds.optional(),
        oplogInc: z.int32().min(1).optional(),
      }),
    }),
    reply: restoreJob,
  },
  /** One restore, looked up under the cluster it restores from. */
  getBackupRestoreJob: {
    operationId: 'getBackupRestoreJob',
    method: 'GET',
    path: `${path}/{restoreJobId}`,
    version: '2023-01-01',
    effect: 'read',
    roles: ['Project Backup Manager'],
    source: 'openapi.json',
    shape: 'one',
    params: z.strictObject({ ...cluster, restoreJobId: objectId }),
    reply: restoreJob,
  },
  /** All restores from a cluster, newest first. */
  listBackupRestoreJobs: {
    operationId: 'listBackupRestoreJobs',
    method: 'GET',
    path,
    version: '2023-01-01',
    effect: 'read',
    roles: ['Project Backup Manager'],
    source: 'openapi.json',
    shape: 'list',
    paged: true,
    params: z.strictObject({ ...cluster, includeCount }),
    item: restoreJob,
  },
  /** Cancels a download. Atlas cancels no automated restore. */
  cancelBackupRestoreJob: {
    operationId: 'cancelBackupRestoreJob',
    method: 'DELETE',
    path: `${path}/{restoreJobId}`,
    version: '2023-01-01',
    effect: 'change',
    roles: ['Project Backup Recovery Operator', 'Project Backup Export Operator'],
    source: 'openapi.json',
    shape: 'one',
    params: z.strictObject({ ...cluster, restoreJobId: objectId }),
    reply: nothing,
  },
} satisfies Readonly<Record<string, Operation>>;
