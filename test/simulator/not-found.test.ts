import { afterAll, beforeAll, expect, it } from 'vitest';
import { PRACTICE_IDS as IDS } from '../../simulator/practice-ids.ts';
import { DRILLS, http, type Practice, startPractice } from './practice-client.ts';
import { AWS_PEER, MAPPING } from './recovery-calls.ts';

const NONE = 'c'.repeat(24);
const FEDERATION = `/federationSettings/${IDS.federationSettingsId}`;
const MAPPINGS = `${FEDERATION}/connectedOrgConfigs/${IDS.orgId}/roleMappings`;
const PROCESS = `${DRILLS}/processes/${IDS.processId}`;
const SERVICE = `${DRILLS}/privateEndpoint`;
const DAY = 'granularity=PT1H&period=P1D';
const ORG_ROLE = { role: 'ORG_MEMBER', orgId: IDS.orgId };

let practice: Practice;
beforeAll(async () => {
  practice = await startPractice();
});
afterAll(() => practice.simulator.close());

it.each<[code: string, status: number, operation: string, method: string, path: string, body?: unknown]>([
  ['INVALID_GROUP_ID', 404, 'getGroup', 'GET', 'short'],
  ['GROUP_NOT_FOUND', 404, 'getGroup', 'GET', NONE],
  ['GROUP_NOT_FOUND', 404, 'updateEncryptionAtRest', 'PATCH', `${NONE}/encryptionAtRest`, {}],
  ['INVALID_ORG_ID', 404, 'listTeamUsers', 'GET', `/orgs/short/teams/${IDS.teamId}/users`],
  ['ORG_NOT_FOUND', 404, 'listTeamUsers', 'GET', `/orgs/${NONE}/teams/${IDS.teamId}/users`],
  ['RESOURCE_NOT_FOUND', 404, 'listTeamUsers', 'GET', `/orgs/${IDS.orgId}/teams/${NONE}/users`],
  ['RESOURCE_NOT_FOUND', 404, 'listTeamUsers', 'GET', `/orgs/${IDS.otherOrgId}/teams/${IDS.teamId}/users`],
  [
    'INVALID_ENUM_VALUE',
    400,
    'listTeamUsers',
    'GET',
    `/orgs/${IDS.orgId}/teams/${IDS.teamId}/users?orgMembershipStatus=LATE`,
  ],
  [
    'RESOURCE_NOT_FOUND',
    404,
    'getOrgAccessEntry',
    'GET',
    `/orgs/${IDS.orgId}/apiKeys/${NONE}/accessList/10.0.0.1`,
  ],
  [
    'RESOURCE_NOT_FOUND',
    404,
    'updateOrgServiceAccount',
    'PATCH',
    `/orgs/${IDS.orgId}/serviceAccounts/nobody`,
    {},
  ],
  [
    'INVALID_ENUM_VALUE',
    400,
    'updateOrgServiceAccount',
    'PATCH',
    `/orgs/${IDS.orgId}/serviceAccounts/${IDS.clientId}`,
    { roles: ['ORG_KING'] },
  ],
  [
    'INVALID_ATTRIBUTE',
    400,
    'updateOrgServiceAccount',
    'PATCH',
    `/orgs/${IDS.orgId}/serviceAccounts/${IDS.clientId}`,
    { name: 'a <b>' },
  ],
  [
    'RESOURCE_NOT_FOUND',
    404,
    'createRoleMapping',
    'POST',
    MAPPINGS.replace(IDS.federationSettingsId, NONE),
    MAPPING,
  ],
  ['ORG_NOT_FOUND', 404, 'createRoleMapping', 'POST', MAPPINGS.replace(IDS.orgId, NONE), MAPPING],
  ['ORG_ROLE_REQUIRED', 400, 'createRoleMapping', 'POST', MAPPINGS, { ...MAPPING, roleAssignments: [] }],
  [
    'ORG_ROLE_REQUIRED',
    400,
    'createRoleMapping',
    'POST',
    MAPPINGS,
    { ...MAPPING, roleAssignments: [{ role: 'GROUP_OWNER', groupId: DRILLS }] },
  ],
  [
    'INVALID_ATTRIBUTE',
    400,
    'createRoleMapping',
    'POST',
    MAPPINGS,
    { ...MAPPING, roleAssignments: [{ ...ORG_ROLE, groupId: DRILLS }] },
  ],
  [
    'GROUP_NOT_FOUND',
    404,
    'createRoleMapping',
    'POST',
    MAPPINGS,
    { ...MAPPING, roleAssignments: [ORG_ROLE, { role: 'GROUP_OWNER', groupId: IDS.archiveId }] },
  ],
  [
    'ORG_NOT_FOUND',
    404,
    'createRoleMapping',
    'POST',
    MAPPINGS,
    { ...MAPPING, roleAssignments: [{ ...ORG_ROLE, orgId: IDS.otherOrgId }] },
  ],
  [
    'RESOURCE_NOT_FOUND',
    404,
    'revokeIdentityProviderJwks',
    'DELETE',
    `${FEDERATION}/identityProviders/${NONE}/jwks`,
  ],
  ['HOST_NOT_FOUND', 404, 'listProcessDisks', 'GET', `${DRILLS}/processes/elsewhere.example.com:27017/disks`],
  ['HOST_NOT_FOUND', 404, 'listDatabases', 'GET', `${DRILLS}/processes/${IDS.sourceProcessId}/databases`],
  [
    'PARTITION_NOT_FOUND',
    404,
    'getProcessDiskMeasurements',
    'GET',
    `${PROCESS}/disks/other/measurements?${DAY}`,
  ],
  [
    'INVALID_QUERY_PARAMETER',
    400,
    'getProcessDiskMeasurements',
    'GET',
    `${PROCESS}/disks/data/measurements?${DAY}&${'m=DISK_QUEUE_DEPTH&'.repeat(11)}`,
  ],
  [
    'DATABASE_NAME_NOT_FOUND',
    404,
    'getDatabaseMeasurements',
    'GET',
    `${PROCESS}/databases/x/measurements?${DAY}`,
  ],
  ['INVALID_ENUM_VALUE', 400, 'getPrivateEndpointService', 'GET', `${SERVICE}/MOON/endpointService/${NONE}`],
  [
    'PRIVATE_ENDPOINT_SERVICE_NOT_FOUND',
    404,
    'getPrivateEndpointService',
    'GET',
    `${SERVICE}/GCP/endpointService/${IDS.endpointServiceId}`,
  ],
  [
    'PRIVATE_ENDPOINT_NOT_FOUND',
    404,
    'deletePrivateEndpoint',
    'DELETE',
    `${SERVICE}/AWS/endpointService/${IDS.endpointServiceId}/endpoint/vpce-00000000000000000`,
  ],
  ['PEER_NOT_FOUND', 404, 'getGroupPeer', 'GET', `${DRILLS}/peers/${NONE}`],
  ['PEER_NOT_FOUND', 404, 'updateGroupPeer', 'PATCH', `${DRILLS}/peers/${NONE}`, AWS_PEER],
  [
    'INVALID_ATTRIBUTE',
    400,
    'addGroupUsers',
    'POST',
    `${DRILLS}/users`,
    { username: 'me', roles: ['GROUP_OWNER'] },
  ],
  [
    'INVALID_ATTRIBUTE',
    400,
    'addGroupUsers',
    'POST',
    `${DRILLS}/users`,
    { username: 'me@example.com', roles: [] },
  ],
  [
    'INVALID_ENUM_VALUE',
    400,
    'addGroupUsers',
    'POST',
    `${DRILLS}/users`,
    { username: 'me@example.com', roles: ['ORG_OWNER'] },
  ],
  ['CLUSTER_NOT_FOUND', 404, 'createClusterFtsIndex', 'POST', `${DRILLS}/clusters/nowhere/fts/indexes`, {}],
  [
    'RESOURCE_NOT_FOUND',
    404,
    'getClusterFtsIndex',
    'GET',
    `${DRILLS}/clusters/orders-drill/fts/indexes/${NONE}`,
  ],
  [
    'CANNOT_USE_FLEX_CLUSTER_IN_CLUSTER_API',
    400,
    'deleteClusterSearchDeployment',
    'DELETE',
    `${DRILLS}/clusters/sessions-drill/search/deployment`,
  ],
  [
    'CLUSTER_NOT_FOUND',
    404,
    'pinFeatureCompatibilityVersion',
    'POST',
    `${DRILLS}/clusters/nowhere:pinFeatureCompatibilityVersion`,
  ],
  ['LIVE_MIGRATION_NOT_FOUND', 404, 'getGroupLiveMigration', 'GET', `${DRILLS}/liveMigrations/${NONE}`],
  ['LIVE_MIGRATION_NOT_FOUND', 404, 'cutoverMigration', 'PUT', `${DRILLS}/liveMigrations/${NONE}/cutover`],
  ['PIPELINE_NOT_FOUND', 404, 'resumePipeline', 'POST', `${DRILLS}/pipelines/other/resume`],
  ['INVALID_ATTRIBUTE', 400, 'resumePipeline', 'POST', `${DRILLS}/pipelines/a%20b/resume`],
  [
    'PIPELINE_RUN_NOT_FOUND',
    404,
    'getPipelineRun',
    'GET',
    `${DRILLS}/pipelines/${IDS.pipelineName}/runs/${NONE}`,
  ],
  [
    'EXPORT_JOB_NOT_FOUND',
    404,
    'getBackupExport',
    'GET',
    `${DRILLS}/clusters/orders-drill/backup/exports/${NONE}`,
  ],
  [
    'EXPORT_JOB_NOT_FOUND',
    404,
    'getBackupExport',
    'GET',
    `${DRILLS}/clusters/small/backup/exports/${IDS.snapshotExportId}`,
  ],
])('%s (%i) is how %s refuses %s %s', async (errorCode, error, operation, method, path, body) => {
  const answer = await practice.call(operation, method, path, { body });
  expect(answer.body).toMatchObject({ error, errorCode });
  expect(practice.simulator.changes()).toEqual([]);
});

it('an unknown verb of a cluster and a broken percent sign are unknown resources', async () => {
  const verb = await practice.call('getCluster', 'POST', `${DRILLS}/clusters/orders-drill:explode`);
  expect(verb.body.errorCode).toBe('RESOURCE_NOT_FOUND');
  const broken = await practice.call('listDatabases', 'GET', `${DRILLS}/processes/%E0%A4%A/databases`);
  expect(broken.body.errorCode).toBe('RESOURCE_NOT_FOUND');
  const get = `${practice.simulator.baseUrl}/api/atlas/v2/groups/${DRILLS}/clusters/orders-drill:pinFeatureCompatibilityVersion`;
  expect((await http('GET', get)).status).toBe(405);
});
