import { ApiError } from '../api-error.ts';
import { encryptionRequest, KEY_PROVIDERS, updatedProvider } from '../encryption.ts';
import type { ApiRequest, HandlerReply } from '../http-types.ts';
import type { EncryptionState, KeyProvider, ProviderState } from '../project-state.ts';
import { checkedBody } from '../request-body.ts';
import { LOOK, type Operation, part, projectOf } from './operation.ts';

const PATH = '/encryptionAtRest';

/** Encryption at rest with the customer's keys. */
export const ENCRYPTION_OPERATIONS: readonly Operation[] = [
  {
    ...LOOK,
    id: 'getEncryptionAtRest',
    path: PATH,
    handle: (request) => encryptionReply(projectOf(request).encryptionAtRest, request.now),
  },
  {
    ...LOOK,
    id: 'updateEncryptionAtRest',
    method: 'PATCH',
    path: PATH,
    permission: 'ownProject',
    changes: true,
    handle: update,
  },
  {
    ...LOOK,
    id: 'requestPrivateEndpointDeletion',
    method: 'DELETE',
    path: `${PATH}/{cloudProvider}/privateEndpoints/{endpointId}`,
    permission: 'ownProject',
    changes: true,
    handle: deleteEndpoint,
  },
];

/** Every provider is looked at before the first is changed, so that a refused update changes nothing. */
function update(request: ApiRequest): HandlerReply {
  const { world, now } = request;
  const { id, encryptionAtRest } = projectOf(request);
  const body = checkedBody(encryptionRequest, request.body);
  const inUse = world.clusters
    .filter((cluster) => cluster.project === id)
    .map((cluster) => cluster.encryption);
  const updates = new Map<KeyProvider, ProviderState | undefined>();
  for (const provider of KEY_PROVIDERS) {
    const sent = body[provider];
    if (sent) updates.set(provider, updatedProvider(encryptionAtRest, provider, sent, inUse, now));
  }
  for (const [provider, state] of updates) {
    encryptionAtRest.providers[provider] = state;
  }
  encryptionAtRest.enabledForSearchNodes =
    body.enabledForSearchNodes ?? encryptionAtRest.enabledForSearchNodes;
  return encryptionReply(encryptionAtRest, now);
}

/** A key is not valid until Atlas has tried it. */
function encryptionReply(encryption: EncryptionState, now: number): HandlerReply {
  const body: Record<string, unknown> = { enabledForSearchNodes: encryption.enabledForSearchNodes };
  for (const provider of KEY_PROVIDERS) {
    const state = encryption.providers[provider];
    body[provider] = state
      ? { ...state.settings, valid: now >= state.validAt }
      : { enabled: false, valid: false };
  }
  return { status: 200, body };
}

function deleteEndpoint(request: ApiRequest): HandlerReply {
  const { endpoints } = projectOf(request).encryptionAtRest;
  const [id, provider] = [part(request, 'endpointId'), part(request, 'cloudProvider')];
  const index = endpoints.findIndex((known) => known.id === id && known.provider === provider);
  if (index < 0) throw new ApiError('PRIVATE_ENDPOINT_NOT_FOUND', id, `${provider} encryption at rest`);
  endpoints.splice(index, 1);
  return { status: 204 };
}
