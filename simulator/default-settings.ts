import { PRACTICE_IDS } from './practice-ids.ts';
import type { WorldFile } from './world-schema.ts';

type ProjectFile = Partial<WorldFile['projects'][number]>;
type OrganizationFile = NonNullable<WorldFile['organizations']>[number];
type FederationFile = NonNullable<WorldFile['federations']>[number];

/** The same in both projects, so that a drill has nothing to complain of. */
const ACCESS: ProjectFile = {
  auditing: {
    filter: '{"atype":{"$in":["authenticate","dropDatabase"]}}',
    configurationType: 'FILTER_JSON',
  },
  databaseUsers: [
    { username: 'shop-service', roles: [{ roleName: 'readWrite', databaseName: 'shop' }] },
    { username: 'reports', roles: [{ roleName: 'read', databaseName: 'reporting' }] },
    {
      username: 'CN=operator,OU=recovery,O=example',
      databaseName: '$external',
      x509Type: 'CUSTOMER',
      roles: [{ roleName: 'backup' }, { roleName: 'clusterMonitor' }],
    },
  ],
};

/** Production keeps its own keys; its clusters do not use them. */
export const PRODUCTION_SETTINGS: ProjectFile = {
  ...ACCESS,
  encryptionAtRest: {
    providers: {
      awsKms: {
        customerMasterKeyID: 'alias/production',
        region: 'EU_WEST_1',
        roleId: '5e2f1c0a9d3b7a4c8e6f0c21',
        requirePrivateNetworking: false,
      },
    },
  },
};

/** The new home of production. */
export const PLATFORM_SETTINGS: ProjectFile = {
  ...ACCESS,
  liveMigrations: [
    {
      id: PRACTICE_IDS.ordersMigrationId,
      ageHours: 26,
      readyAfter: 26 * 3600 + 100,
      lagSeconds: 1,
      target: 'orders',
      source: { project: PRACTICE_IDS.productionId, cluster: 'orders' },
      cutoverSeconds: 190,
    },
  ],
};

/** Drills have everything that a recovery looks at, changes or cleans up. */
export const DRILLS_SETTINGS: ProjectFile = {
  ...ACCESS,
  managedSlowMs: false,
  ldap: {
    hostname: 'ldap.example.com',
    bindUsername: 'CN=BindUser,CN=Users,DC=example,DC=com',
    userToDNMapping: [{ match: '(.*)', substitution: 'CN={0},CN=Users,DC=example,DC=com' }],
  },
  encryptionAtRest: {
    unusableKeys: [PRACTICE_IDS.unusableKeyId],
    endpoints: [{ id: PRACTICE_IDS.encryptionEndpointId }],
  },
  endpointServices: [
    {
      id: PRACTICE_IDS.endpointServiceId,
      endpoints: [
        { id: PRACTICE_IDS.endpointId, interfaceId: PRACTICE_IDS.interfaceId },
        { id: PRACTICE_IDS.otherEndpointId, interfaceId: PRACTICE_IDS.otherInterfaceId },
      ],
    },
    {
      id: PRACTICE_IDS.azureEndpointServiceId,
      provider: 'AZURE',
      region: 'EUROPE_WEST',
      endpoints: [{ id: PRACTICE_IDS.azureEndpointId }],
    },
    {
      id: PRACTICE_IDS.gcpEndpointServiceId,
      provider: 'GCP',
      region: 'WESTERN_EUROPE',
      endpoints: [{ id: PRACTICE_IDS.gcpEndpointId }],
    },
  ],
  peers: [
    {
      id: PRACTICE_IDS.peerId,
      containerId: PRACTICE_IDS.containerId,
      settings: {
        accepterRegionName: 'eu-west-1',
        awsAccountId: '123456789012',
        // The Admin API's document has no place for the length of the prefix.
        routeTableCidrBlock: '10.20.0.0',
        vpcId: 'vpc-0123456789abcdef0',
      },
    },
    {
      id: PRACTICE_IDS.azurePeerId,
      provider: 'AZURE',
      containerId: PRACTICE_IDS.azureContainerId,
      settings: {
        azureDirectoryId: '5e2f1c0a-9d3b-4a4c-8e6f-0d0200000001',
        azureSubscriptionId: '5e2f1c0a-9d3b-4a4c-8e6f-0d0200000002',
        resourceGroupName: 'drills',
        vnetName: 'drills-net',
      },
    },
    {
      id: PRACTICE_IDS.gcpPeerId,
      provider: 'GCP',
      containerId: PRACTICE_IDS.gcpContainerId,
      settings: { gcpProjectId: 'drills-12345', networkName: 'drills-net' },
    },
  ],
  liveMigrations: [{ id: PRACTICE_IDS.liveMigrationId, ageHours: 5 }],
  pipelines: [
    {
      id: PRACTICE_IDS.pipelineId,
      name: PRACTICE_IDS.pipelineName,
      state: 'PAUSED',
      source: { cluster: 'orders-drill', database: 'shop', collection: 'orders' },
      runs: [
        { id: PRACTICE_IDS.donePipelineRunId, ageHours: 48 },
        { id: PRACTICE_IDS.pipelineRunId, ageHours: 1, waits: true },
      ],
    },
  ],
  snapshotExports: [
    {
      id: PRACTICE_IDS.snapshotExportId,
      cluster: 'orders-drill',
      ageHours: 0,
      bucketId: PRACTICE_IDS.exportBucketId,
    },
  ],
};

/** The organization that both projects belong to. */
export const ORGANIZATION: OrganizationFile = {
  id: PRACTICE_IDS.orgId,
  users: [
    {
      username: 'first@example.com',
      firstName: 'First',
      organizationRoles: ['ORG_OWNER'],
      projectRoles: { [PRACTICE_IDS.productionId]: ['GROUP_OWNER'] },
    },
    { username: 'second@example.com', firstName: 'Second' },
    {
      username: 'invited@example.com',
      ageHours: 48,
      invitation: { inviter: 'first@example.com', daysLeft: 28 },
    },
  ],
  teams: [
    {
      id: PRACTICE_IDS.teamId,
      name: 'responders',
      users: ['first@example.com', 'second@example.com', 'invited@example.com'],
    },
  ],
  apiKeys: [
    {
      id: PRACTICE_IDS.apiUserId,
      accessList: [
        { address: PRACTICE_IDS.accessAddress, requests: 42 },
        { address: PRACTICE_IDS.accessBlock },
      ],
    },
  ],
  serviceAccounts: [
    {
      clientId: PRACTICE_IDS.clientId,
      name: 'recovery',
      description: 'raised while a recovery runs',
      roles: ['ORG_MEMBER'],
    },
  ],
};

/** Sign-in of that organization. */
export const FEDERATION: FederationFile = {
  id: PRACTICE_IDS.federationSettingsId,
  organizations: [PRACTICE_IDS.orgId],
  identityProviders: [
    { id: PRACTICE_IDS.identityProviderId },
    { id: PRACTICE_IDS.samlProviderId, protocol: 'SAML' },
  ],
};
