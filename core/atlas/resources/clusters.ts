import { z } from 'zod';
import type { ApiOf, Operation } from '../operation.ts';
import { clusterName, maybe, objectId } from '../schemas.ts';

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
const atlasCluster = z.looseObject({
  name: z.string(),
  /** `REPLICASET`, `SHARDED`, `GEOSHARDED`, or a word that is new to us. */
  clusterType: z.string(),
  /** `IDLE`, `CREATING`, `UPDATING`, `DELETING`, `REPAIRING`, or a word that is new to us. */
  stateName: z.string(),
  id: maybe(z.string()),
  groupId: maybe(z.string()),
  backupEnabled: maybe(z.boolean()),
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
  createDate: maybe(z.string()),
  /** Since version 2024-08-05 one entry per shard. */
  replicationSpecs: maybe(z.array(replicationSpec)),
  /** As above, with what auto-scaling has made of it. */
  effectiveReplicationSpecs: maybe(z.array(replicationSpec)),
});

/** Dedicated clusters. */
export const clusterOperations = {
  /** One dedicated cluster; asked of a flex cluster it answers 400 `CANNOT_USE_FLEX_CLUSTER_IN_CLUSTER_API`. */
  getCluster: {
    operationId: 'getCluster',
    method: 'GET',
    path: '/api/atlas/v2/groups/{groupId}/clusters/{clusterName}',
    version: '2024-08-05',
    effect: 'read',
    roles: ['Project Read Only'],
    source: 'openapi.json',
    shape: 'one',
    params: z.strictObject({ groupId: objectId, clusterName }),
    reply: atlasCluster,
  },
} satisfies Readonly<Record<string, Operation>>;

/** Clusters: one method per operation. */
export type ClustersApi = ApiOf<typeof clusterOperations>;
