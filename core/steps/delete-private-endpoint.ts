import * as z from 'zod';
import { idField } from '../runbooks/id-field.ts';
import type { StepAnswer } from './protocol/step-answer.ts';
import type { StepKind } from './protocol/step-kind.ts';
import { deleteUnlessGone } from './shared/already.ts';
import { onTarget } from './shared/on-target.ts';
import { unlessMissing } from './shared/seeing.ts';

/** What identifies an endpoint to its provider (remove-one-private-endpoint-for-one-provider). */
const ENDPOINT = {
  AWS: /^vpce-[0-9a-f]{17}$/,
  AZURE:
    /^\/subscriptions\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\/resource[gG]roups\/[-\w._()]+\/providers\/Microsoft\.Network\/privateEndpoints\/[-\w._()]+$/,
} as const;

const settings = z
  .strictObject({
    provider: z.enum(['AWS', 'AZURE']).describe('Cloud provider of the endpoint service'),
    service: idField('endpoint service'),
    endpoint: z.string().meta({
      description: 'Id of the private endpoint: vpce-… of AWS, the resource path of Azure',
      examples: ['vpce-0f1e2d3c4b5a69788'],
    }),
    lastTakesService: z
      .boolean()
      .default(false)
      .describe('Delete it also when it is the last: Atlas then removes the endpoint service with it'),
  })
  .refine(({ provider, endpoint }) => ENDPOINT[provider].test(endpoint), {
    path: ['endpoint'],
    message:
      'is not the id of a private endpoint: vpce- and 17 hexadecimal digits (AWS), or the resource path that begins with /subscriptions/ (Azure)',
  });

/** What `with` holds. */
export type DeletePrivateEndpointWith = z.output<typeof settings>;

/** Where a provider's endpoint service lists its endpoints (return-one-private-endpoint-service-for-one-provider). */
const LISTED_UNDER = {
  AWS: 'interfaceEndpoints',
  AZURE: 'privateEndpoints',
} as const;

/**
 * Deletes a private endpoint. Before the last one goes, the runbook must have said that the service may go with it: Atlas
 * asks nobody.
 *
 * Doc: remove-one-private-endpoint-for-one-provider.
 */
export const deletePrivateEndpoint: StepKind<DeletePrivateEndpointWith> = {
  use: 'delete-private-endpoint',
  stages: ['cleanup'],
  effect: 'change',
  destroys: {
    what: 'a private endpoint, and with the last one its service',
    name: ({ endpoint }) => endpoint,
  },
  operations: { getPrivateEndpointService: ['Project Read Only'], deletePrivateEndpoint: ['Project Owner'] },
  with: settings,
  params: { provider: 'cloudProvider', service: 'endpointServiceId', endpoint: 'endpointId' },
  summary: ({ provider, service, endpoint, lastTakesService }) =>
    `Delete the ${provider} private endpoint ${endpoint}` +
    (lastTakesService
      ? `; when it is the last one, the endpoint service ${service} goes with it`
      : `, unless it is the last one of the endpoint service ${service}`),

  send: onTarget(async (settings, { project }, { atlas, resent }) => {
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
      if (resent) return afterUnclear(found, settings, capitalized(what));
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

/** What can be said when an earlier request may have deleted it: what is left may well be another endpoint. */
function afterUnclear(found: object, settings: DeletePrivateEndpointWith, what: string): StepAnswer {
  if (isGone(found, settings)) {
    return { outcome: 'done', message: `${what} is gone.`, evidence: { already: true } };
  }
  return {
    outcome: 'failed',
    message: `The answer to an earlier request to delete it was lost. ${what} may have been deleted or may be the last one of the endpoint service ${settings.service}, so the delete is not sent again. It may have been carried out; look in Atlas before repeating it.`,
  };
}

/** Whether Atlas shows that the endpoint is gone; of AWS it does so only where no endpoint is left. */
function isGone(found: object, { provider, endpoint }: DeletePrivateEndpointWith): boolean {
  const endpoints = endpointsOf(found, provider);
  if (endpoints === undefined) return false;
  return provider === 'AWS' ? endpoints.length === 0 : !endpoints.includes(endpoint.toLowerCase());
}

/**
 * Whether no other endpoint is known to stay. AWS lists its endpoints by ids of Atlas's own, under which the one to
 * delete cannot be recognised; the number decides then.
 */
function mayBeLast(found: object, { provider, endpoint }: DeletePrivateEndpointWith): boolean {
  const endpoints = endpointsOf(found, provider);
  if (endpoints === undefined) return true;
  if (provider === 'AWS') return endpoints.length <= 1;
  return endpoints.every((one) => one === endpoint.toLowerCase());
}

/** The endpoints that a service lists, in small letters; undefined where it shows no list. */
function endpointsOf(found: object, provider: keyof typeof LISTED_UNDER): string[] | undefined {
  const listed: unknown = Object.entries(found).find(([key]) => key === LISTED_UNDER[provider])?.[1];
  return Array.isArray(listed) ? listed.map((one) => String(one).toLowerCase()) : undefined;
}

function capitalized(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
