import * as z from 'zod';
import type { Operation } from '../operation.ts';
import { clusterName, includeCount, instant, lenient, maybe, maybeInstant, objectId } from '../schemas.ts';

/** Something that happened in a project, for example `CPS_RESTORE_SUCCESSFUL`. */
export type AtlasEvent = z.output<typeof atlasEvent>;
const atlasEventFields = {
  id: maybe(z.string()),
  eventTypeName: maybe(z.string()),
  /** ISO 8601 UTC. */
  created: maybeInstant,
  groupId: maybe(z.string()),
  orgId: maybe(z.string()),
  clusterName: maybe(z.string()),
  username: maybe(z.string()),
};
const atlasEvent = z.looseObject(lenient(atlasEventFields));

/** Events of a project. */
export const eventOperations = {
  /**
   * Events of a project, newest first, between `minDate` and `maxDate` (ISO 8601). Names of event types change often, so
   * any is sent. `includeRaw` adds a document whose fields may change. The role: Project Read Only.
   *
   * Doc: return-events-from-one-project.
   */
  listGroupEvents: {
    operationId: 'listGroupEvents',
    method: 'GET',
    path: '/api/atlas/v2/groups/{groupId}/events',
    version: '2023-01-01',
    effect: 'read',
    roles: ['Project Read Only'],
    source: 'return-events-from-one-project',
    shape: 'list',
    paged: true,
    params: z.strictObject({
      groupId: objectId,
      clusterNames: z.array(clusterName).readonly().optional(),
      eventType: z.array(z.string().min(1)).readonly().optional(),
      excludedEventType: z.array(z.string().min(1)).readonly().optional(),
      includeRaw: z.boolean().optional(),
      includeCount,
      minDate: instant.optional(),
      maxDate: instant.optional(),
    }),
    item: atlasEvent,
  },
} satisfies Readonly<Record<string, Operation>>;
