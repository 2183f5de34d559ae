import type { OrganizationState, UserState } from '../organization-state.ts';
import { membershipStatus } from '../organizations.ts';
import { instant } from './instant.ts';

/** A person as a project shows them: with the roles in that project. */
export function projectUserReply(user: UserState, project: string, now: number): unknown {
  return { ...person(user, now), roles: user.projectRoles[project] ?? [] };
}

/** A person as an organization and its teams show them: with every role. */
export function organizationUserReply(
  organization: OrganizationState,
  user: UserState,
  now: number,
): unknown {
  const groupRoleAssignments = Object.entries(user.projectRoles).map(([groupId, groupRoles]) => ({
    groupId,
    groupRoles,
  }));
  return {
    ...person(user, now),
    roles: { groupRoleAssignments, orgRoles: user.organizationRoles },
    teamIds: organization.teams.filter((team) => team.users.includes(user.username)).map((team) => team.id),
  };
}

/** An invitation takes the place of a name. */
function person(user: UserState, now: number): Record<string, unknown> {
  const common = {
    id: user.id,
    orgMembershipStatus: membershipStatus(user, now),
    username: user.username,
  };
  const { invitation } = user;
  if (invitation) {
    return {
      ...common,
      invitationCreatedAt: instant(user.createdAt),
      invitationExpiresAt: instant(invitation.expiresAt),
      inviterUsername: invitation.inviter,
    };
  }
  const { firstName, lastName, createdAt } = user;
  return { ...common, createdAt: instant(createdAt), firstName, lastName };
}
