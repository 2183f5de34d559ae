import type { ApiRequest } from '../http-types.ts';
import { link } from '../pages.ts';
import type { AuditingState, DatabaseUserState, LdapState, ProjectState } from '../project-state.ts';
import { projectPath } from './names.ts';

/** A database user; like Atlas, without its password. */
export function databaseUserReply(
  request: ApiRequest,
  project: ProjectState,
  user: DatabaseUserState,
): unknown {
  const path = `${projectPath(project.id)}/databaseUsers/${user.databaseName}/${encodeURIComponent(user.username)}`;
  return {
    awsIAMType: 'NONE',
    databaseName: user.databaseName,
    groupId: project.id,
    labels: [],
    ldapAuthType: 'NONE',
    links: [link(request, 'self', path)],
    oidcAuthType: 'NONE',
    roles: user.roles,
    scopes: user.scopes,
    username: user.username,
    x509Type: user.x509Type,
  };
}

/** The auditing configuration of a project. */
export function auditingReply(auditing: AuditingState): unknown {
  return {
    auditAuthorizationSuccess: auditing.authorizationSuccess,
    auditFilter: auditing.filter,
    configurationType: auditing.configurationType,
    enabled: auditing.enabled,
  };
}

/** The sign-in settings of a project; like Atlas, without the password that LDAP is bound with. */
export function ldapReply(request: ApiRequest, ldap: LdapState): unknown {
  return {
    customerX509: { cas: '' },
    ldap: { ...ldap, authzQueryTemplate: '{USER}?memberOf?base' },
    links: [link(request, 'self', request.path.replace(/\/ldap\/userToDNMapping$/, ''))],
  };
}
