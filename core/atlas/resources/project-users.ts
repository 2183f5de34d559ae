import * as z from 'zod';
import type { Operation } from '../operation.ts';
import { distinct, email, objectId, projectRole } from '../schemas.ts';
import { activeOrPending } from '../users.ts';

/** A user of a project with the roles there, by `orgMembershipStatus`: `ACTIVE`, or pending. */
const projectUser = activeOrPending(z.array(z.string()));

/** People with access to a project. */
export const projectUserOperations = {
  /**
   * Gives one person access to a project with at least one project role. Who does not belong to the organization is
   * invited to it. The role: Project Access Manager. It answers 201; 409 for a person who has access already.
   *
   * Doc: add-one-mongodb-cloud-user-to-one-project.
   */
  addGroupUsers: {
    operationId: 'addGroupUsers',
    method: 'POST',
    path: '/api/atlas/v2/groups/{groupId}/users',
    version: '2025-02-19',
    effect: 'change',
    roles: ['Project Access Manager'],
    source: 'add-one-mongodb-cloud-user-to-one-project',
    shape: 'one',
    params: z.strictObject({
      groupId: objectId,
      body: z.strictObject({ username: email, roles: distinct(z.array(projectRole).min(1)) }),
    }),
    reply: projectUser,
  },
} satisfies Readonly<Record<string, Operation>>;
