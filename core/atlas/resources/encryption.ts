import * as z from 'zod';
import type { Operation } from '../operation.ts';
import { maybe, nothing, objectId, uuid } from '../schemas.ts';

const keyState = {
  /** Whether customer keys of this provider are in use. */
  enabled: maybe(z.boolean()),
  /** Whether Atlas can encrypt and decrypt with the key. */
  valid: maybe(z.boolean()),
};

/** How a project's storage is encrypted with the customer's own keys. It holds no secrets. */
const encryptionAtRest = z.looseObject({
  awsKms: maybe(
    z.looseObject({
      ...keyState,
      accessKeyID: maybe(z.string()),
      customerMasterKeyID: maybe(z.string()),
      region: maybe(z.string()),
      requirePrivateNetworking: maybe(z.boolean()),
      roleId: maybe(z.string()),
    }),
  ),
  azureKeyVault: maybe(
    z.looseObject({
      ...keyState,
      azureEnvironment: maybe(z.string()),
      clientID: maybe(z.string()),
      keyIdentifier: maybe(z.string()),
      keyVaultName: maybe(z.string()),
      requirePrivateNetworking: maybe(z.boolean()),
      resourceGroupName: maybe(z.string()),
      roleId: maybe(z.string()),
      subscriptionID: maybe(z.string()),
      tenantID: maybe(z.string()),
    }),
  ),
  googleCloudKms: maybe(
    z.looseObject({ ...keyState, keyVersionResourceID: maybe(z.string()), roleId: maybe(z.string()) }),
  ),
  enabledForSearchNodes: maybe(z.boolean()),
});

const text = z.string().optional();
const flag = z.boolean().optional();

const awsRegion = z.enum([
  'US_GOV_WEST_1',
  'US_GOV_EAST_1',
  'US_EAST_1',
  'US_EAST_2',
  'US_WEST_1',
  'US_WEST_2',
  'CA_CENTRAL_1',
  'EU_NORTH_1',
  'EU_WEST_1',
  'EU_WEST_2',
  'EU_WEST_3',
  'EU_CENTRAL_1',
  'EU_CENTRAL_2',
  'AP_EAST_1',
  'AP_EAST_2',
  'AP_NORTHEAST_1',
  'AP_NORTHEAST_2',
  'AP_NORTHEAST_3',
  'AP_SOUTHEAST_1',
  'AP_SOUTHEAST_2',
  'AP_SOUTHEAST_3',
  'AP_SOUTHEAST_4',
  'AP_SOUTHEAST_5',
  'AP_SOUTHEAST_6',
  'AP_SOUTHEAST_7',
  'AP_SOUTH_1',
  'AP_SOUTH_2',
  'SA_EAST_1',
  'CN_NORTH_1',
  'CN_NORTHWEST_1',
  'ME_SOUTH_1',
  'ME_CENTRAL_1',
  'AF_SOUTH_1',
  'EU_SOUTH_1',
  'EU_SOUTH_2',
  'IL_CENTRAL_1',
  'CA_WEST_1',
  'MX_CENTRAL_1',
  'GLOBAL',
]);

const wanted = z.strictObject({
  awsKms: z
    .strictObject({
      accessKeyID: z.string().min(16).max(128).optional(),
      customerMasterKeyID: z.string().min(1).max(2048).optional(),
      enabled: flag,
      region: awsRegion.optional(),
      requirePrivateNetworking: flag,
      roleId: objectId.optional(),
      secretAccessKey: text,
    })
    .optional(),
  azureKeyVault: z
    .strictObject({
      azureEnvironment: z.enum(['AZURE', 'AZURE_CHINA', 'AZURE_US_GOVERNMENT']).optional(),
      clientID: uuid.optional(),
      enabled: flag,
      keyIdentifier: text,
      keyVaultName: text,
      requirePrivateNetworking: flag,
      resourceGroupName: text,
      roleId: objectId.optional(),
      secret: text,
      subscriptionID: uuid.optional(),
      tenantID: uuid.optional(),
    })
    .optional(),
  googleCloudKms: z
    .strictObject({
      enabled: flag,
      keyVersionResourceID: text,
      roleId: objectId.optional(),
      serviceAccountKey: text,
    })
    .optional(),
  enabledForSearchNodes: flag,
});

const path = '/api/atlas/v2/groups/{groupId}/encryptionAtRest';

/** Encryption at rest with the customer's own keys. */
export const encryptionOperations = {
  /** The configuration of a project; `valid` tells whether its key works. The role: Project Read Only. */
  getEncryptionAtRest: {
    operationId: 'getEncryptionAtRest',
    method: 'GET',
    path,
    version: '2023-01-01',
    effect: 'read',
    roles: ['Project Read Only'],
    source: 'openapi.json',
    shape: 'one',
    params: z.strictObject({ groupId: objectId }),
    reply: encryptionAtRest,
  },
  /**
   * Points a project at its key with one provider. The first time Atlas wants every field of the provider, later the
   * changed ones; `enabled: false` alone switches it off and forgets the rest. Not for M0, M2, M5 and serverless clusters.
   * The role: Project Owner. 409 while another change is under way.
   *
   * Doc: update-encryption-at-rest-configuration-for-one-project.
   */
  updateEncryptionAtRest: {
    operationId: 'updateEncryptionAtRest',
    method: 'PATCH',
    path,
    version: '2023-01-01',
    effect: 'change',
    roles: ['Project Owner'],
    source: 'update-encryption-at-rest-configuration-for-one-project',
    shape: 'one',
    params: z.strictObject({ groupId: objectId, body: wanted }),
    secrets: ['secretAccessKey', 'secret', 'serviceAccountKey'],
    reply: encryptionAtRest,
  },
  /**
   * Asks for the deletion of one private endpoint between Atlas and the key's vault. The role: Project Owner. It answers
   * 204; 404 when there is none.
   *
   * Doc: delete-one-private-endpoint-for-encryption-at-rest-using-customer-key-management.
   */
  requestPrivateEndpointDeletion: {
    operationId: 'requestPrivateEndpointDeletion',
    method: 'DELETE',
    path: `${path}/{cloudProvider}/privateEndpoints/{endpointId}`,
    version: '2023-01-01',
    effect: 'change',
    roles: ['Project Owner'],
    source: 'delete-one-private-endpoint-for-encryption-at-rest-using-customer-key-management',
    shape: 'one',
    params: z.strictObject({
      groupId: objectId,
      cloudProvider: z.enum(['AZURE', 'AWS']),
      endpointId: objectId,
    }),
    reply: nothing,
  },
} satisfies Readonly<Record<string, Operation>>;
