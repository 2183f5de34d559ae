import * as z from 'zod';
import type { Operation } from '../operation.ts';
import {
  clusterName,
  includeCount,
  instant,
  lenient,
  maybe,
  maybeInstant,
  nothing,
  objectId,
} from '../schemas.ts';

const hardware = maybe(
  z.looseObject({
    instanceSize: maybe(z.string()),
    /** Gibibytes. */
    diskSizeGB: maybe(z.number()),
    nodeCount: maybe(z.number()),
  }),
);

/** One shard, or the whole of a replica set. */
const replicationSpec = z.looseObject({
  id: maybe(z.string()),
  zoneName: maybe(z.string()),
  regionConfigs: maybe(
    z.array(
      z.looseObject({
        providerName: maybe(z.string()),
        regionName: maybe(z.string()),
        electableSpecs: hardware,
        readOnlySpecs: hardware,
        analyticsSpecs: hardware,
      }),
    ),
  ),
});

/** A dedicated cluster: a replica set or a sharded one. */
export type AtlasCluster = z.output<typeof atlasCluster>;
const atlasClusterFields = {
  /** `REPLICASET`, `SHARDED`, `GEOSHARDED`, or a word that is new to us. */
  clusterType: maybe(z.string()),
  /** `IDLE`, `CREATING`, `UPDATING`, `DELETING`, `REPAIRING`, or a word that is new to us. */
  stateName: maybe(z.string()),
  id: maybe(z.string()),
  groupId: maybe(z.string()),
  backupEnabled: maybe(z.boolean()),
  /** `DEDICATED` or `EMBEDDED` (a config shard); of sharded clusters only. */
  configServerType: maybe(z.string()),
  /** Whether continuous backup (point in time) is on. */
  pitEnabled: maybe(z.boolean()),
  paused: maybe(z.boolean()),
  /** `NONE`, or the provider that keeps the customer's key: `AWS`, `AZURE`, `GCP`. */
  encryptionAtRestProvider: maybe(z.string()),
  mongoDBMajorVersion: maybe(z.string()),
  /** Full server version such as `8.0.29`. */
  mongoDBVersion: maybe(z.string()),
  featureCompatibilityVersion: maybe(z.string()),
  terminationProtectionEnabled: maybe(z.boolean()),
  /** ISO 8601 UTC. */
  createDate: maybeInstant,
  /** Absent until the cluster has been made. */
  connectionStrings: maybe(z.looseObject({ standard: maybe(z.string()) })),
  /** Since version 2024-08-05 one entry per shard. */
  replicationSpecs: maybe(z.array(replicationSpec)),
  /** What its owners have marked it with. */
  tags: maybe(z.array(z.looseObject({ key: maybe(z.string()), value: maybe(z.string()) }))),
  /** As above, with what auto-scaling has made of it. */
  effectiveReplicationSpecs: maybe(z.array(replicationSpec)),
};
const atlasCluster = z.looseObject({ name: z.string(), ...lenient(atlasClusterFields) });

/** How long a pin of the feature compatibility version may last: four weeks, in milliseconds. */
const LONGEST_PIN = 28 * 24 * 60 * 60 * 1000;

const pin = z.strictObject({ expirationDate: instant.optional() });

const cluster = { groupId: objectId, clusterName };
const path = '/api/atlas/v2/groups/{groupId}/clusters/{clusterName}';

/** Dedicated clusters. */
export const clusterOperations = {
  /** One dedicated cluster; asked of a flex cluster it answers 400 `CANNOT_USE_FLEX_CLUSTER_IN_CLUSTER_API`. */
  getCluster: {
    operationId: 'getCluster',
    method: 'GET',
    path,
    version: '2024-08-05',
    effect: 'read',
    roles: ['Project Read Only'],
    source: 'openapi.json',
    shape: 'one',
    params: z.strictObject(cluster),
    reply: atlasCluster,
  },
  /** The dedicated clusters of a project; flex clusters have a list of their own. The role: Project Read Only. */
  listClusters: {
    operationId: 'listClusters',
    method: 'GET',
    path: '/api/atlas/v2/groups/{groupId}/clusters',
    version: '2024-08-05',
    effect: 'read',
    roles: ['Project Read Only'],
    source: 'openapi.json',
    shape: 'list',
    paged: true,
    params: z.strictObject({
      groupId: objectId,
      includeCount,
      /** Also those that were deleted and whose snapshots are kept. */
      includeDeletedWithRetainedBackups: z.boolean().optional(),
    }),
    item: atlasCluster,
  },
  /**
   * Lets MongoDB's employees at a cluster until `expirationTime` (ISO 8601), at the level of `grantType`. The role: Project
   * Support Access Manager. It answers 204; 409 when the cluster can't be opened now.
   *
   * Doc: grant-mongodb-employee-cluster-access-for-one-cluster.
   */
  grantMongoEmployeeAccess: {
    operationId: 'grantMongoEmployeeAccess',
    method: 'POST',
    path: `${path}:grantMongoDBEmployeeAccess`,
    version: '2024-08-05',
    effect: 'change',
    roles: ['Project Support Access Manager'],
    source: 'grant-mongodb-employee-cluster-access-for-one-cluster',
    shape: 'one',
    params: z.strictObject({
      ...cluster,
      body: z.strictObject({
        expirationTime: instant,
        grantType: z.enum([
          'CLUSTER_DATABASE_LOGS',
          'CLUSTER_INFRASTRUCTURE',
          'CLUSTER_INFRASTRUCTURE_AND_APP_SERVICES_SYNC_DATA',
        ]),
      }),
    }),
    reply: nothing,
  },
  /**
   * Pins the feature compatibility version to what it is, until `expirationDate` (ISO 8601), four weeks from the pinning
   * at most and by default. A cluster that is pinned already keeps its version and gets the new date. The role: Project
   * Owner. It answers 204; 409 when the cluster can't be pinned now.
   *
   * Doc: pin-feature-compatibility-version-for-one-cluster-in-one-project.
   */
  pinFeatureCompatibilityVersion: {
    operationId: 'pinFeatureCompatibilityVersion',
    method: 'POST',
    path: `${path}:pinFeatureCompatibilityVersion`,
    version: '2024-05-30',
    effect: 'change',
    roles: ['Project Owner'],
    source: 'pin-feature-compatibility-version-for-one-cluster-in-one-project',
    shape: 'one',
    params: z.strictObject({ ...cluster, body: pin.default({}) }),
    faultsAt({ body }, now) {
      const { expirationDate } = pin.parse(body);
      // A pin never began later than now, so this date is too late whenever it began.
      const tooLate = expirationDate !== undefined && Date.parse(expirationDate) > now + LONGEST_PIN;
      return tooLate ? ['body.expirationDate: must be within four weeks'] : [];
    },
    reply: nothing,
  },
  /**
   * Takes the pin off; not for clusters on rapid release. The role: Project Owner. It answers 204; 402 and 409 when the
   * cluster does not allow it.
   *
   * Doc: unpin-feature-compatibility-version-for-one-cluster-in-one-project.
   */
  unpinFeatureCompatibilityVersion: {
    operationId: 'unpinFeatureCompatibilityVersion',
    method: 'POST',
    path: `${path}:unpinFeatureCompatibilityVersion`,
    version: '2024-05-30',
    effect: 'change',
    roles: ['Project Owner'],
    source: 'unpin-feature-compatibility-version-for-one-cluster-in-one-project',
    shape: 'one',
    params: z.strictObject(cluster),
    reply: nothing,
  },
} satisfies Readonly<Record<string, Operation>>;
