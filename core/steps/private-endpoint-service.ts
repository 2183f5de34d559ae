import * as z from 'zod';
import { plainLine } from '../runbooks/fields.ts';
import { idField } from '../runbooks/id-field.ts';
import type { StepKind } from './protocol/step-kind.ts';
import { listed } from './shared/listed.ts';
import { couldNotSee, noTarget, see, unlessMissing } from './shared/seeing.ts';

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

/** Where a provider's endpoint service lists its interfaces (return-one-private-endpoint-service-for-one-provider). */
const INTERFACES = {
  AWS: 'interfaceEndpoints',
  AZURE: 'privateEndpoints',
  GCP: 'endpointGroupNames',
} as const;

/**
 * The private endpoint service of the target's project is available, with the interfaces that are named.
 *
 * Doc: return-one-private-endpoint-service-for-one-provider.
 */
export const privateEndpointService: StepKind<PrivateEndpointServiceWith> = {
  use: 'private-endpoint-service',
  stages: ['ready'],
  effect: 'check',
  destroys: false,
  operations: { getPrivateEndpointService: ['Project Read Only'] },
  with: settings,
  params: { provider: 'cloudProvider', service: 'endpointServiceId' },
  summary: ({ provider, service }) => `Check that the ${provider} endpoint service ${service} is available`,

  async look({ provider, service, interfaces }, { atlas, source, target }) {
    const project = (target ?? source)?.project;
    if (project === undefined) return noTarget('endpoint service');
    const what = `the ${provider} endpoint service ${service} of project ${project}`;
    const found = await see(what, () =>
      unlessMissing(() =>
        atlas.privateEndpoints.getPrivateEndpointService({
          groupId: project,
          cloudProvider: provider,
          endpointServiceId: service,
        }),
      ),
    );
    if ('unseen' in found) return couldNotSee(found, 'whether it is available');
    if (found.seen === undefined) return { outcome: 'failed', message: `There is no such thing as ${what}.` };
    const status = found.seen.status ?? 'without a status';
    const present = interfacesOf(found.seen, provider);
    const missing = interfaces.filter((name) => !present.includes(name));
    const evidence = { status, interfaces: listed(present), missing: listed(missing) };
    const faults = [
      ...(status === 'AVAILABLE' ? [] : [`is ${status}, not AVAILABLE`]),
      ...(missing.length === 0 ? [] : [`lacks the interfaces ${listed(missing)}`]),
    ];
    const subject = `${what.charAt(0).toUpperCase()}${what.slice(1)}`;
    return faults.length === 0
      ? { outcome: 'done', message: `${subject} is AVAILABLE.`, evidence }
      : { outcome: 'failed', message: `${subject} ${faults.join(' and ')}.`, evidence };
  },
};

function interfacesOf(service: object, provider: keyof typeof INTERFACES): string[] {
  const found: unknown = Object.entries(service).find(([key]) => key === INTERFACES[provider])?.[1];
  return Array.isArray(found) ? found.map(String) : [];
}
