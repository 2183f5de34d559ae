import { ApiError } from './api-error.ts';
import type { FederationState } from './organization-state.ts';
import { type CredentialState, type Role, ROLES, type World } from './world.ts';

const OWNERS: readonly Role[] = ['GROUP_OWNER', 'ORG_OWNER'];

/** The roles that allow something, as the Admin API's document requires them of each operation. */
const ALLOWED = {
  anyRole: ROLES,
  read: [...ROLES.filter((role) => role.startsWith('GROUP_')), 'ORG_OWNER', 'ORG_READ_ONLY'],
  manageBackups: [...OWNERS, 'GROUP_BACKUP_MANAGER'],
  restore: [...OWNERS, 'GROUP_BACKUP_MANAGER', 'GROUP_BACKUP_RECOVERY_OPERATOR'],
  ownProject: OWNERS,
  addUsers: [...OWNERS, 'GROUP_ACCESS_MANAGER'],
  changePeers: [...OWNERS, 'GROUP_NETWORK_ACCESS_MANAGER'],
  manageCluster: [...OWNERS, 'GROUP_CLUSTER_MANAGER'],
  editSearchIndexes: [...OWNERS, 'GROUP_CLUSTER_MANAGER', 'GROUP_SEARCH_INDEX_EDITOR'],
  grantSupportAccess: [...OWNERS, 'GROUP_SUPPORT_ACCESS_MANAGER'],
  readOrganization: ['ORG_OWNER', 'ORG_MEMBER', 'ORG_READ_ONLY'],
  ownOrganization: ['ORG_OWNER'],
} as const satisfies Record<string, readonly Role[]>;

/** What an operation needs to be allowed. */
export type Permission = keyof typeof ALLOWED;

/** Where an operation works: it decides how its path begins, and whose roles count. */
export type Scope = 'everywhere' | 'project' | 'organization' | 'federation';

/** Whether a credential has a role in a project, or in its organization, that allows this. */
export function isAllowed(
  world: World,
  credential: CredentialState,
  project: string,
  permission: Permission,
): boolean {
  const organization = world.projects.find((known) => known.id === project)?.organization ?? '';
  return hasRole(credential, [project, organization], permission);
}

/**
 * Lets a credential in.
 *
 * @param parameters the named parts of the path.
 * @throws ApiError `INVALID_GROUP_ID`, `GROUP_NOT_FOUND`, `INVALID_ORG_ID`, `ORG_NOT_FOUND` or
 *   `RESOURCE_NOT_FOUND`, and `USER_UNAUTHORIZED` (403) without the role.
 */
export function checkAccess(
  world: World,
  credential: CredentialState,
  scope: Scope,
  parameters: Readonly<Record<string, string>>,
  permission: Permission,
): void {
  const places = { everywhere, project, organization, federation }[scope](world, credential, parameters);
  if (!hasRole(credential, places, permission)) throw new ApiError('USER_UNAUTHORIZED');
}

/**
 * The settings of a federation.
 *
 * @throws ApiError `RESOURCE_NOT_FOUND`.
 */
export function findFederation(world: World, id: string): FederationState {
  const found = world.federations.find((known) => known.id === id);
  if (!found) throw new ApiError('RESOURCE_NOT_FOUND', id);
  return found;
}

type Parameters = Readonly<Record<string, string>>;

function hasRole(credential: CredentialState, places: readonly string[], permission: Permission): boolean {
  const allowed: readonly Role[] = ALLOWED[permission];
  return ['*', ...places].some((place) => credential.roles[place]?.some((role) => allowed.includes(role)));
}

function everywhere(_: World, credential: CredentialState): string[] {
  return Object.keys(credential.roles);
}

function project(world: World, _: CredentialState, { groupId = '' }: Parameters): string[] {
  if (!/^[a-f0-9]{24}$/.test(groupId)) throw new ApiError('INVALID_GROUP_ID', groupId);
  const found = world.projects.find((known) => known.id === groupId);
  if (!found) throw new ApiError('GROUP_NOT_FOUND', groupId);
  return [found.id, found.organization];
}

function organization(world: World, _: CredentialState, { orgId = '' }: Parameters): string[] {
  if (!/^[a-f0-9]{24}$/.test(orgId)) throw new ApiError('INVALID_ORG_ID', orgId);
  if (!world.organizations.some((known) => known.id === orgId)) throw new ApiError('ORG_NOT_FOUND', orgId);
  return [orgId];
}

/** A federation's own settings take a role in one of its organizations; what is one organization's, a role there. */
function federation(world: World, _: CredentialState, parameters: Parameters): string[] {
  const { organizations } = findFederation(world, parameters.federationSettingsId ?? '');
  const { orgId } = parameters;
  if (orgId === undefined) return [...organizations];
  if (!organizations.includes(orgId)) throw new ApiError('ORG_NOT_FOUND', orgId);
  return [orgId];
}
