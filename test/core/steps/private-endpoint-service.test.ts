import { describe, expect, it } from 'vitest';
import {
  type PrivateEndpointServiceWith,
  privateEndpointService,
} from '../../../core/steps/private-endpoint-service.ts';
import { answerOf, stepContext, twoProjects, withAtlas } from './checking.ts';

const AWS = '5e2f1c0a9d3b7a4c8e6f0c01';
const AZURE = '5e2f1c0a9d3b7a4c8e6f0c02';
const GCP = '5e2f1c0a9d3b7a4c8e6f0c03';
const BROKEN = '5e2f1c0a9d3b7a4c8e6f0c04';
const interfaceId = '5e2f1c0a9d3b7a4c8e6f0c11';
const azureId =
  '/subscriptions/5e2f1c0a-9d3b-4a4c-8e6f-0c0200000001/resourceGroups/a/providers/Microsoft.Network/privateEndpoints/b';

const world = twoProjects(
  {},
  {
    endpointServices: [
      { id: AWS, endpoints: [{ id: 'vpce-0a1b2c3d4e5f60711', interfaceId }] },
      { id: AZURE, provider: 'AZURE', endpoints: [{ id: azureId }] },
      { id: GCP, provider: 'GCP', endpoints: [{ id: 'group' }] },
      { id: BROKEN, status: 'WAITING_FOR_USER' },
    ],
  },
);

describe('private-endpoint-service', () => {
  it.each([
    ['AWS', AWS, interfaceId],
    ['AZURE', AZURE, azureId],
    ['GCP', GCP, 'group'],
  ] as const)(
    'passes where the service of %s is available and has its interfaces',
    async (provider, service, one) => {
      await withAtlas({ world }, async (rehearsal) => {
        const settings = { provider, service, interfaces: [one] };
        const answer = await answerOf(privateEndpointService, settings, stepContext(rehearsal));
        expect(answer).toMatchObject({
          outcome: 'done',
          evidence: { status: 'AVAILABLE', interfaces: one, missing: 'none' },
        });
      });
    },
  );

  it.each([
    [
      'lacks an interface',
      { provider: 'AWS', service: AWS, interfaces: ['vpce-1'] },
      'lacks the interfaces vpce-1',
    ],
    [
      'is not available',
      { provider: 'AWS', service: BROKEN, interfaces: [] },
      'is WAITING_FOR_USER, not AVAILABLE',
    ],
    ['does not exist', { provider: 'AWS', service: 'f'.repeat(24), interfaces: [] }, 'no such thing'],
    ['is of another provider', { provider: 'GCP', service: AWS, interfaces: [] }, 'no such thing'],
  ] as const)('fails where the service %s', async (_case, settings, message) => {
    await withAtlas({ world }, async (rehearsal) => {
      const wanted: PrivateEndpointServiceWith = { ...settings, interfaces: [...settings.interfaces] };
      const answer = await answerOf(privateEndpointService, wanted, stepContext(rehearsal));
      expect(answer.outcome).toBe('failed');
      expect(answer.message).toContain(message);
    });
  });

  it('does not take a project that cannot be seen for one without the service', async () => {
    await withAtlas({ world }, async (rehearsal) => {
      const context = {
        ...stepContext(rehearsal),
        target: { project: 'f'.repeat(24), cluster: 'orders-drill' },
      };
      const settings: PrivateEndpointServiceWith = { provider: 'AWS', service: AWS, interfaces: [] };
      expect(await answerOf(privateEndpointService, settings, context)).toMatchObject({ outcome: 'unknown' });
    });
  });
});
