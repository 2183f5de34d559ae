import * as z from 'zod';
import type { Operation } from '../operation.ts';
import { includeCount, maybe, objectId, oneOfKinds, uuid } from '../schemas.ts';

const shared = { id: maybe(z.string()), containerId: maybe(z.string()) };

/** A connection between a network of Atlas and one of the customer's, by `providerName`. */
const networkPeer = oneOfKinds(
  'providerName',
  {
    AWS: z.looseObject({
      ...shared,
      providerName: z.literal('AWS'),
      /** `INITIATING`, `PENDING_ACCEPTANCE`, `FAILED`, `FINALIZING`, `AVAILABLE`, `TERMINATING`, or a new word. */
      statusName: maybe(z.string()),
      errorStateName: maybe(z.string()),
      /** Absent when both networks are in the same region. */
      accepterRegionName: maybe(z.string()),
      awsAccountId: maybe(z.string()),
      connectionId: maybe(z.string()),
      routeTableCidrBlock: maybe(z.string()),
      vpcId: maybe(z.string()),
    }),
    AZURE: z.looseObject({
      ...shared,
      providerName: z.literal('AZURE'),
      /** `ADDING_PEER`, `AVAILABLE`, `FAILED`, `DELETION_FAILED`, `DELETING`, or a new word. */
      status: maybe(z.string()),
      errorState: maybe(z.string()),
      azureDirectoryId: maybe(z.string()),
      azureSubscriptionId: maybe(z.string()),
      resourceGroupName: maybe(z.string()),
      vnetName: maybe(z.string()),
    }),
    GCP: z.looseObject({
      ...shared,
      providerName: z.literal('GCP'),
      /** `ADDING_PEER`, `WAITING_FOR_USER`, `AVAILABLE`, `FAILED`, `DELETING`, or a new word. */
      status: maybe(z.string()),
      errorMessage: maybe(z.string()),
      gcpProjectId: maybe(z.string()),
      networkName: maybe(z.string()),
    }),
  },
  shared,
);

const CIDR = 'must be a CIDR block such as 10.0.0.0/16';
const azureName = z
  .string()
  .regex(/^([-\w._()])+$/, 'must be letters, digits, hyphens, dots, underscores or parentheses');

const wanted = z.discriminatedUnion('providerName', [
  z.strictObject({
    providerName: z.literal('AWS'),
    containerId: objectId,
    accepterRegionName: z.string(),
    awsAccountId: z.string().regex(/^[0-9]{12}$/, 'must be 12 digits'),
    // The pattern of Atlas's document leaves the length of the prefix out, its description has it.
    routeTableCidrBlock: z
      .string()
      .regex(
        /^(?:(?:(?:25[0-5]|(?:2[0-4]|1\d|[1-9]|)\d)(?:\.(?=\d)|(?=$|\/))){4}|(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4})(?:\/[0-9]{1,3})?$/,
        CIDR,
      ),
    vpcId: z.string().regex(/^vpc-[0-9a-f]{17}$/, 'must be vpc- and 17 hexadecimal digits'),
  }),
  z.strictObject({
    providerName: z.literal('AZURE'),
    containerId: objectId,
    azureDirectoryId: uuid,
    azureSubscriptionId: uuid,
    resourceGroupName: azureName,
    vnetName: azureName,
  }),
  z.strictObject({
    providerName: z.literal('GCP'),
    containerId: objectId,
    gcpProjectId: z
      .string()
      .regex(/^[a-z][0-9a-z-]{4,28}[0-9a-z]{1}/, 'must be the id of a Google Cloud project'),
    networkName: z.string().regex(/[a-z]([-a-z0-9]{0,62}[a-z0-9]{0,1})?/, 'must be the name of a network'),
  }),
]);

const peer = { groupId: objectId, peerId: objectId };
const path = '/api/atlas/v2/groups/{groupId}/peers';
const version = '2023-01-01';

/** Network peering. */
export const networkPeeringOperations = {
  /** All peering connections of one provider, AWS unless `providerName` says otherwise. The role: Project Read Only. Doc: openapi.json. */
  listGroupPeers: {
    operationId: 'listGroupPeers',
    version,
    source: 'openapi.json',
    method: 'GET',
    path,
    effect: 'read',
    roles: ['Project Read Only'],
    shape: 'list',
    paged: true,
    params: z.strictObject({
      groupId: objectId,
      providerName: z.enum(['AWS', 'AZURE', 'GCP']).optional(),
      includeCount,
    }),
    item: networkPeer,
  },
  /** One peering connection. The role: Project Read Only. Doc: openapi.json. */
  getGroupPeer: {
    operationId: 'getGroupPeer',
    version,
    source: 'openapi.json',
    method: 'GET',
    path: `${path}/{peerId}`,
    effect: 'read',
    roles: ['Project Read Only'],
    shape: 'one',
    params: z.strictObject(peer),
    reply: networkPeer,
  },
  /**
   * Points a peering connection at another network of the customer's; what the body holds depends on `providerName`. It is
   * usable once it is `AVAILABLE`, which on AWS takes an acceptance there. The role: Project Network Access Manager. 409
   * while another change is under way.
   *
   * Doc: update-one-network-peering-connection.
   */
  updateGroupPeer: {
    operationId: 'updateGroupPeer',
    version,
    source: 'update-one-network-peering-connection',
    method: 'PATCH',
    path: `${path}/{peerId}`,
    effect: 'change',
    roles: ['Project Network Access Manager'],
    shape: 'one',
    params: z.strictObject({ ...peer, body: wanted }),
    reply: networkPeer,
  },
} satisfies Readonly<Record<string, Operation>>;
