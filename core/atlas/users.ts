import * as z from 'zod';
import { maybe, oneOfKinds } from './schemas.ts';

const userFields = { id: z.string(), username: z.string() };

/** Somebody who belongs to the organization. */
const activeFields = {
  ...userFields,
  orgMembershipStatus: z.literal('ACTIVE'),
  country: maybe(z.string()),
  /** This and `lastAuth` are ISO 8601 UTC. */
  createdAt: maybe(z.string()),
  firstName: maybe(z.string()),
  lastAuth: maybe(z.string()),
  lastName: maybe(z.string()),
  mobileNumber: maybe(z.string()),
};

/** Somebody who has been invited and can do nothing yet. */
const pendingFields = {
  ...userFields,
  orgMembershipStatus: z.literal(['PENDING', 'INVITATION_EXPIRED', 'INVITATION_REJECTED']),
  /** This and `invitationExpiresAt` are ISO 8601 UTC. */
  invitationCreatedAt: maybe(z.string()),
  invitationExpiresAt: maybe(z.string()),
  inviterUsername: maybe(z.string()),
};

/**
 * A person, by `orgMembershipStatus`: `ACTIVE`, or pending.
 *
 * @param roles what the reply says of their roles.
 */
export function activeOrPending<Roles extends z.ZodType>(roles: Roles) {
  const active = z.looseObject({ ...activeFields, roles: maybe(roles) });
  const pending = z.looseObject({ ...pendingFields, roles: maybe(roles) });
  const kinds = {
    ACTIVE: active,
    PENDING: pending,
    INVITATION_EXPIRED: pending,
    INVITATION_REJECTED: pending,
  };
  return oneOfKinds('orgMembershipStatus', kinds, { ...userFields, roles: maybe(roles) });
}
