import * as z from 'zod';
import type { Operation } from '../operation.ts';
import { distinct, maybe, nothing, objectId } from '../schemas.ts';

const ORGANIZATION_ROLE = /^ORG_[A-Z_]+$/;

/** A role and where it holds. Atlas adds roles, so the kind is checked and not the name. */
const roleAssignment = z.union(
  [
    z.strictObject({ orgId: objectId, role: z.string().regex(ORGANIZATION_ROLE) }),
    z.strictObject({ groupId: objectId, role: z.string().regex(/^GROUP_[A-Z_]+$/) }),
  ],
  'must be a role of an organization with its orgId, or a role of a project with its groupId',
);

const wanted = z.strictObject({
  externalGroupName: z.string().min(1).max(200),
  roleAssignments: distinct(z.array(roleAssignment).min(1)).refine(
    (assignments) => assignments.some(({ role }) => ORGANIZATION_ROLE.test(role)),
    'must hold a role of an organization with its orgId',
  ),
});

/** Which roles a group of the identity provider gets. */
const roleMapping = z.looseObject({
  id: maybe(z.string()),
  externalGroupName: z.string(),
  roleAssignments: maybe(
    z.array(z.looseObject({ groupId: maybe(z.string()), orgId: maybe(z.string()), role: maybe(z.string()) })),
  ),
});

const federation = { federationSettingsId: objectId };
const path = '/api/atlas/v2/federationSettings/{federationSettingsId}';

/** Federated authentication. */
export const federationOperations = {
  /**
   * Gives a group of the identity provider roles in one organization. `externalGroupName` has 1 to 200 characters. Each
   * role comes with an `orgId` or a `groupId`, and one of them is of the organization. The role: Organization Owner.
   *
   * Doc: create-one-role-mapping-in-one-organization-configuration.
   */
  createRoleMapping: {
    operationId: 'createRoleMapping',
    method: 'POST',
    path: `${path}/connectedOrgConfigs/{orgId}/roleMappings`,
    version: '2023-01-01',
    effect: 'change',
    roles: ['Organization Owner'],
    source: 'create-one-role-mapping-in-one-organization-configuration',
    shape: 'one',
    params: z.strictObject({ ...federation, orgId: objectId, body: wanted }),
    reply: roleMapping,
  },
  /**
   * Revokes the signing keys of an OIDC identity provider: every token it has signed ends, everybody is signed out, in all
   * organizations connected to it, and clients may need a restart. The role: Organization Owner in one of them. It answers
   * 204.
   *
   * Doc: revoke-jwks-from-one-oidc-identity-provider.
   */
  revokeIdentityProviderJwks: {
    operationId: 'revokeIdentityProviderJwks',
    method: 'DELETE',
    path: `${path}/identityProviders/{identityProviderId}/jwks`,
    version: '2023-11-15',
    effect: 'change',
    roles: ['Organization Owner'],
    source: 'revoke-jwks-from-one-oidc-identity-provider',
    shape: 'one',
    params: z.strictObject({ ...federation, identityProviderId: z.string().min(1) }),
    reply: nothing,
  },
} satisfies Readonly<Record<string, Operation>>;
