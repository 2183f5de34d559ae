import { ApiError } from './api-error.ts';
import type { EndpointServiceState, ProjectState } from './project-state.ts';

/** How long a service is shown while it goes away with its last endpoint, in milliseconds. */
const DELETION_TAKES = 60_000;

/**
 * A private endpoint service.
 *
 * @throws ApiError `INVALID_ENUM_VALUE` for an unknown provider, `PRIVATE_ENDPOINT_SERVICE_NOT_FOUND` (404) for a
 *   service that is another provider's, or that is gone.
 */
export function findEndpointService(
  project: ProjectState,
  provider: string,
  id: string,
  now: number,
): EndpointServiceState {
  if (!['AWS', 'AZURE', 'GCP'].includes(provider)) throw new ApiError('INVALID_ENUM_VALUE', provider);
  const found = project.endpointServices.find((known) => known.id === id && known.provider === provider);
  const gone = found?.deletedAt !== undefined && now >= found.deletedAt + DELETION_TAKES;
  if (!found || gone) throw new ApiError('PRIVATE_ENDPOINT_SERVICE_NOT_FOUND', provider, id);
  return found;
}

/**
 * Removes an endpoint from a service; the last one takes the service with it.
 *
 * @throws ApiError `PRIVATE_ENDPOINT_NOT_FOUND`.
 */
export function removeEndpoint(service: EndpointServiceState, id: string, now: number): void {
  const index = service.endpoints.findIndex((known) => known.id === id);
  if (index < 0) throw new ApiError('PRIVATE_ENDPOINT_NOT_FOUND', id, service.id);
  service.endpoints.splice(index, 1);
  if (service.endpoints.length === 0) service.deletedAt = now;
}
