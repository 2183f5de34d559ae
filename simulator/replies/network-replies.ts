import { hashHex } from '../identifiers.ts';
import { peerStatus } from '../peers.ts';
import type { EndpointServiceState, PeerState } from '../project-state.ts';

/** A private endpoint service in the words of its provider. */
export function endpointServiceReply(service: EndpointServiceState): unknown {
  return {
    cloudProvider: service.provider,
    id: service.id,
    regionName: service.region,
    status: service.deletedAt === undefined ? service.status : 'DELETING',
    ...SERVICE_FIELDS[service.provider](service),
  };
}

const SERVICE_FIELDS: Readonly<
  Record<EndpointServiceState['provider'], (service: EndpointServiceState) => Record<string, unknown>>
> = {
  AWS: ({ id, region, endpoints }) => ({
    endpointServiceName: `com.amazonaws.vpce.${region.toLowerCase().replaceAll('_', '-')}.vpce-svc-${hashHex(`service/${id}`, 17)}`,
    interfaceEndpoints: endpoints.map((endpoint) => endpoint.interfaceId ?? hashHex(endpoint.id, 24)),
  }),
  AZURE: ({ id, endpoints }) => ({
    privateEndpoints: endpoints.map((endpoint) => endpoint.id),
    privateLinkServiceName: `pls_${id}`,
    privateLinkServiceResourceId: `/subscriptions/${uuid(id)}/resourceGroups/atlas/providers/Microsoft.Network/privateLinkServices/pls_${id}`,
  }),
  GCP: ({ id, region, endpoints }) => ({
    endpointGroupNames: endpoints.map((endpoint) => endpoint.id),
    serviceAttachmentNames: [
      `https://www.googleapis.com/compute/v1/projects/p-${hashHex(id, 16)}/regions/${region.toLowerCase().replaceAll('_', '-')}/serviceAttachments/sa-${hashHex(id, 8)}`,
    ],
  }),
};

/** A peering connection in the words of its provider. */
export function peerReply(peer: PeerState, now: number): unknown {
  const { id, provider, containerId, settings } = peer;
  const status = peerStatus(peer, now);
  const common = { id, containerId, providerName: provider, ...settings };
  const failed = status === 'FAILED';
  switch (provider) {
    case 'AWS':
      return {
        ...common,
        connectionId: `pcx-${hashHex(`connection/${id}/${settings.vpcId ?? ''}`, 17)}`,
        statusName: status,
        ...(failed && { errorStateName: 'REJECTED' }),
      };
    case 'AZURE':
      return { ...common, status, ...(failed && { errorState: 'The network refused the connection.' }) };
    case 'GCP':
      return { ...common, status, ...(failed && { errorMessage: 'The network refused the connection.' }) };
  }
}

function uuid(text: string): string {
  const digits = hashHex(text, 32);
  return [8, 12, 16, 20, 32].map((end, index, ends) => digits.slice(ends[index - 1] ?? 0, end)).join('-');
}
