import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import type { ApiRequest, HandlerReply } from '../http-types.ts';
import { objectId } from '../identifiers.ts';
import { bodyId, checkedBody } from '../request-body.ts';
import { findFederation } from '../roles.ts';
import { nextSerial, type World } from '../world.ts';
import { found, LOOK, type Operation, part } from './operation.ts';

const CHANGE = { ...LOOK, scope: 'federation', permission: 'ownOrganization', changes: true } as const;

const mappingRequest = z.object({
  externalGroupName: z.string().min(1).max(200),
  roleAssignments: z.array(
    z.object({
      role: z.enum([
        'ORG_OWNER',
        'ORG_MEMBER',
        'ORG_GROUP_CREATOR',
        'ORG_BILLING_ADMIN',
        'ORG_BILLING_READ_ONLY',
        'ORG_READ_ONLY',
        'GROUP_BACKUP_MANAGER',
        'GROUP_CLUSTER_MANAGER',
        'GROUP_DATA_ACCESS_ADMIN',
        'GROUP_DATA_ACCESS_READ_ONLY',
        'GROUP_DATA_ACCESS_READ_WRITE',
        'GROUP_DATABASE_ACCESS_ADMIN',
        'GROUP_OBSERVABILITY_VIEWER',
        'GROUP_OWNER',
        'GROUP_READ_ONLY',
        'GROUP_SEARCH_INDEX_EDITOR',
        'GROUP_STREAM_PROCESSING_OWNER',
      ]),
      orgId: bodyId.optional(),
      groupId: bodyId.optional(),
    }),
  ),
});

type MappingBody = z.infer<typeof mappingRequest>;

/** Federated sign-in. */
export const FEDERATION_OPERATIONS: readonly Operation[] = [
  {
    ...CHANGE,
    id: 'createRoleMapping',
    method: 'POST',
    path: '/connectedOrgConfigs/{orgId}/roleMappings',
    handle: createMapping,
  },
  {
    ...CHANGE,
    id: 'revokeIdentityProviderJwks',
    method: 'DELETE',
    path: '/identityProviders/{identityProviderId}/jwks',
    versions: ['2023-11-15'],
    handle: revokeKeys,
  },
];

function createMapping(request: ApiRequest): HandlerReply {
  const organization = part(request, 'orgId');
  const { roleMappings } = findFederation(request.world, part(request, 'federationSettingsId'));
  const body = checkedBody(mappingRequest, request.body);
  checkAssignments(request.world, organization, body);
  const { externalGroupName, roleAssignments } = body;
  const same = roleMappings.some(
    (known) => known.organization === organization && known.externalGroupName === externalGroupName,
  );
  if (same) throw new ApiError('ROLE_MAPPING_ALREADY_EXISTS', externalGroupName);
  const id = objectId(request.now, nextSerial(request.world));
  roleMappings.push({ id, organization, externalGroupName, roleAssignments });
  return { status: 200, body: { id, externalGroupName, roleAssignments } };
}

/** Each role belongs to one place of the organization, and one of them to the organization itself. */
function checkAssignments(world: World, organization: string, { roleAssignments }: MappingBody): void {
  for (const [index, { role, orgId, groupId }] of roleAssignments.entries()) {
    const place = role.startsWith('ORG_') ? orgId : groupId;
    if (place === undefined || (orgId !== undefined && groupId !== undefined)) {
      throw new ApiError('INVALID_ATTRIBUTE', `roleAssignments.${index}`);
    }
    if (orgId !== undefined && orgId !== organization) throw new ApiError('ORG_NOT_FOUND', orgId);
    const known = world.projects.find((project) => project.id === groupId);
    if (groupId !== undefined && known?.organization !== organization) {
      throw new ApiError('GROUP_NOT_FOUND', groupId);
    }
  }
  if (!roleAssignments.some(({ orgId }) => orgId !== undefined)) {
    throw new ApiError('ORG_ROLE_REQUIRED', organization);
  }
}

function revokeKeys(request: ApiRequest): HandlerReply {
  const { identityProviders } = findFederation(request.world, part(request, 'federationSettingsId'));
  const id = part(request, 'identityProviderId');
  const provider = found(identityProviders, id, new ApiError('RESOURCE_NOT_FOUND', id));
  if (provider.protocol !== 'OIDC') throw new ApiError('IDENTITY_PROVIDER_NOT_OIDC', id);
  provider.jwksRevokedAt = request.now;
  return { status: 204 };
}
