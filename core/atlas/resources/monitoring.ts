import * as z from 'zod';
import type { Operation } from '../operation.ts';
import { distinct, includeCount, instant, maybe, maybeInstant, objectId, processId } from '../schemas.ts';

/** A `mongod` or `mongos` of a project. */
const mongoProcess = z.looseObject({
  /** Host and port: what the other operations call `processId`. */
  id: maybe(z.string()),
  hostname: maybe(z.string()),
  port: maybe(z.number()),
  /** The host's name with the cluster's in it, such as `orders-shard-00-00.abcde.mongodb.net`. */
  userAlias: maybe(z.string()),
  replicaSetName: maybe(z.string()),
  shardName: maybe(z.string()),
  /** `REPLICA_PRIMARY`, `REPLICA_SECONDARY`, `SHARD_MONGOS`, or another. */
  typeName: maybe(z.string()),
  /** Full server version. */
  version: maybe(z.string()),
  /** This and the instant below are ISO 8601 UTC. */
  created: maybeInstant,
  lastPing: maybeInstant,
  groupId: maybe(z.string()),
});

/** Series of measurements of one thing. */
const measurements = z.looseObject({
  databaseName: maybe(z.string()),
  partitionName: maybe(z.string()),
  processId: maybe(z.string()),
  hostId: maybe(z.string()),
  groupId: maybe(z.string()),
  /** ISO 8601 duration between two points. */
  granularity: maybe(z.string()),
  /** This and the instants below are ISO 8601 UTC. */
  start: maybe(z.string()),
  end: maybe(z.string()),
  measurements: maybe(
    z.array(
      z.looseObject({
        name: maybe(z.string()),
        /** `BYTES`, `SCALAR`, `PERCENT`, or another. */
        units: maybe(z.string()),
        /** A point without a value was not measured, which does not mean zero. */
        dataPoints: maybe(z.array(z.looseObject({ timestamp: maybeInstant, value: maybe(z.number()) }))),
      }),
    ),
  ),
});

const partition = z.looseObject({ partitionName: maybe(z.string()) });
const database = z.looseObject({ databaseName: maybe(z.string()) });

const databaseMeasurement = z.enum([
  'DATABASE_AVERAGE_OBJECT_SIZE',
  'DATABASE_COLLECTION_COUNT',
  'DATABASE_DATA_SIZE',
  'DATABASE_STORAGE_SIZE',
  'DATABASE_INDEX_SIZE',
  'DATABASE_INDEX_COUNT',
  'DATABASE_EXTENT_COUNT',
  'DATABASE_OBJECT_COUNT',
  'DATABASE_VIEW_COUNT',
]);

const diskMeasurement = z.enum([
  ...(['DISK_PARTITION_IOPS_READ', 'MAX_DISK_PARTITION_IOPS_READ'] as const),
  ...(['DISK_PARTITION_IOPS_WRITE', 'MAX_DISK_PARTITION_IOPS_WRITE'] as const),
  ...(['DISK_PARTITION_IOPS_TOTAL', 'MAX_DISK_PARTITION_IOPS_TOTAL'] as const),
  ...(['DISK_PARTITION_LATENCY_READ', 'MAX_DISK_PARTITION_LATENCY_READ'] as const),
  ...(['DISK_PARTITION_LATENCY_WRITE', 'MAX_DISK_PARTITION_LATENCY_WRITE'] as const),
  ...(['DISK_PARTITION_SPACE_FREE', 'MAX_DISK_PARTITION_SPACE_FREE'] as const),
  ...(['DISK_PARTITION_SPACE_USED', 'MAX_DISK_PARTITION_SPACE_USED'] as const),
  ...(['DISK_PARTITION_SPACE_PERCENT_FREE', 'MAX_DISK_PARTITION_SPACE_PERCENT_FREE'] as const),
  ...(['DISK_PARTITION_SPACE_PERCENT_USED', 'MAX_DISK_PARTITION_SPACE_PERCENT_USED'] as const),
  ...(['DISK_PARTITION_THROUGHPUT_READ', 'DISK_PARTITION_THROUGHPUT_WRITE', 'DISK_QUEUE_DEPTH'] as const),
]);

const duration = z.iso.duration('must be an ISO 8601 duration such as PT1H');

const span = {
  granularity: duration,
  period: duration.optional(),
  start: instant.optional(),
  end: instant.optional(),
};

/** Atlas wants a period or a start and an end. */
function spanIsClear({ period, start, end }: { period?: unknown; start?: unknown; end?: unknown }): boolean {
  return period === undefined
    ? start !== undefined && end !== undefined
    : start === undefined && end === undefined;
}
const SPAN = 'a period, or a start and an end, is needed, and not both';

const process = { groupId: objectId, processId };
const path = '/api/atlas/v2/groups/{groupId}/processes';
const common = {
  method: 'GET',
  version: '2023-01-01',
  effect: 'read',
  roles: ['Project Read Only'],
} as const;

/** What Atlas measures of processes, their disks and their databases. */
export const monitoringOperations = {
  /** All processes of a project. The role: Project Read Only. */
  listGroupProcesses: {
    ...common,
    operationId: 'listGroupProcesses',
    path,
    source: 'openapi.json',
    shape: 'list',
    paged: true,
    params: z.strictObject({ groupId: objectId, includeCount }),
    item: mongoProcess,
  },
  /**
   * The disks, or partitions, of a process. `processId` is host and port. The role: Project Read Only.
   *
   * Doc: return-available-disks-for-one-mongodb-process.
   */
  listProcessDisks: {
    ...common,
    operationId: 'listProcessDisks',
    path: `${path}/{processId}/disks`,
    source: 'return-available-disks-for-one-mongodb-process',
    shape: 'list',
    paged: true,
    params: z.strictObject({ ...process, includeCount }),
    item: partition,
  },
  /**
   * Measurements of a disk, all or up to ten kinds (`m`), over a period or between two instants. The role: Project Read
   * Only.
   */
  getProcessDiskMeasurements: {
    ...common,
    operationId: 'getProcessDiskMeasurements',
    path: `${path}/{processId}/disks/{partitionName}/measurements`,
    source: 'openapi.json',
    shape: 'one',
    params: z
      .strictObject({
        ...process,
        partitionName: z.string().min(1),
        m: distinct(z.array(diskMeasurement).min(1).max(10)).optional(),
        ...span,
      })
      .refine(spanIsClear, SPAN),
    reply: measurements,
  },
  /** The databases that a process serves. The role: Project Read Only. */
  listDatabases: {
    ...common,
    operationId: 'listDatabases',
    path: `${path}/{processId}/databases`,
    source: 'openapi.json',
    shape: 'list',
    paged: true,
    params: z.strictObject({ ...process, includeCount }),
    item: database,
  },
  /**
   * Measurements of a database, all or up to ten kinds (`m`), over a period (ISO 8601 duration) or between two instants, a
   * point every `granularity` (ISO 8601 duration). Atlas measures every 20 minutes or less often; a point it has not
   * measured has no value. The role: Project Read Only.
   *
   * Doc: return-measurements-for-one-database-in-one-mongodb-process.
   */
  getDatabaseMeasurements: {
    ...common,
    operationId: 'getDatabaseMeasurements',
    path: `${path}/{processId}/databases/{databaseName}/measurements`,
    source: 'return-measurements-for-one-database-in-one-mongodb-process',
    shape: 'one',
    params: z
      .strictObject({
        ...process,
        databaseName: z.string().min(1),
        m: distinct(z.array(databaseMeasurement).min(1).max(10)).optional(),
        ...span,
      })
      .refine(spanIsClear, SPAN),
    reply: measurements,
  },
} satisfies Readonly<Record<string, Operation>>;
