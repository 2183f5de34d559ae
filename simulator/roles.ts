import { ApiError } from './api-error.ts';
import type { CredentialState, Role, World } from './world.ts';

/** What an operation needs to be allowed. */
export type Permission = 'read' | 'takeSnapshot' | 'restore';

/** After the roles that the Admin API's pages name for each operation. */
const ALLOWED: Readonly<Record<Permission, readonly Role[]>> = {
  read: ['GROUP_OWNER', 'GROUP_READ_ONLY', 'GROUP_BACKUP_MANAGER', 'GROUP_BACKUP_RECOVERY_OPERATOR'],
  takeSnapshot: ['GROUP_OWNER', 'GROUP_BACKUP_MANAGER'],
  restore: ['GROUP_OWNER', 'GROUP_BACKUP_MANAGER', 'GROUP_BACKUP_RECOVERY_OPERATOR'],
};

/** Whether a credential has a role in the project that allows this. */
export function isAllowed(credential: CredentialState, project: string, permission: Permission): boolean {
  const roles = [...(credential.roles[project] ?? []), ...(credential.roles['*'] ?? [])];
  return roles.some((role) => ALLOWED[permission].includes(role));
}

/**
 * Lets a credential into a project.
 *
 * @throws ApiError `INVALID_GROUP_ID`, `GROUP_NOT_FOUND`, or `USER_UNAUTHORIZED` (403) without the role.
 */
export function checkAccess(
  world: World,
  credential: CredentialState,
  project: string,
  permission: Permission,
): void {
  if (!/^[a-f0-9]{24}$/.test(project)) throw new ApiError('INVALID_GROUP_ID', project);
  if (!world.projects.some((known) => known.id === project)) throw new ApiError('GROUP_NOT_FOUND', project);
  if (!isAllowed(credential, project, permission)) throw new ApiError('USER_UNAUTHORIZED');
}
