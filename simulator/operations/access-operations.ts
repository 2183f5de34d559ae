import { z } from 'zod';
import { ApiError } from '../api-error.ts';
import type { ApiRequest, HandlerReply } from '../http-types.ts';
import { objectId } from '../identifiers.ts';
import type { UserState } from '../organization-state.ts';
import { organizationOf } from '../organizations.ts';
import { page } from '../pages.ts';
import type { LdapState } from '../project-state.ts';
import { auditingReply, databaseUserReply, ldapReply } from '../replies/access-replies.ts';
import { projectUserReply } from '../replies/user-reply.ts';
import { checkedBody } from '../request-body.ts';
import { nextSerial } from '../world.ts';
import { LOOK, type Operation, projectOf } from './operation.ts';

/** Days after which an invitation expires. */
const INVITATION_DAYS = 30;

const addRequest = z.object({
  username: z.email(),
  roles: z
    .array(
      z.enum([
        'GROUP_OWNER',
        'GROUP_CLUSTER_MANAGER',
        'GROUP_STREAM_PROCESSING_OWNER',
        'GROUP_DATA_ACCESS_ADMIN',
        'GROUP_DATA_ACCESS_READ_WRITE',
        'GROUP_DATA_ACCESS_READ_ONLY',
        'GROUP_READ_ONLY',
        'GROUP_SEARCH_INDEX_EDITOR',
        'GROUP_BACKUP_MANAGER',
        'GROUP_OBSERVABILITY_VIEWER',
        'GROUP_DATABASE_ACCESS_ADMIN',
      ]),
    )
    .min(1),
});

/** Who may do what in a project and its databases, and what is written down of it. */
export const ACCESS_OPERATIONS: readonly Operation[] = [
  {
    ...LOOK,
    id: 'listDatabaseUsers',
    path: '/databaseUsers',
    handle: (request) => {
      const project = projectOf(request);
      return page(request, project.databaseUsers, (user) => databaseUserReply(request, project, user));
    },
  },
  {
    ...LOOK,
    id: 'getGroupAuditLog',
    path: '/auditLog',
    permission: 'ownProject',
    handle: (request) => ({ status: 200, body: auditingReply(projectOf(request).auditing) }),
  },
  {
    ...LOOK,
    id: 'deleteLdapUserMapping',
    method: 'DELETE',
    path: '/userSecurity/ldap/userToDNMapping',
    permission: 'ownProject',
    changes: true,
    handle: (request) => {
      const ldap = ldapOf(request);
      ldap.userToDNMapping = [];
      return { status: 202, body: ldapReply(request, ldap) };
    },
  },
  {
    ...LOOK,
    id: 'addGroupUsers',
    method: 'POST',
    path: '/users',
    versions: ['2025-02-19'],
    permission: 'addUsers',
    changes: true,
    handle: addUser,
  },
];

function ldapOf(request: ApiRequest): LdapState {
  const { ldap } = projectOf(request);
  if (!ldap) throw new ApiError('RESOURCE_NOT_FOUND', request.path);
  return ldap;
}

/** One who is known to the organization gets the roles at once; any other person is invited. */
function addUser(request: ApiRequest): HandlerReply {
  const project = projectOf(request);
  const organization = organizationOf(request.world, project.organization);
  const { username, roles } = checkedBody(addRequest, request.body);
  let user = organization.users.find((known) => known.username === username);
  if (user?.projectRoles[project.id]) throw new ApiError('USER_ALREADY_IN_GROUP', username, project.id);
  if (!user) {
    user = invited(request, username);
    organization.users.push(user);
  }
  user.projectRoles[project.id] = [...new Set(roles)];
  return { status: 201, body: projectUserReply(user, project.id, request.now) };
}

function invited({ world, now }: ApiRequest, username: string): UserState {
  return {
    id: objectId(now, nextSerial(world)),
    username,
    firstName: '',
    lastName: '',
    createdAt: now,
    invitation: { inviter: 'service-account@example.com', expiresAt: now + INVITATION_DAYS * 86_400_000 },
    organizationRoles: ['ORG_MEMBER'],
    projectRoles: {},
  };
}
