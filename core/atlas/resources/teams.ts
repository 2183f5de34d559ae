import * as z from 'zod';
import type { Operation } from '../operation.ts';
import { email, maybe, objectId } from '../schemas.ts';
import { activeOrPending } from '../users.ts';

/** A member of a team, by `orgMembershipStatus`: `ACTIVE`, or pending. */
const teamUser = activeOrPending(
  z.looseObject({
    groupRoleAssignments: maybe(
      z.array(z.looseObject({ groupId: maybe(z.string()), groupRoles: maybe(z.array(z.string())) })),
    ),
    orgRoles: maybe(z.array(z.string())),
  }),
);

/** Teams of people. */
export const teamOperations = {
  /**
   * The members of a team, active and pending ones, unless `orgMembershipStatus` or `orgMembershipStatuses` chooses. Those
   * invited the old way, to one project, are not among them. The role: Organization Member.
   *
   * Doc: return-all-mongodb-cloud-users-assigned-to-one-team.
   */
  listTeamUsers: {
    operationId: 'listTeamUsers',
    method: 'GET',
    path: '/api/atlas/v2/orgs/{orgId}/teams/{teamId}/users',
    // Older versions leave the pending ones out.
    version: '2025-02-19',
    effect: 'read',
    roles: ['Organization Member'],
    source: 'return-all-mongodb-cloud-users-assigned-to-one-team',
    shape: 'list',
    paged: true,
    params: z.strictObject({
      orgId: objectId,
      teamId: objectId,
      username: email.optional(),
      userId: objectId.optional(),
      orgMembershipStatus: z.string().min(1).optional(),
      orgMembershipStatuses: z
        .array(z.enum(['PENDING', 'ACTIVE', 'INVITATION_EXPIRED', 'INVITATION_REJECTED']))
        .max(4)
        .readonly()
        .optional(),
    }),
    item: teamUser,
  },
} satisfies Readonly<Record<string, Operation>>;
