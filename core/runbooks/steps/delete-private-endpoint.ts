import * as z from 'zod';
import { idField } from './id-field.ts';
import type { StepKind } from './kind.ts';

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

/** Deletes a private endpoint (remove-one-private-endpoint-for-one-provider). */
export const deletePrivateEndpointKind = {
  use: 'delete-private-endpoint',
  stages: ['cleanup'],
  effect: 'change',
  destroys: true,
  operations: ['getPrivateEndpointService', 'deletePrivateEndpoint'],
  with: settings,
  summary: ({ provider, service, endpoint, lastTakesService }) =>
    `Delete the ${provider} private endpoint ${endpoint}` +
    (lastTakesService
      ? `; when it is the last one, the endpoint service ${service} goes with it`
      : `, unless it is the last one of the endpoint service ${service}`),
  confirmName: ({ endpoint }) => endpoint,
} as const satisfies StepKind<DeletePrivateEndpointWith>;
