import * as z from 'zod';
import type { Operation } from '../operation.ts';
import { maybe, maybeInstant, objectId } from '../schemas.ts';

/** A service account of an organization. Its secrets come masked. */
/** Roles of an organization that a service account may have (update-one-organization-service-account). */
export const SERVICE_ACCOUNT_ROLES = [
  'ORG_MEMBER',
  'ORG_READ_ONLY',
  'ORG_BILLING_ADMIN',
  'ORG_BILLING_READ_ONLY',
  'ORG_STREAM_PROCESSING_ADMIN',
  'ORG_GROUP_CREATOR',
  'ORG_OWNER',
] as const;

const serviceAccount = z.looseObject({
  clientId: maybe(z.string()),
  name: maybe(z.string()),
  description: maybe(z.string()),
  roles: maybe(z.array(z.string())),
  /** This and the instants below are ISO 8601 UTC. */
  createdAt: maybeInstant,
  secrets: maybe(
    z.array(
      z.looseObject({
        id: maybe(z.string()),
        createdAt: maybeInstant,
        expiresAt: maybeInstant,
        lastUsedAt: maybeInstant,
        maskedSecretValue: maybe(z.string()),
      }),
    ),
  ),
});

const label = z
  .string()
  .min(1)
  .regex(/^[\p{L}\p{N}\-_.,' ]*$/u, 'must be letters, digits, spaces or -_., and apostrophes');

/** Service accounts. */
export const serviceAccountOperations = {
  /**
   * Changes name (up to 64 characters), description (up to 250) or roles of a service account; what is left out stays. The
   * roles given replace those it has. The role: Organization Owner.
   *
   * Doc: update-one-organization-service-account.
   */
  updateOrgServiceAccount: {
    operationId: 'updateOrgServiceAccount',
    method: 'PATCH',
    path: '/api/atlas/v2/orgs/{orgId}/serviceAccounts/{clientId}',
    version: '2024-08-05',
    effect: 'change',
    roles: ['Organization Owner'],
    source: 'update-one-organization-service-account',
    shape: 'one',
    params: z.strictObject({
      orgId: objectId,
      clientId: z
        .string()
        .regex(/^mdb_sa_id_[a-fA-F\d]{24}$/, 'must be mdb_sa_id_ and 24 hexadecimal digits'),
      body: z.strictObject({
        name: label.max(64).optional(),
        description: label.max(250).optional(),
        roles: z.array(z.enum(SERVICE_ACCOUNT_ROLES)).readonly().optional(),
      }),
    }),
    reply: serviceAccount,
  },
} satisfies Readonly<Record<string, Operation>>;
