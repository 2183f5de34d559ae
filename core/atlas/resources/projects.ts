import * as z from 'zod';
import type { Operation } from '../operation.ts';
import { maybe, maybeInstant, objectId } from '../schemas.ts';

/** A project, which the API calls a group. */
const project = z.looseObject({
  id: maybe(z.string()),
  name: maybe(z.string()),
  orgId: maybe(z.string()),
  clusterCount: maybe(z.number()),
  /** ISO 8601 UTC. */
  created: maybeInstant,
  regionUsageRestrictions: maybe(z.string()),
  tags: maybe(z.array(z.looseObject({ key: maybe(z.string()), value: maybe(z.string()) }))),
});

/** Projects. */
export const projectOperations = {
  /** One project, with the organization it belongs to. The role: Project Read Only. */
  getGroup: {
    operationId: 'getGroup',
    method: 'GET',
    path: '/api/atlas/v2/groups/{groupId}',
    version: '2023-01-01',
    effect: 'read',
    roles: ['Project Read Only'],
    source: 'openapi.json',
    shape: 'one',
    params: z.strictObject({ groupId: objectId }),
    reply: project,
  },
} satisfies Readonly<Record<string, Operation>>;
