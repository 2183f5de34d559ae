import * as z from 'zod';
import type { Operation } from '../operation.ts';
import { maybe, nothing, objectId, oneOfKinds, slashed } from '../schemas.ts';

const shared = {
  id: maybe(z.string()),
  regionName: maybe(z.string()),
  /** `INITIATING`, `AVAILABLE`, `WAITING_FOR_USER`, `FAILED`, `DELETING`, or a word that is new to us. */
  status: maybe(z.string()),
  errorMessage: maybe(z.string()),
};

/** Where private endpoints connect to, by `cloudProvider`. */
const endpointService = oneOfKinds(
  'cloudProvider',
  {
    AWS: z.looseObject({
      ...shared,
      cloudProvider: z.literal('AWS'),
      /** Absent while Atlas creates the service. */
      endpointServiceName: maybe(z.string()),
      interfaceEndpoints: maybe(z.array(z.string())),
      supportedRemoteRegions: maybe(z.array(z.string())),
    }),
    AZURE: z.looseObject({
      ...shared,
      cloudProvider: z.literal('AZURE'),
      privateEndpoints: maybe(z.array(z.string())),
      privateLinkServiceName: maybe(z.string()),
      privateLinkServiceResourceId: maybe(z.string()),
    }),
    GCP: z.looseObject({
      ...shared,
      cloudProvider: z.literal('GCP'),
      endpointGroupNames: maybe(z.array(z.string())),
      portMappingEnabled: maybe(z.boolean()),
      serviceAttachmentNames: maybe(z.array(z.string())),
    }),
  },
  shared,
);

const endpointId = slashed(
  z
    .string()
    .regex(
      /^(?:vpce-[0-9a-f]{17}|(?:\/|%2[fF])subscriptions(?:\/|%2[fF])[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?:\/|%2[fF])resource[gG]roups(?:\/|%2[fF])[-\w._()]+(?:\/|%2[fF])providers(?:\/|%2[fF])Microsoft\.Network(?:\/|%2[fF])privateEndpoints(?:\/|%2[fF])[-\w._()]+)$/,
      'must be vpce- and 17 hexadecimal digits, or the resource id of an Azure private endpoint',
    ),
);

const service = {
  groupId: objectId,
  cloudProvider: z.enum(['AWS', 'AZURE', 'GCP']),
  endpointServiceId: objectId,
};
const path =
  '/api/atlas/v2/groups/{groupId}/privateEndpoint/{cloudProvider}/endpointService/{endpointServiceId}';

/** Private endpoints: ways to clusters that don't cross the internet. */
export const privateEndpointOperations = {
  /**
   * One private endpoint service with its interfaces and its state. The role: Project Read Only.
   *
   * Doc: return-one-private-endpoint-service-for-one-provider.
   */
  getPrivateEndpointService: {
    operationId: 'getPrivateEndpointService',
    method: 'GET',
    path,
    version: '2023-01-01',
    effect: 'read',
    roles: ['Project Read Only'],
    source: 'return-one-private-endpoint-service-for-one-provider',
    shape: 'one',
    params: z.strictObject(service),
    reply: endpointService,
  },
  /**
   * Removes one private endpoint from a service, and with the last one the service itself. `endpointId` is `vpce-…` on AWS
   * and the resource id, with its slashes, on Azure. The role: Project Owner. It answers 204; 404 when there is none.
   *
   * Doc: remove-one-private-endpoint-for-one-provider.
   */
  deletePrivateEndpoint: {
    operationId: 'deletePrivateEndpoint',
    method: 'DELETE',
    path: `${path}/endpoint/{endpointId}`,
    version: '2023-01-01',
    effect: 'change',
    roles: ['Project Owner'],
    source: 'remove-one-private-endpoint-for-one-provider',
    shape: 'one',
    params: z.strictObject({ ...service, endpointId }),
    reply: nothing,
  },
} satisfies Readonly<Record<string, Operation>>;
