import { plainLine } from '../fields.ts';
import * as z from 'zod';
import { idField } from './id-field.ts';
import type { StepKind } from './kind.ts';

const settings = z.strictObject({
  provider: z.enum(['AWS', 'AZURE', 'GCP']).describe('Cloud provider of the endpoint service'),
  service: idField('endpoint service'),
  interfaces: z
    .array(plainLine.min(1))
    .default([])
    .describe(
      'Interfaces it must have: ids of interface endpoints (AWS), of private endpoints (Azure), or endpoint group names (GCP)',
    ),
});

/** What `with` holds. */
export type PrivateEndpointServiceWith = z.output<typeof settings>;

/**
 * The private endpoint service of the target's project is available, with the interfaces that are named
 * (return-one-private-endpoint-service-for-one-provider).
 */
export const privateEndpointServiceKind = {
  use: 'private-endpoint-service',
  stages: ['ready'],
  effect: 'check',
  destroys: false,
  operations: ['getPrivateEndpointService'],
  with: settings,
  summary: ({ provider, service }) => `Check that the ${provider} endpoint service ${service} is available`,
} as const satisfies StepKind<PrivateEndpointServiceWith>;
