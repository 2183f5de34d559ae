import { PRACTICE_IDS as IDS } from '../../simulator/practice-ids.ts';
import type { Role } from '../../simulator/world.ts';
import { DRILLS } from './practice-client.ts';

/** A request that the default world grants. */
export interface RecoveryCall {
  readonly operation: string;
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly status: number;
  /** The smallest role that allows it. */
  readonly role: Role;
  /** A role that is near, and not enough; absent where any role will do. */
  readonly tooLittle?: Role;
}

const cluster = `${DRILLS}/clusters/orders-drill`;
const process = `${DRILLS}/processes/${IDS.processId}`;
const service = `${DRILLS}/privateEndpoint/AWS/endpointService/${IDS.endpointServiceId}`;
const federation = `/federationSettings/${IDS.federationSettingsId}`;
const day = 'granularity=PT1H&period=P1D';

export const AWS_PEER = {
  containerId: IDS.containerId,
  providerName: 'AWS',
  accepterRegionName: 'eu-west-1',
  awsAccountId: '123456789012',
  routeTableCidrBlock: '10.30.0.0',
  vpcId: 'vpc-0fedcba9876543210',
};

export const AWS_KEY = {
  customerMasterKeyID: 'alias/recovery',
  enabled: true,
  region: 'EU_WEST_1',
  roleId: '5e2f1c0a9d3b7a4c8e6f0c22',
};

export const MAPPING = {
  externalGroupName: 'responders',
  roleAssignments: [
    { role: 'ORG_MEMBER', orgId: IDS.orgId },
    { role: 'GROUP_OWNER', groupId: DRILLS },
  ],
};

export const SEARCH_INDEX = {
  collectionName: 'orders',
  database: 'shop',
  name: 'default',
  type: 'search',
  mappings: { dynamic: true },
};

export const GRANT = { grantType: 'CLUSTER_INFRASTRUCTURE', expirationTime: '2026-08-11T00:00:00Z' };

const look = { method: 'GET', status: 200, role: 'GROUP_READ_ONLY', tooLittle: 'ORG_MEMBER' } as const;
const owned = { role: 'GROUP_OWNER', tooLittle: 'GROUP_CLUSTER_MANAGER' } as const;

/** One request of each operation, in an order in which all of them are granted. */
export const RECOVERY_CALLS: readonly RecoveryCall[] = [
  { ...look, operation: 'getGroup', path: DRILLS },
  {
    operation: 'listMatcherFieldNames',
    method: 'GET',
    path: '/alertConfigs/matchers/fieldNames',
    status: 200,
    role: 'ORG_READ_ONLY',
  },
  { ...look, operation: 'listDatabaseUsers', path: `${DRILLS}/databaseUsers` },
  { ...look, ...owned, operation: 'getGroupAuditLog', path: `${DRILLS}/auditLog` },
  { ...look, operation: 'listGroupProcesses', path: `${DRILLS}/processes` },
  { ...look, operation: 'listProcessDisks', path: `${process}/disks` },
  {
    ...look,
    operation: 'getProcessDiskMeasurements',
    path: `${process}/disks/data/measurements?${day}`,
  },
  { ...look, operation: 'listDatabases', path: `${process}/databases` },
  {
    ...look,
    operation: 'getDatabaseMeasurements',
    path: `${process}/databases/shop/measurements?${day}`,
  },
  { ...look, operation: 'getPrivateEndpointService', path: service },
  {
    ...owned,
    operation: 'deletePrivateEndpoint',
    method: 'DELETE',
    path: `${service}/endpoint/${IDS.endpointId}`,
    status: 204,
  },
  {
    operation: 'getOrgAccessEntry',
    method: 'GET',
    path: `/orgs/${IDS.orgId}/apiKeys/${IDS.apiUserId}/accessList/${encodeURIComponent(IDS.accessBlock)}`,
    status: 200,
    role: 'ORG_MEMBER',
    tooLittle: 'GROUP_OWNER',
  },
  {
    operation: 'listTeamUsers',
    method: 'GET',
    path: `/orgs/${IDS.orgId}/teams/${IDS.teamId}/users`,
    status: 200,
    role: 'ORG_MEMBER',
    tooLittle: 'GROUP_OWNER',
  },
  {
    operation: 'addGroupUsers',
    method: 'POST',
    path: `${DRILLS}/users`,
    body: { username: 'second@example.com', roles: ['GROUP_READ_ONLY'] },
    status: 201,
    role: 'GROUP_ACCESS_MANAGER',
    tooLittle: 'GROUP_READ_ONLY',
  },
  {
    operation: 'createClusterFtsIndex',
    method: 'POST',
    path: `${cluster}/fts/indexes`,
    body: SEARCH_INDEX,
    status: 200,
    role: 'GROUP_SEARCH_INDEX_EDITOR',
    tooLittle: 'GROUP_READ_ONLY',
  },
  { ...look, operation: 'listClusterFtsIndex', path: `${cluster}/fts/indexes/shop/orders` },
  { ...look, operation: 'getClusterSearchDeployment', path: `${cluster}/search/deployment` },
  {
    operation: 'deleteClusterSearchDeployment',
    method: 'DELETE',
    path: `${cluster}/search/deployment`,
    status: 204,
    role: 'GROUP_CLUSTER_MANAGER',
    tooLittle: 'GROUP_SEARCH_INDEX_EDITOR',
  },
  { ...look, operation: 'getEncryptionAtRest', path: `${DRILLS}/encryptionAtRest` },
  {
    ...owned,
    operation: 'updateEncryptionAtRest',
    method: 'PATCH',
    path: `${DRILLS}/encryptionAtRest`,
    body: { awsKms: AWS_KEY },
    status: 200,
  },
  {
    ...owned,
    operation: 'requestPrivateEndpointDeletion',
    method: 'DELETE',
    path: `${DRILLS}/encryptionAtRest/AWS/privateEndpoints/${IDS.encryptionEndpointId}`,
    status: 204,
  },
  {
    operation: 'createRoleMapping',
    method: 'POST',
    path: `${federation}/connectedOrgConfigs/${IDS.orgId}/roleMappings`,
    body: MAPPING,
    status: 200,
    role: 'ORG_OWNER',
    tooLittle: 'ORG_MEMBER',
  },
  {
    operation: 'revokeIdentityProviderJwks',
    method: 'DELETE',
    path: `${federation}/identityProviders/${IDS.identityProviderId}/jwks`,
    status: 204,
    role: 'ORG_OWNER',
    tooLittle: 'ORG_READ_ONLY',
  },
  {
    ...owned,
    operation: 'deleteLdapUserMapping',
    method: 'DELETE',
    path: `${DRILLS}/userSecurity/ldap/userToDNMapping`,
    status: 202,
  },
  { ...look, operation: 'listGroupPeers', path: `${DRILLS}/peers` },
  { ...look, operation: 'getGroupPeer', path: `${DRILLS}/peers/${IDS.peerId}` },
  {
    operation: 'updateGroupPeer',
    method: 'PATCH',
    path: `${DRILLS}/peers/${IDS.peerId}`,
    body: AWS_PEER,
    status: 200,
    role: 'GROUP_NETWORK_ACCESS_MANAGER',
    tooLittle: 'GROUP_CLUSTER_MANAGER',
  },
  {
    operation: 'updateOrgServiceAccount',
    method: 'PATCH',
    path: `/orgs/${IDS.orgId}/serviceAccounts/${IDS.clientId}`,
    body: { roles: ['ORG_OWNER'] },
    status: 200,
    role: 'ORG_OWNER',
    tooLittle: 'GROUP_OWNER',
  },
  {
    operation: 'grantMongoEmployeeAccess',
    method: 'POST',
    path: `${cluster}:grantMongoDBEmployeeAccess`,
    body: GRANT,
    status: 204,
    role: 'GROUP_SUPPORT_ACCESS_MANAGER',
    tooLittle: 'GROUP_CLUSTER_MANAGER',
  },
  {
    ...owned,
    operation: 'pinFeatureCompatibilityVersion',
    method: 'POST',
    path: `${cluster}:pinFeatureCompatibilityVersion`,
    status: 204,
  },
  {
    ...owned,
    operation: 'unpinFeatureCompatibilityVersion',
    method: 'POST',
    path: `${cluster}:unpinFeatureCompatibilityVersion`,
    status: 204,
  },
  {
    ...owned,
    operation: 'enableManagedSlowMs',
    method: 'POST',
    path: `${DRILLS}/managedSlowMs/enable`,
    status: 204,
  },
  {
    operation: 'getGroupLiveMigration',
    method: 'GET',
    path: `${DRILLS}/liveMigrations/${IDS.liveMigrationId}`,
    status: 200,
    role: 'ORG_MEMBER',
    tooLittle: 'GROUP_OWNER',
  },
  {
    operation: 'cutoverMigration',
    method: 'PUT',
    path: `${DRILLS}/liveMigrations/${IDS.liveMigrationId}/cutover`,
    status: 202,
    role: 'ORG_OWNER',
    tooLittle: 'GROUP_OWNER',
  },
  {
    operation: 'resumePipeline',
    method: 'POST',
    path: `${DRILLS}/pipelines/${IDS.pipelineName}/resume`,
    status: 200,
    role: 'GROUP_READ_ONLY',
    tooLittle: 'ORG_MEMBER',
  },
  {
    ...look,
    operation: 'getPipelineRun',
    path: `${DRILLS}/pipelines/${IDS.pipelineName}/runs/${IDS.pipelineRunId}`,
  },
  {
    operation: 'getBackupExport',
    method: 'GET',
    path: `${cluster}/backup/exports/${IDS.snapshotExportId}`,
    status: 200,
    role: 'GROUP_BACKUP_MANAGER',
    tooLittle: 'GROUP_BACKUP_RECOVERY_OPERATOR',
  },
];
