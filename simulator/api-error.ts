/** Status and wording of the errors that the simulator can give; `%s` takes a parameter. */
const ERRORS = {
  ATLAS_CLUSTER_RESTORE_IN_PROGRESS: [409, 'A restore into the cluster is already running.'],
  ATLAS_SEARCH_DEPLOYMENT_DOES_NOT_EXIST: [400, 'Cluster %s has no search nodes.'],
  ATLAS_SEARCH_DUPLICATE_INDEX: [409, 'The collection has an index named %s already.'],
  BACKUP_JOB_NOT_FOUND: [400, 'The cluster has no backups.'],
  CANNOT_CANCEL_AUTOMATED_RESTORE: [400, 'A restore into a cluster cannot be cancelled.'],
  CANNOT_DOWNLOAD_INCOMPLETE_SNAPSHOT: [409, 'The snapshot to download is not complete.'],
  CANNOT_DOWNLOAD_SNAPSHOT_CONCURRENTLY: [400, 'Another download of the snapshot is active.'],
  CANNOT_DOWNLOAD_SNAPSHOT_WITH_ENCRYPTION: [
    400,
    'A snapshot encrypted with customer keys cannot be downloaded.',
  ],
  CANNOT_PERFORM_RESTORE_ON_CLUSTER_WITH_RUNNING_LIVE_IMPORT: [
    400,
    'A live import into the cluster is running.',
  ],
  CANNOT_RESTORE_TO_TARGET: [403, 'The snapshot cannot be restored to the target: %s.'],
  CANNOT_START_RESTORE_JOB_FOR_DELETED_SNAPSHOT: [409, 'The snapshot was deleted.'],
  CANNOT_START_RESTORE_JOB_FOR_INCOMPLETE_CLUSTER_SNAPSHOT: [409, 'The snapshot is not complete.'],
  // No document names the code that Atlas gives here; this one is ours.
  CANNOT_TAKE_SNAPSHOT_DURING_LIVE_IMPORT: [400, 'A live migration into the cluster is running.'],
  CANNOT_UPDATE_PAUSED_CLUSTER: [409, 'Cluster %s is paused and cannot be changed.'],
  CANNOT_USE_FLEX_CLUSTER_IN_CLUSTER_API: [400, 'Flex cluster %s cannot be used in the Cluster API.'],
  CANNOT_USE_NON_FLEX_CLUSTER_IN_FLEX_API: [400, 'Cannot use non-flex cluster %s in the flex API.'],
  CLUSTER_NOT_FOUND: [404, 'No cluster named %s exists in group %s.'],
  CLUSTER_PAUSED_CANNOT_RESTORE: [400, 'The target cluster is paused.'],
  DATABASE_NAME_NOT_FOUND: [404, 'No database named %s exists on host %s.'],
  ENCRYPTION_AT_REST_IN_USE: [409, 'A cluster of the project is encrypted with keys of %s.'],
  ENCRYPTION_KEY_UNUSABLE: [400, 'The key %s cannot be used.'],
  EXPORT_JOB_NOT_FOUND: [404, 'No snapshot export job with ID %s exists for cluster %s.'],
  FCV_NOT_PINNED: [400, 'The feature compatibility version of cluster %s is not pinned.'],
  GROUP_NOT_FOUND: [404, 'No group with ID %s exists.'],
  HOST_NOT_FOUND: [404, 'No host with ID %s exists in group %s.'],
  IDENTITY_PROVIDER_NOT_OIDC: [400, 'Identity provider %s does not speak OIDC.'],
  INVALID_ATTRIBUTE: [400, 'Invalid attribute %s specified.'],
  INVALID_ENUM_VALUE: [400, 'An invalid enumeration value %s was specified.'],
  INVALID_GROUP_ID: [404, 'An invalid group ID %s was specified.'],
  INVALID_JOB_ID: [404, 'An invalid restore job ID %s was specified.'],
  INVALID_JSON: [400, 'The JSON is not what the operation takes.'],
  INVALID_ORG_ID: [404, 'An invalid organization ID %s was specified.'],
  INVALID_PIT_RESTORE_TIME: [400, 'The point in time is not one that can be restored: %s.'],
  INVALID_QUERY_PARAMETER: [400, 'Invalid query parameter %s specified.'],
  INVALID_SNAPSHOT_ID: [404, 'An invalid snapshot ID %s was specified.'],
  INVALID_SNAPSHOT_RESTORE_ENCRYPTION: [400, 'The snapshot and the target cluster are not encrypted alike.'],
  INVALID_VERSION_DATE: [406, 'Invalid accept header or version date.'],
  LIVE_MIGRATION_CUTOVER_STARTED: [400, 'Live migration %s was cut over already.'],
  LIVE_MIGRATION_NOT_FOUND: [404, 'No live migration with ID %s exists in group %s.'],
  LIVE_MIGRATION_NOT_READY: [400, 'Live migration %s cannot be cut over now.'],
  MALFORMED_JSON: [400, 'The body is not JSON.'],
  METHOD_NOT_ALLOWED: [405, 'The resource does not take %s.'],
  MISSING_ATTRIBUTE: [400, 'The required attribute %s was not specified.'],
  MISSING_QUERY_PARAMETER: [400, 'The required query parameter %s was not specified.'],
  NO_PAYMENT_INFORMATION_FOUND: [402, 'Organization %s has a payment outstanding.'],
  ORG_NOT_FOUND: [404, 'No organization with ID %s exists.'],
  ORG_ROLE_REQUIRED: [400, 'One of the role assignments must be a role in organization %s.'],
  PARTITION_NOT_FOUND: [404, 'No partition named %s exists on host %s.'],
  PEER_ALREADY_EXISTS: [409, 'Another peering connection of the project has these settings.'],
  PEER_NOT_FOUND: [404, 'No peering connection with ID %s exists in group %s.'],
  PIPELINE_NOT_FOUND: [404, 'No data lake pipeline named %s exists in group %s.'],
  PIPELINE_RUN_NOT_FOUND: [404, 'No run with ID %s exists for pipeline %s.'],
  PRIVATE_ENDPOINT_NOT_FOUND: [404, 'No private endpoint %s exists in service %s.'],
  PRIVATE_ENDPOINT_SERVICE_NOT_FOUND: [404, 'No %s private endpoint service with ID %s exists.'],
  RATE_LIMITED: [429, 'The resource takes %s requests a minute.'],
  RESOURCE_GONE: [410, 'The resource %s is no longer offered.'],
  RESOURCE_NOT_FOUND: [404, 'Cannot find resource %s.'],
  RESTORE_INITIATION_FAILED: [409, 'The restore could not be started: %s.'],
  RESTORE_JOB_NOT_FOUND: [404, 'No restore job with ID %s exists for cluster %s.'],
  ROLE_MAPPING_ALREADY_EXISTS: [409, 'The organization has a role mapping for %s already.'],
  SNAPSHOT_NOT_FOUND: [404, 'No snapshot with ID %s exists for cluster %s.'],
  TENANT_RESTORE_VERSION_MISMATCH: [400, 'The snapshot and the target cluster have different versions.'],
  TOO_MANY_SNAPSHOT_DOWNLOADS: [400, 'The project is at its limit of active downloads.'],
  UNEXPECTED_ERROR: [500, 'Unexpected error: %s.'],
  UNFINISHED_ON_DEMAND_SNAPSHOT: [400, 'Another on-demand snapshot is queued or in progress.'],
  USER_ALREADY_IN_GROUP: [409, 'User %s is in group %s already.'],
  USER_UNAUTHORIZED: [403, 'Current user is not authorized to perform this action.'],
} as const satisfies Record<string, readonly [status: number, detail: string]>;

/** Atlas's code of an error that the simulator can give. */
export type ErrorCode = keyof typeof ERRORS;

/** Thrown by a handler to answer with an error of Atlas. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly code: ErrorCode;
  readonly parameters: readonly string[];

  constructor(code: ErrorCode, ...parameters: string[]) {
    const [status, detail] = ERRORS[code];
    let used = 0;
    super(detail.replaceAll('%s', () => parameters[used++] ?? ''));
    this.status = status;
    this.code = code;
    this.parameters = parameters;
  }
}

const REASONS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  402: 'Payment Required',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  409: 'Conflict',
  410: 'Gone',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

/** The body of an error, as every Atlas operation gives it. */
export function errorBody(
  status: number,
  code: string,
  detail: string,
  parameters: readonly string[] = [],
): unknown {
  return { detail, error: status, errorCode: code, parameters, reason: REASONS[status] ?? 'Error' };
}
