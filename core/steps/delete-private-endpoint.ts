import type { DeletePrivateEndpointWith } from '../runbooks/steps/delete-private-endpoint.ts';
import { deleteUnlessGone } from './already.ts';
import { onTarget } from './on-target.ts';
import { unlessMissing } from './seeing.ts';
import type { StepWork } from './step.ts';

/** Where a provider's endpoint service lists its endpoints (return-one-private-endpoint-service-for-one-provider). */
const LISTED_UNDER = {
  AWS: 'interfaceEndpoints',
  AZURE: 'privateEndpoints',
} as const;

/**
 * Deletes a private endpoint. Before the last one goes, the runbook must have said that the service may go with it:
 * Atlas asks nobody.
 */
export const deletePrivateEndpoint: StepWork<DeletePrivateEndpointWith> = {
  send: onTarget(async (settings, { project }, { atlas }) => {
    const { provider, service, endpoint, lastTakesService } = settings;
    const path = { groupId: project, cloudProvider: provider, endpointServiceId: service };
    const found = await unlessMissing(() => atlas.privateEndpoints.getPrivateEndpointService(path));
    const what = `the ${provider} private endpoint ${endpoint} of project ${project}`;
    const nothing = {
      outcome: 'done',
      message: `Atlas does not know ${what}; there was nothing to delete.`,
      evidence: { already: true },
    } as const;
    if (found === undefined) return nothing;
    const last = mayBeLast(found, settings);
    if (last && !lastTakesService) {
      return {
        outcome: 'failed',
        message: `${capitalized(what)} may be the last one of the endpoint service ${service}, and Atlas removes the service with its last endpoint. Nothing was deleted. Write lastTakesService: true if that is wanted.`,
        evidence: { last },
      };
    }
    const remove = () => atlas.privateEndpoints.deletePrivateEndpoint({ ...path, endpointId: endpoint });
    if ((await deleteUnlessGone(remove)) === 'already') return nothing;
    const service_ = last ? `, and with its last endpoint the endpoint service ${service}` : '';
    return { outcome: 'done', message: `Atlas is deleting ${what}${service_}.`, evidence: { last } };
  }),
};

/**
 * Whether no other endpoint is known to stay. AWS lists its endpoints by ids of Atlas's own, under which the one to
 * delete cannot be recognised; the number decides then.
 */
function mayBeLast(found: object, { provider, endpoint }: DeletePrivateEndpointWith): boolean {
  const listed: unknown = Object.entries(found).find(([key]) => key === LISTED_UNDER[provider])?.[1];
  if (!Array.isArray(listed)) return true;
  const endpoints = listed.map((one) => String(one).toLowerCase());
  if (provider === 'AWS') return endpoints.length <= 1;
  return endpoints.every((one) => one === endpoint.toLowerCase());
}

function capitalized(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
