import { describe, expect, it } from 'vitest';
import {
  deletePrivateEndpoint,
  type DeletePrivateEndpointWith,
} from '../../../core/steps/delete-private-endpoint.ts';
import { carryOut, changesOf, loseReply, READER } from './changing.ts';
import { stepContext, twoProjects, withAtlas, confirmedAs } from './checking.ts';

const AWS = '5e2f1c0a9d3b7a4c8e6f0c01';
const AZURE = '5e2f1c0a9d3b7a4c8e6f0c02';
const azureId = (name: string) =>
  `/subscriptions/5e2f1c0a-9d3b-4a4c-8e6f-0c0200000001/resourceGroups/recovery/providers/Microsoft.Network/privateEndpoints/${name}`;
const one = { id: 'vpce-0a1b2c3d4e5f60711', interfaceId: '5e2f1c0a9d3b7a4c8e6f0c11' };
const two = { id: 'vpce-0a1b2c3d4e5f60712', interfaceId: '5e2f1c0a9d3b7a4c8e6f0c12' };
const world = twoProjects(
  {},
  {
    endpointServices: [
      { id: AWS, endpoints: [one, two] },
      { id: AZURE, provider: 'AZURE', endpoints: [{ id: azureId('drills') }, { id: azureId('more') }] },
    ],
  },
);
const lastOne = twoProjects({}, { endpointServices: [{ id: AWS, endpoints: [one] }] });

function settings(changes: Partial<DeletePrivateEndpointWith> = {}): DeletePrivateEndpointWith {
  return deletePrivateEndpoint.with.parse({
    provider: 'AWS',
    service: AWS,
    endpoint: one.id,
    ...changes,
  });
}

describe('delete-private-endpoint', () => {
  it('deletes an endpoint of several', async () => {
    await withAtlas({ world }, async (rehearsal) => {
      const answer = await carryOut(deletePrivateEndpoint, settings(), rehearsal);
      expect(answer).toMatchObject({ outcome: 'done', evidence: { last: false } });
      expect(answer.message).not.toContain('service');
      expect(changesOf(rehearsal)).toEqual(['deletePrivateEndpoint']);
    });
  });

  it('deletes one of Azure, whose id holds slashes, and knows the last by its id', async () => {
    await withAtlas({ world }, async (rehearsal) => {
      const azure = (name: string) =>
        settings({ provider: 'AZURE', service: AZURE, endpoint: azureId(name) });
      expect(await carryOut(deletePrivateEndpoint, azure('drills'), rehearsal)).toMatchObject({
        outcome: 'done',
      });
      expect(await carryOut(deletePrivateEndpoint, azure('drills'), rehearsal)).toMatchObject({
        outcome: 'done',
        evidence: { already: true },
      });
      expect(await carryOut(deletePrivateEndpoint, azure('more'), rehearsal)).toMatchObject({
        outcome: 'failed',
        evidence: { last: true },
      });
      expect(changesOf(rehearsal)).toHaveLength(1);
    });
  });

  it('does not delete the last one, and with it the service, unless it may', async () => {
    await withAtlas({ world: lastOne }, async (rehearsal) => {
      const refused = await carryOut(deletePrivateEndpoint, settings(), rehearsal);
      expect(refused.outcome).toBe('failed');
      expect(refused.message).toMatch(/removes the service.*Nothing was deleted.*lastTakesService: true/);
      expect(changesOf(rehearsal)).toEqual([]);
      const allowed = await carryOut(deletePrivateEndpoint, settings({ lastTakesService: true }), rehearsal);
      expect(allowed).toMatchObject({ outcome: 'done', evidence: { last: true } });
      expect(allowed.message).toContain(`the endpoint service ${AWS}`);
    });
  });

  it('finds nothing to delete where the endpoint or its service is gone', async () => {
    await withAtlas({ world }, async (rehearsal) => {
      const gone = { outcome: 'done', evidence: { already: true } };
      const elsewhere = settings({ endpoint: 'vpce-0a1b2c3d4e5f60799' });
      expect(await carryOut(deletePrivateEndpoint, elsewhere, rehearsal)).toMatchObject(gone);
      const noService = settings({ service: 'f'.repeat(24) });
      expect(await carryOut(deletePrivateEndpoint, noService, rehearsal)).toMatchObject(gone);
      expect(changesOf(rehearsal)).toEqual([]);
    });
  });

  it('deletes it once though the reply is lost', async () => {
    await withAtlas({ world: lastOne, ...loseReply('deletePrivateEndpoint') }, async (rehearsal) => {
      const answer = await carryOut(deletePrivateEndpoint, settings({ lastTakesService: true }), rehearsal);
      expect(answer).toMatchObject({ outcome: 'done', evidence: { already: true } });
      expect(changesOf(rehearsal)).toHaveLength(1);
    });
  });

  it('never says that nothing was deleted once a reply was lost', async () => {
    const two_ = twoProjects({}, { endpointServices: [{ id: AWS, endpoints: [one, two] }] });
    await withAtlas({ world: two_, ...loseReply('deletePrivateEndpoint') }, async (rehearsal) => {
      const answer = await carryOut(deletePrivateEndpoint, settings(), rehearsal);
      expect(answer.outcome).toBe('failed');
      expect(answer.message).toContain('may have been carried out; look in Atlas before repeating');
      expect(answer.message).not.toMatch(/Nothing was deleted|lastTakesService/);
      expect(changesOf(rehearsal)).toEqual(['deletePrivateEndpoint']);
    });
  });

  it.each([
    ['AWS', { interfaceEndpoints: [] }],
    ['AZURE', { privateEndpoints: [] }],
  ] as const)('is done after a lost reply when %s shows the endpoint gone', async (provider, shown) => {
    await withAtlas({ world }, async (rehearsal) => {
      const privateEndpoints = {
        ...rehearsal.atlas.privateEndpoints,
        getPrivateEndpointService: () =>
          Promise.resolve({
            cloudProvider: provider,
            id: AWS,
            regionName: 'eu',
            status: 'AVAILABLE',
            ...shown,
          }),
      };
      const atlas = { ...rehearsal.atlas, privateEndpoints } as typeof rehearsal.atlas;
      const endpoint = provider === 'AWS' ? one.id : azureId('drills');
      const context = { ...stepContext(rehearsal), atlas, resent: true };
      const answer = await deletePrivateEndpoint.send?.(settings({ provider, endpoint }), context);
      expect(answer).toMatchObject({ outcome: 'done', evidence: { already: true } });
      expect(changesOf(rehearsal)).toEqual([]);
    });
  });

  it('names the role that is missing', async () => {
    await withAtlas({ world: { ...world, ...READER } }, async (rehearsal) => {
      const answer = await carryOut(deletePrivateEndpoint, settings(), rehearsal);
      expect(answer).toMatchObject({ outcome: 'failed' });
      expect(answer.message).toContain('Project Owner');
    });
  });

  it('says beforehand what the last one takes with it, and is confirmed with the id of the endpoint', () => {
    expect(deletePrivateEndpoint.summary(settings({ lastTakesService: true }), {})).toContain(
      `the endpoint service ${AWS} goes with it`,
    );
    expect(confirmedAs(deletePrivateEndpoint, settings())).toBe(one.id);
    const mistyped = { provider: 'AZURE', service: AZURE, endpoint: one.id };
    expect(deletePrivateEndpoint.with.safeParse(mistyped).success).toBe(false);
  });
});
