import * as z from 'zod';
import type { Operation } from '../operation.ts';
import { clusterName, includeCount, lenient, maybe, maybeInstant, objectId } from '../schemas.ts';

/** A flex cluster. */
export type FlexCluster = z.output<typeof flexCluster>;
const flexClusterFields = {
  /** `IDLE`, `CREATING`, `UPDATING`, `DELETING`, `REPAIRING`, or a word that is new to us. */
  stateName: maybe(z.string()),
  id: maybe(z.string()),
  groupId: maybe(z.string()),
  clusterType: maybe(z.string()),
  /** Full server version. */
  mongoDBVersion: maybe(z.string()),
  backupSettings: maybe(z.looseObject({ enabled: maybe(z.boolean()) })),
  providerSettings: maybe(
    z.looseObject({
      backingProviderName: maybe(z.string()),
      /** Gibibytes. */
      diskSizeGB: maybe(z.number()),
      regionName: maybe(z.string()),
    }),
  ),
  terminationProtectionEnabled: maybe(z.boolean()),
};
const flexCluster = z.looseObject({ name: z.string(), ...lenient(flexClusterFields) });

/** A snapshot of a flex cluster. */
export type FlexSnapshot = z.output<typeof flexSnapshot>;
const flexSnapshot = z.looseObject({
  id: z.string(),
  /** `PENDING`, `QUEUED`, `RUNNING`, `FAILED`, `COMPLETED`, or a word that is new to us. */
  status: z.string(),
  /** This and the instants below are ISO 8601 UTC. */
  expiration: maybeInstant,
  finishTime: maybeInstant,
  scheduledTime: maybeInstant,
  startTime: maybeInstant,
  mongoDBVersion: maybe(z.string()),
});

/** A restore of a flex cluster. */
export type FlexRestoreJob = z.output<typeof flexRestoreJob>;
const flexRestoreJobFields = {
  /** `PENDING`, `QUEUED`, `RUNNING`, `FAILED`, `COMPLETED`, or a word that is new to us. */
  status: maybe(z.string()),
  /** `RESTORE` or `DOWNLOAD`. */
  deliveryType: maybe(z.string()),
  /** This and the instants below are ISO 8601 UTC. */
  expirationDate: maybeInstant,
  restoreScheduledDate: maybeInstant,
  restoreFinishedDate: maybeInstant,
  snapshotFinishedDate: maybeInstant,
  instanceName: maybe(z.string()),
  projectId: maybe(z.string()),
  snapshotId: maybe(z.string()),
  /** A single-use link: a secret. */
  snapshotUrl: maybe(z.string()),
  targetDeploymentItemName: maybe(z.string()),
  targetProjectId: maybe(z.string()),
};
const flexRestoreJob = z.looseObject({ id: z.string(), ...lenient(flexRestoreJobFields) });

const cluster = { groupId: objectId, name: clusterName };
const path = '/api/atlas/v2/groups/{groupId}/flexClusters/{name}';
const common = { version: '2024-11-13', source: 'openapi.json' } as const;

/** Flex clusters have an API of their own; asked of a dedicated cluster it answers 400. */
export const flexOperations = {
  /** One flex cluster. */
  getFlexCluster: {
    ...common,
    operationId: 'getFlexCluster',
    method: 'GET',
    path,
    effect: 'read',
    roles: ['Project Read Only'],
    shape: 'one',
    params: z.strictObject(cluster),
    reply: flexCluster,
  },
  /** All snapshots of a flex cluster. */
  listFlexBackupSnapshots: {
    ...common,
    operationId: 'listFlexBackupSnapshots',
    method: 'GET',
    path: `${path}/backup/snapshots`,
    effect: 'read',
    roles: ['Project Read Only'],
    shape: 'list',
    paged: true,
    params: z.strictObject({ ...cluster, includeCount }),
    item: flexSnapshot,
  },
  /** One snapshot of a flex cluster. */
  getFlexBackupSnapshot: {
    ...common,
    operationId: 'getFlexBackupSnapshot',
    method: 'GET',
    path: `${path}/backup/snapshots/{snapshotId}`,
    effect: 'read',
    roles: ['Project Read Only'],
    shape: 'one',
    params: z.strictObject({ ...cluster, snapshotId: objectId }),
    reply: flexSnapshot,
  },
  /** Starts a restore of a flex cluster. It erases the target. */
  createFlexRestoreJob: {
    ...common,
    operationId: 'createFlexRestoreJob',
    method: 'POST',
    path: `${path}/backup/restoreJobs`,
    effect: 'change',
    roles: ['Project Backup Recovery Operator'],
    shape: 'one',
    params: z.strictObject({
      ...cluster,
      body: z.strictObject({
        snapshotId: objectId,
        targetDeploymentItemName: z
          .string()
          .regex(
            /^[\p{L}\p{N}\-_.(),:&@+']{1,64}$/u,
            'must be 1 to 64 letters, digits or -_.(),:&@+ and apostrophes',
          ),
        targetProjectId: objectId.optional(),
      }),
    }),
    reply: flexRestoreJob,
  },
  /** One restore of a flex cluster. */
  getFlexRestoreJob: {
    ...common,
    operationId: 'getFlexRestoreJob',
    method: 'GET',
    path: `${path}/backup/restoreJobs/{restoreJobId}`,
    effect: 'read',
    roles: ['Project Read Only'],
    shape: 'one',
    params: z.strictObject({ ...cluster, restoreJobId: objectId }),
    reply: flexRestoreJob,
  },
  /** All restores from a flex cluster, newest first. */
  listFlexRestoreJobs: {
    ...common,
    operationId: 'listFlexRestoreJobs',
    method: 'GET',
    path: `${path}/backup/restoreJobs`,
    effect: 'read',
    roles: ['Project Read Only'],
    shape: 'list',
    paged: true,
    params: z.strictObject({ ...cluster, includeCount }),
    item: flexRestoreJob,
  },
} satisfies Readonly<Record<string, Operation>>;
