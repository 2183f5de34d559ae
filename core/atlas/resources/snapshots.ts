import * as z from 'zod';
import type { Operation } from '../operation.ts';
import { clusterName, includeCount, lenient, maybe, maybeCount, maybeInstant, objectId } from '../schemas.ts';

const snapshotFields = {
  /** `queued`, `inProgress`, `completed`, `failed`, or a word that is new to us. */
  status: z.string(),
  /** `replicaSet` or `shardedCluster`. */
  type: maybe(z.string()),
  /** `onDemand`, `scheduled` or `fallback`. */
  snapshotType: maybe(z.string()),
  /** `hourly` to `yearly`; Atlas sends `ondemand` too, which its document does not list. */
  frequencyType: maybe(z.string()),
  /** ISO 8601 UTC; absent until the snapshot completes. */
  createdAt: maybeInstant,
  /** ISO 8601 UTC. */
  expiresAt: maybeInstant,
  /** Full server version; absent until the snapshot completes. */
  mongodVersion: maybe(z.string()),
  /** Bytes; 0 until the snapshot completes. */
  storageSizeBytes: maybeCount,
  /** Present when the snapshot is encrypted with the customer's own key. */
  masterKeyUUID: maybe(z.string()),
  description: maybe(z.string()),
  policyItems: maybe(z.array(z.string())),
};

const replicaSetFields = {
  replicaSetName: maybe(z.string()),
  cloudProvider: maybe(z.string()),
  copyRegions: maybe(z.array(z.string())),
};

const shardedFields = {
  /** `DEDICATED` or `EMBEDDED` (a config shard), as it was when the snapshot was taken. */
  configServerType: maybe(z.string()),
  /** One for each shard, and one for the config server unless a shard is that as well. */
  members: maybe(
    z.array(
      z.looseObject({
        id: maybe(z.string()),
        replicaSetName: maybe(z.string()),
        cloudProvider: maybe(z.string()),
      }),
    ),
  ),
  snapshotIds: maybe(z.array(z.string())),
};

/** A cloud backup of a replica set. */
export type ReplicaSetSnapshot = z.output<typeof replicaSetSnapshot>;
const replicaSetSnapshot = z.looseObject({ id: z.string(), ...snapshotFields, ...replicaSetFields });

/** A cloud backup of a sharded cluster. */
export type ShardedSnapshot = z.output<typeof shardedSnapshot>;
const shardedSnapshot = z.looseObject({ id: z.string(), ...snapshotFields, ...shardedFields });

/** A snapshot just asked for, of a replica set or of a sharded cluster. */
export type TakenSnapshot = z.output<typeof takenSnapshot>;
const takenSnapshot = z.looseObject({
  id: z.string(),
  ...lenient({ ...snapshotFields, ...replicaSetFields, ...shardedFields }),
});

/** A snapshot of a serverless instance. They can be looked up; their restores ended in January 2026. */
const serverlessSnapshot = z.looseObject({
  ...snapshotFields,
  id: maybe(z.string()),
  status: maybe(z.string()),
  serverlessInstanceName: maybe(z.string()),
});

const bsonTimestamp = maybe(z.looseObject({ date: maybe(z.string()), increment: maybe(z.number()) }));

/** A snapshot of the legacy backup, from before cloud backups. */
const legacySnapshot = z.looseObject({
  id: maybe(z.string()),
  clusterId: maybe(z.string()),
  clusterName: maybe(z.string()),
  groupId: maybe(z.string()),
  complete: maybe(z.boolean()),
  created: bsonTimestamp,
  /** ISO 8601 UTC. */
  expires: maybeInstant,
  doNotDelete: maybe(z.boolean()),
  incremental: maybe(z.boolean()),
  lastOplogAppliedTimestamp: bsonTimestamp,
});

const cluster = { groupId: objectId, clusterName };

/** Snapshots of dedicated, sharded and serverless deployments. */
export const snapshotOperations = {
  /**
   * One cloud backup of a replica set. The role: Project Read Only; a backup that is gone answers 404.
   *
   * Doc: return-one-replica-set-cloud-backup.
   */
  getClusterBackupSnapshot: {
    operationId: 'getClusterBackupSnapshot',
    method: 'GET',
    path: '/api/atlas/v2/groups/{groupId}/clusters/{clusterName}/backup/snapshots/{snapshotId}',
    version: '2023-01-01',
    effect: 'read',
    roles: ['Project Read Only'],
    source: 'return-one-replica-set-cloud-backup',
    shape: 'one',
    params: z.strictObject({ ...cluster, snapshotId: objectId }),
    reply: replicaSetSnapshot,
  },
  /**
   * All cloud backups of a replica set, or those that a point in time (seconds since the UNIX epoch) can be restored from.
   */
  listBackupSnapshots: {
    operationId: 'listBackupSnapshots',
    method: 'GET',
    path: '/api/atlas/v2/groups/{groupId}/clusters/{clusterName}/backup/snapshots',
    version: '2023-01-01',
    effect: 'read',
    roles: ['Project Read Only'],
    source: 'openapi.json',
    shape: 'list',
    paged: true,
    params: z.strictObject({
      ...cluster,
      pointInTimeUtcSeconds: z.int().optional(),
      oplogTs: z.int().optional(),
      oplogInc: z.int().optional(),
      includeCount,
    }),
    item: replicaSetSnapshot,
  },
  /** Takes a snapshot now. Atlas starts none while another on-demand one is queued or in progress. */
  takeSnapshots: {
    operationId: 'takeSnapshots',
    method: 'POST',
    path: '/api/atlas/v2/groups/{groupId}/clusters/{clusterName}/backup/snapshots',
    version: '2023-01-01',
    effect: 'change',
    roles: ['Project Backup Creator'],
    source: 'openapi.json',
    shape: 'one',
    params: z.strictObject({
      ...cluster,
      body: z.strictObject({
        description: z.string().optional(),
        retentionInDays: z.int32().min(1).optional(),
      }),
    }),
    reply: takenSnapshot,
  },
  /** One cloud backup of a sharded cluster. */
  getBackupShardedCluster: {
    operationId: 'getBackupShardedCluster',
    method: 'GET',
    path: '/api/atlas/v2/groups/{groupId}/clusters/{clusterName}/backup/snapshots/shardedCluster/{snapshotId}',
    version: '2023-01-01',
    effect: 'read',
    roles: ['Project Read Only'],
    source: 'openapi.json',
    shape: 'one',
    params: z.strictObject({ ...cluster, snapshotId: objectId }),
    reply: shardedSnapshot,
  },
  /** All cloud backups of a sharded cluster, in one reply: Atlas does not page this list. */
  listBackupShardedClusters: {
    operationId: 'listBackupShardedClusters',
    method: 'GET',
    path: '/api/atlas/v2/groups/{groupId}/clusters/{clusterName}/backup/snapshots/shardedClusters',
    version: '2023-01-01',
    effect: 'read',
    roles: ['Project Read Only'],
    source: 'openapi.json',
    shape: 'list',
    paged: false,
    params: z.strictObject(cluster),
    item: shardedSnapshot,
  },
  /**
   * One snapshot of a serverless instance, or of a flex cluster that was one. Atlas ended it in January 2026 in favour of
   * `getFlexBackupSnapshot`. The role: Project Read Only.
   *
   * Doc: return-one-snapshot-of-one-serverless-instance.
   */
  getServerlessBackupSnapshot: {
    operationId: 'getServerlessBackupSnapshot',
    method: 'GET',
    path: '/api/atlas/v2/groups/{groupId}/serverless/{clusterName}/backup/snapshots/{snapshotId}',
    version: '2023-01-01',
    effect: 'read',
    roles: ['Project Read Only'],
    source: 'return-one-snapshot-of-one-serverless-instance',
    deprecated: true,
    shape: 'one',
    params: z.strictObject({ ...cluster, snapshotId: objectId }),
    reply: serverlessSnapshot,
  },
  /**
   * All snapshots of the legacy backup, which no cluster since March 2020 has; the complete ones unless `completed` says
   * otherwise. The role: Project Read Only.
   *
   * Doc: return-all-legacy-backup-snapshots-deprecated.
   */
  listClusterSnapshots: {
    operationId: 'listClusterSnapshots',
    method: 'GET',
    path: '/api/atlas/v2/groups/{groupId}/clusters/{clusterName}/snapshots',
    version: '2023-01-01',
    effect: 'read',
    roles: ['Project Read Only'],
    source: 'return-all-legacy-backup-snapshots-deprecated',
    deprecated: true,
    shape: 'list',
    paged: true,
    params: z.strictObject({
      ...cluster,
      completed: z.enum(['all', 'true', 'false']).optional(),
      includeCount,
    }),
    item: legacySnapshot,
  },
} satisfies Readonly<Record<string, Operation>>;
