import * as z from 'zod';
import type { Operation } from '../operation.ts';
import { includeCount, lenient, maybe, maybeInstant, objectId } from '../schemas.ts';

/** An alert of a project. */
export type AtlasAlert = z.output<typeof atlasAlert>;
const atlasAlertFields = {
  id: maybe(z.string()),
  eventTypeName: maybe(z.string()),
  /** `OPEN`, `TRACKING`, `CLOSED`, `CANCELLED`, or a word that is new to us. */
  status: maybe(z.string()),
  /** This and the instants below are ISO 8601 UTC; absent also when they cannot be read. */
  created: maybeInstant,
  updated: maybeInstant,
  resolved: maybeInstant,
  groupId: maybe(z.string()),
  /** No recorded alert about a host or a replica set has it. */
  clusterName: maybe(z.string()),
  /** The id of the cluster in monitoring, which is not always the id that `getCluster` gives. */
  clusterId: maybe(z.string()),
  replicaSetName: maybe(z.string()),
  hostnameAndPort: maybe(z.string()),
  /** The host under the cluster's own name, without a port. */
  userAlias: maybe(z.string()),
};
const atlasAlert = z.looseObject(lenient(atlasAlertFields));

/** Alerts of a project, and what their configurations may look at. */
export const alertOperations = {
  /**
   * Alerts of a project, of one status or, without `status`, of all. The role: Project Read Only.
   *
   * Doc: return-all-alerts-from-one-project.
   */
  listAlerts: {
    operationId: 'listAlerts',
    method: 'GET',
    path: '/api/atlas/v2/groups/{groupId}/alerts',
    version: '2023-01-01',
    effect: 'read',
    roles: ['Project Read Only'],
    source: 'return-all-alerts-from-one-project',
    shape: 'list',
    paged: true,
    params: z.strictObject({
      groupId: objectId,
      status: z.enum(['OPEN', 'TRACKING', 'CLOSED']).optional(),
      includeCount,
    }),
    item: atlasAlert,
  },
  /**
   * The names of the fields that the matchers of an alert configuration may look at, such as `CLUSTER_NAME`. Any role will
   * do.
   *
   * Doc: return-all-alert-configuration-matchers-field-names.
   */
  listMatcherFieldNames: {
    operationId: 'listMatcherFieldNames',
    method: 'GET',
    path: '/api/atlas/v2/alertConfigs/matchers/fieldNames',
    version: '2023-01-01',
    effect: 'read',
    roles: [],
    source: 'return-all-alert-configuration-matchers-field-names',
    shape: 'one',
    params: z.strictObject({}),
    reply: z.array(z.string()),
  },
} satisfies Readonly<Record<string, Operation>>;
