import { z } from 'zod';
import type { ApiOf, Operation } from '../operation.ts';
import { maybe, objectId } from '../schemas.ts';

/** An alert of a project. */
export type AtlasAlert = z.output<typeof atlasAlert>;
const atlasAlert = z.looseObject({
  id: z.string(),
  eventTypeName: z.string(),
  /** `OPEN`, `TRACKING`, `CLOSED`, `CANCELLED`, or a word that is new to us. */
  status: z.string(),
  /** This and the instants below are ISO 8601 UTC. */
  created: maybe(z.string()),
  updated: maybe(z.string()),
  resolved: maybe(z.string()),
  groupId: maybe(z.string()),
  /** Alerts that are not about a cluster have none. */
  clusterName: maybe(z.string()),
  replicaSetName: maybe(z.string()),
  hostnameAndPort: maybe(z.string()),
});

/** Alerts of a project. */
export const alertOperations = {
  /** Alerts of a project, of one status or of all. */
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
    params: z.strictObject({ groupId: objectId, status: z.enum(['OPEN', 'TRACKING', 'CLOSED']).optional() }),
    item: atlasAlert,
  },
} satisfies Readonly<Record<string, Operation>>;

/** Alerts: one method per operation. */
export type AlertsApi = ApiOf<typeof alertOperations>;
