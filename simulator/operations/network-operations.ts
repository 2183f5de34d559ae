import { ApiError } from '../api-error.ts';
import { findEndpointService, removeEndpoint } from '../endpoint-services.ts';
import type { ApiRequest } from '../http-types.ts';
import { page } from '../pages.ts';
import { updatePeer } from '../peers.ts';
import type { EndpointServiceState, PeerState } from '../project-state.ts';
import { endpointServiceReply, peerReply } from '../replies/network-replies.ts';
import { found, LOOK, type Operation, part, projectOf } from './operation.ts';

const SERVICE = '/privateEndpoint/{cloudProvider}/endpointService/{endpointServiceId}';

/** Private endpoints and network peering of a project. */
export const NETWORK_OPERATIONS: readonly Operation[] = [
  {
    ...LOOK,
    id: 'getPrivateEndpointService',
    path: SERVICE,
    handle: (request) => ({ status: 200, body: endpointServiceReply(service(request)) }),
  },
  {
    ...LOOK,
    id: 'deletePrivateEndpoint',
    method: 'DELETE',
    path: `${SERVICE}/endpoint/{endpointId}`,
    permission: 'ownProject',
    changes: true,
    handle: (request) => {
      removeEndpoint(service(request), part(request, 'endpointId'), request.now);
      return { status: 204 };
    },
  },
  {
    ...LOOK,
    id: 'listGroupPeers',
    path: '/peers',
    handle: (request) => {
      // Atlas lists the peers of one provider at a time.
      const provider = request.query.get('providerName') ?? 'AWS';
      const peers = projectOf(request).peers.filter((known) => known.provider === provider);
      return page(request, peers, (known) => peerReply(known, request.now));
    },
  },
  {
    ...LOOK,
    id: 'getGroupPeer',
    path: '/peers/{peerId}',
    handle: (request) => ({ status: 200, body: peerReply(peer(request), request.now) }),
  },
  {
    ...LOOK,
    id: 'updateGroupPeer',
    method: 'PATCH',
    path: '/peers/{peerId}',
    permission: 'changePeers',
    changes: true,
    handle: (request) => {
      const changed = peer(request);
      updatePeer(projectOf(request), changed, request.body, request.now);
      return { status: 200, body: peerReply(changed, request.now) };
    },
  },
];

function service(request: ApiRequest): EndpointServiceState {
  const id = part(request, 'endpointServiceId');
  return findEndpointService(projectOf(request), part(request, 'cloudProvider'), id, request.now);
}

function peer(request: ApiRequest): PeerState {
  const { id: project, peers } = projectOf(request);
  const id = part(request, 'peerId');
  return found(peers, id, new ApiError('PEER_NOT_FOUND', id, project));
}
