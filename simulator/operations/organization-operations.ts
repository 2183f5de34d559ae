import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import type { ApiRequest, HandlerReply } from '../http-types.ts';
import type { OrganizationState } from '../organization-state.ts';
import { membershipStatus, organizationOf } from '../organizations.ts';
import { page } from '../pages.ts';
import { accessEntryReply, serviceAccountReply } from '../replies/organization-replies.ts';
import { organizationUserReply } from '../replies/user-reply.ts';
import { checkedBody } from '../request-body.ts';
import { found, LOOK, type Operation, part } from './operation.ts';
import { FEDERATION_OPERATIONS } from './federation-operations.ts';

const LOOK_HERE = { ...LOOK, scope: 'organization', permission: 'readOrganization' } as const;
const STATUSES: readonly string[] = ['PENDING', 'ACTIVE', 'INVITATION_EXPIRED', 'INVITATION_REJECTED'];

/** Letters, digits, and the marks that Atlas takes in a service account's name and description. */
const label = z.string().regex(/^[\p{L}\p{N}\-_.,' ]*$/u);

const accountRequest = z.object({
  name: label.min(1).max(64).nullish(),
  description: label.min(1).max(250).nullish(),
  roles: z
    .array(
      z.enum([
        'ORG_MEMBER',
        'ORG_READ_ONLY',
        'ORG_BILLING_ADMIN',
        'ORG_BILLING_READ_ONLY',
        'ORG_STREAM_PROCESSING_ADMIN',
        'ORG_GROUP_CREATOR',
        'ORG_OWNER',
      ]),
    )
    .min(1)
    .optional(),
});

/** API keys, teams, service accounts and federated sign-in of an organization. */
export const ORGANIZATION_OPERATIONS: readonly Operation[] = [
  ...FEDERATION_OPERATIONS,
  {
    ...LOOK_HERE,
    id: 'getOrgAccessEntry',
    path: '/apiKeys/{apiUserId}/accessList/{ipAddress}',
    handle: accessEntry,
  },
  {
    ...LOOK_HERE,
    id: 'listTeamUsers',
    path: '/teams/{teamId}/users',
    versions: ['2025-02-19'],
    handle: teamUsers,
  },
  {
    ...LOOK_HERE,
    id: 'updateOrgServiceAccount',
    method: 'PATCH',
    path: '/serviceAccounts/{clientId}',
    versions: ['2024-08-05'],
    permission: 'ownOrganization',
    changes: true,
    handle: updateAccount,
  },
];

function organization(request: ApiRequest): OrganizationState {
  return organizationOf(request.world, part(request, 'orgId'));
}

function missing(id: string): ApiError {
  return new ApiError('RESOURCE_NOT_FOUND', id);
}

/** An address is an entry of its own or a block of one; it is not looked for inside of larger blocks. */
function accessEntry(request: ApiRequest): HandlerReply {
  const address = part(request, 'ipAddress');
  const id = part(request, 'apiUserId');
  const key = found(organization(request).apiKeys, id, missing(id));
  const entry = key.accessList.find((known) => blockOf(known.address) === blockOf(address));
  if (!entry) throw missing(address);
  return { status: 200, body: accessEntryReply(request, entry, blockOf(entry.address)) };
}

function blockOf(address: string): string {
  if (address.includes('/')) return address;
  return `${address}/${address.includes(':') ? 128 : 32}`;
}

function teamUsers(request: ApiRequest): HandlerReply {
  const { query, now } = request;
  const owner = organization(request);
  const id = part(request, 'teamId');
  const team = found(owner.teams, id, missing(id));
  const statuses = [...query.getAll('orgMembershipStatus'), ...query.getAll('orgMembershipStatuses')].flatMap(
    (names) => names.split(','),
  );
  const unknown = statuses.find((status) => !STATUSES.includes(status));
  if (unknown !== undefined) throw new ApiError('INVALID_ENUM_VALUE', unknown);
  const [username, userId] = [query.get('username'), query.get('userId')];
  const wanted = owner.users.filter(
    (user) =>
      team.users.includes(user.username) &&
      (statuses.length === 0 || statuses.includes(membershipStatus(user, now))) &&
      (username === null || user.username === username) &&
      (userId === null || user.id === userId),
  );
  return page(request, wanted, (user) => organizationUserReply(owner, user, now));
}

function updateAccount(request: ApiRequest): HandlerReply {
  const clientId = part(request, 'clientId');
  const account = organization(request).serviceAccounts.find((known) => known.clientId === clientId);
  if (!account) throw missing(clientId);
  const { name, description, roles } = checkedBody(accountRequest, request.body);
  account.name = name ?? account.name;
  account.description = description ?? account.description;
  account.roles = roles ? [...new Set(roles)] : account.roles;
  return { status: 200, body: serviceAccountReply(account) };
}
