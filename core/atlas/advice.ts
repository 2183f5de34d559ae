/** Codes that mean "not now": the same request is right once something else has finished. */
const NOT_NOW: ReadonlySet<string> = new Set([
  'ATLAS_CLUSTER_RESTORE_IN_PROGRESS',
  'CANNOT_START_RESTORE_JOB_FOR_INCOMPLETE_CLUSTER_SNAPSHOT',
]);

const BY_CODE: Readonly<Record<string, string>> = {
  ATLAS_CLUSTER_RESTORE_IN_PROGRESS: 'Wait until the restore into the target has ended, then try again.',
  CANNOT_DOWNLOAD_SNAPSHOT_CONCURRENTLY:
    'Wait until the other download of this snapshot has ended, then try again.',
  CANNOT_PERFORM_RESTORE_ON_CLUSTER_WITH_RUNNING_LIVE_IMPORT:
    'Let the live migration into the target end, or choose another target.',
  CANNOT_RESTORE_TO_TARGET: 'Choose a target in the same organization that these credentials may restore to.',
  CANNOT_START_RESTORE_JOB_FOR_DELETED_SNAPSHOT: 'Choose another snapshot; this one is deleted.',
  CANNOT_START_RESTORE_JOB_FOR_INCOMPLETE_CLUSTER_SNAPSHOT:
    'Wait until the snapshot is complete, then try again.',
  CANNOT_USE_FLEX_CLUSTER_IN_CLUSTER_API: 'This is a flex cluster: use the flex operations.',
  CANNOT_USE_NON_FLEX_CLUSTER_IN_FLEX_API: 'This is not a flex cluster: use the cluster operations.',
  CLUSTER_NOT_FOUND: 'Check the project and the name of the cluster; names are case-sensitive.',
  CLUSTER_PAUSED_CANNOT_RESTORE: 'Resume the target cluster, then try again.',
  INVALID_PIT_RESTORE_TIME: 'Choose a point in time inside the window that continuous backup covers.',
  INVALID_SNAPSHOT_RESTORE_ENCRYPTION: 'Choose a target with the same encryption at rest as the snapshot.',
  IP_ADDRESS_NOT_ON_ACCESS_LIST: "Add this machine's address to the access list of the key.",
  RESTORE_INITIATION_FAILED:
    'Look at the target cluster in Atlas, and ask MongoDB support if nothing explains it.',
  SNAPSHOT_NOT_FOUND: 'Choose another snapshot; Atlas does not know this one, or it has expired.',
  TOO_MANY_SNAPSHOT_DOWNLOADS: 'Wait until other downloads have ended, then try again.',
};

/** Whether the code asks for patience rather than for another request. */
export function waitsAndTriesAgain(errorCode: string | undefined): boolean {
  return errorCode !== undefined && NOT_NOW.has(errorCode);
}

/**
 * What a person can do about a refusal.
 *
 * @param roles the Atlas roles that allow the operation; any one is enough.
 */
export function nextStep(status: number, errorCode: string | undefined, roles: readonly string[]): string {
  const known = errorCode === undefined ? undefined : BY_CODE[errorCode];
  if (known !== undefined) return known;
  if (status < 400) return 'Check MONGODB_ATLAS_BASE_URL: what answers there sends requests elsewhere.';
  if (status === 403) return forbidden(roles);
  if (status === 404) return 'Check the ids and names, and that the credentials belong to this organization.';
  if (status === 429)
    return 'Wait a minute, then try again; other users of the same project share the limit.';
  if (status === 408 || status >= 499)
    return 'Try again in a few minutes; status.mongodb.com tells whether Atlas has trouble.';
  // Of a job the request is Lifeboat's own: what a person can correct is what it was made from.
  return 'Correct what the message names, in the parameters, in the runbook or in Atlas, then try again.';
}

function forbidden(roles: readonly string[]): string {
  if (roles.length === 0) return 'Check what the credentials are allowed to do here.';
  return `Give the credentials ${roleNeeded(roles)}, or one that includes it.`;
}

/** The roles that allow an operation, and where they must be held. */
export function roleNeeded(roles: readonly string[]): string {
  const where = roles.every((role) => role.startsWith('Organization')) ? 'organization' : 'project';
  return `the role ${roles.join(' or ')} in this ${where}`;
}
