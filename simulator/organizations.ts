import { ApiError } from './api-error.ts';
import type { OrganizationState, UserState } from './organization-state.ts';
import type { World } from './world.ts';

/**
 * An organization by its id.
 *
 * @throws ApiError `ORG_NOT_FOUND`.
 */
export function organizationOf(world: World, id: string): OrganizationState {
  const found = world.organizations.find((known) => known.id === id);
  if (!found) throw new ApiError('ORG_NOT_FOUND', id);
  return found;
}

/** Whether a person has accepted, can still accept, or came too late. */
export type MembershipStatus = 'ACTIVE' | 'PENDING' | 'INVITATION_EXPIRED';

export function membershipStatus(user: UserState, now: number): MembershipStatus {
  if (!user.invitation) return 'ACTIVE';
  return now < user.invitation.expiresAt ? 'PENDING' : 'INVITATION_EXPIRED';
}
