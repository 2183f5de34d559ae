import { AtlasRequestError } from './errors.ts';
import type { Operation } from './operation.ts';
import { alertOperations } from './resources/alerts.ts';
import { apiKeyOperations } from './resources/api-keys.ts';
import { auditingOperations } from './resources/auditing.ts';
import { backupScheduleOperations } from './resources/backup-schedules.ts';
import { clusterOperations } from './resources/clusters.ts';
import { dataLakePipelineOperations } from './resources/data-lake-pipelines.ts';
import { databaseUserOperations } from './resources/database-users.ts';
import { encryptionOperations } from './resources/encryption.ts';
import { eventOperations } from './resources/events.ts';
import { federationOperations } from './resources/federation.ts';
import { flexOperations } from './resources/flex.ts';
import { ldapOperations } from './resources/ldap.ts';
import { liveMigrationOperations } from './resources/live-migrations.ts';
import { monitoringOperations } from './resources/monitoring.ts';
import { networkPeeringOperations } from './resources/network-peering.ts';
import { performanceAdvisorOperations } from './resources/performance-advisor.ts';
import { privateEndpointOperations } from './resources/private-endpoints.ts';
import { projectUserOperations } from './resources/project-users.ts';
import { projectOperations } from './resources/projects.ts';
import { restoreJobOperations } from './resources/restore-jobs.ts';
import { searchOperations } from './resources/search.ts';
import { serviceAccountOperations } from './resources/service-accounts.ts';
import { snapshotExportOperations } from './resources/snapshot-exports.ts';
import { snapshotOperations } from './resources/snapshots.ts';
import { teamOperations } from './resources/teams.ts';

/** Every operation that the client knows, by resource. */
export const RESOURCES = {
  alerts: alertOperations,
  apiKeys: apiKeyOperations,
  auditing: auditingOperations,
  backupSchedules: backupScheduleOperations,
  clusters: clusterOperations,
  dataLakePipelines: dataLakePipelineOperations,
  databaseUsers: databaseUserOperations,
  encryption: encryptionOperations,
  events: eventOperations,
  federation: federationOperations,
  flex: flexOperations,
  ldap: ldapOperations,
  liveMigrations: liveMigrationOperations,
  monitoring: monitoringOperations,
  networkPeering: networkPeeringOperations,
  performanceAdvisor: performanceAdvisorOperations,
  privateEndpoints: privateEndpointOperations,
  projectUsers: projectUserOperations,
  projects: projectOperations,
  restoreJobs: restoreJobOperations,
  search: searchOperations,
  serviceAccounts: serviceAccountOperations,
  snapshotExports: snapshotExportOperations,
  snapshots: snapshotOperations,
  teams: teamOperations,
} satisfies Readonly<Record<string, Readonly<Record<string, Operation>>>>;

/** Every operation, in the order of their names. */
export const OPERATIONS: readonly Operation[] = Object.values(RESOURCES)
  .flatMap((resource) => Object.values<Operation>(resource))
  .sort((one, other) => one.operationId.localeCompare(other.operationId));

/**
 * The operation of this name.
 *
 * @throws AtlasRequestError when there is none; it names those that look alike.
 */
export function operationOf(operationId: string): Operation {
  const found = OPERATIONS.find((one) => one.operationId === operationId);
  if (found !== undefined) return found;
  const asked = operationId.toLowerCase();
  const alike = OPERATIONS.map((one) => one.operationId).filter((known) => {
    const name = known.toLowerCase();
    return asked !== '' && (name.includes(asked) || asked.includes(name));
  });
  const hint =
    alike.length === 0 ? '' : `, but ${alike.length === 1 ? 'one' : 'some'} like it: ${alike.join(', ')}`;
  throw new AtlasRequestError(
    operationId,
    [`no operation has this name${hint}`],
    'See all names with: lifeboat atlas list',
  );
}
