import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_WORLD } from '../../simulator/default-world.ts';
import { PRACTICE_IDS as IDS } from '../../simulator/practice-ids.ts';
import { type Answer, type Body, DRILLS, type Practice, startPractice } from './practice-client.ts';
import { AWS_PEER } from './recovery-calls.ts';

let practice: Practice;
beforeEach(async () => {
  practice = await startPractice();
});
afterEach(() => practice.simulator.close());

function service(provider: string, id: string): Promise<Answer> {
  const path = `${DRILLS}/privateEndpoint/${provider}/endpointService/${id}`;
  return practice.call('getPrivateEndpointService', 'GET', path);
}

function remove(provider: string, id: string, endpoint: string): Promise<Answer> {
  const path = `${DRILLS}/privateEndpoint/${provider}/endpointService/${id}/endpoint/${encodeURIComponent(endpoint)}`;
  return practice.call('deletePrivateEndpoint', 'DELETE', path);
}

describe('a private endpoint service', () => {
  it.each([
    ['AWS', IDS.endpointServiceId, 'interfaceEndpoints', [IDS.interfaceId, IDS.otherInterfaceId]],
    ['AZURE', IDS.azureEndpointServiceId, 'privateEndpoints', [IDS.azureEndpointId]],
    ['GCP', IDS.gcpEndpointServiceId, 'endpointGroupNames', [IDS.gcpEndpointId]],
  ])('of %s is available with its endpoints', async (provider, id, field, endpoints) => {
    const { body } = await service(provider, id);
    expect(body).toMatchObject({ cloudProvider: provider, status: 'AVAILABLE', [field]: endpoints });
  });

  it('goes away with its last endpoint', async () => {
    expect((await remove('AWS', IDS.endpointServiceId, IDS.endpointId)).status).toBe(204);
    expect((await service('AWS', IDS.endpointServiceId)).body).toMatchObject({
      status: 'AVAILABLE',
      interfaceEndpoints: [IDS.otherInterfaceId],
    });
    const twice = await remove('AWS', IDS.endpointServiceId, IDS.endpointId);
    expect(twice.body).toMatchObject({ error: 404, errorCode: 'PRIVATE_ENDPOINT_NOT_FOUND' });
    expect((await remove('AWS', IDS.endpointServiceId, IDS.otherEndpointId)).status).toBe(204);
    expect((await service('AWS', IDS.endpointServiceId)).body.status).toBe('DELETING');
    practice.clock.advance(60);
    expect((await service('AWS', IDS.endpointServiceId)).body).toMatchObject({
      error: 404,
      errorCode: 'PRIVATE_ENDPOINT_SERVICE_NOT_FOUND',
    });
  });

  it('finds an endpoint of Azure by its path', async () => {
    expect((await remove('AZURE', IDS.azureEndpointServiceId, IDS.azureEndpointId)).status).toBe(204);
  });
});

describe('a peering connection', () => {
  const peer = (id: string): Promise<Answer> => practice.call('getGroupPeer', 'GET', `${DRILLS}/peers/${id}`);
  const update = (id: string, body: Body): Promise<Answer> =>
    practice.call('updateGroupPeer', 'PATCH', `${DRILLS}/peers/${id}`, { body });

  it('is listed by provider, AWS unless asked otherwise', async () => {
    const list = async (query: string): Promise<unknown> =>
      (await practice.call('listGroupPeers', 'GET', `${DRILLS}/peers${query}`)).body.results?.map(
        ({ id }) => id,
      );
    expect(await list('')).toEqual([IDS.peerId]);
    expect(await list('?providerName=GCP')).toEqual([IDS.gcpPeerId]);
  });

  it.each<[provider: string, id: string, body: Body, field: string, way: string[]]>([
    [
      'AWS',
      IDS.peerId,
      AWS_PEER,
      'statusName',
      ['INITIATING', 'PENDING_ACCEPTANCE', 'FINALIZING', 'AVAILABLE'],
    ],
    [
      'AZURE',
      IDS.azurePeerId,
      {
        containerId: IDS.azureContainerId,
        providerName: 'AZURE',
        azureDirectoryId: '5e2f1c0a-9d3b-4a4c-8e6f-0d0200000003',
        azureSubscriptionId: '5e2f1c0a-9d3b-4a4c-8e6f-0d0200000004',
        resourceGroupName: 'recovery',
        vnetName: 'recovery-net',
      },
      'status',
      ['ADDING_PEER', 'ADDING_PEER', 'ADDING_PEER', 'AVAILABLE'],
    ],
    [
      'GCP',
      IDS.gcpPeerId,
      {
        containerId: IDS.gcpContainerId,
        providerName: 'GCP',
        gcpProjectId: 'recovery-12345',
        networkName: 'recovery-net',
      },
      'status',
      ['ADDING_PEER', 'ADDING_PEER', 'WAITING_FOR_USER', 'AVAILABLE'],
    ],
  ])('of %s connects anew when it is pointed elsewhere', async (_provider, id, body, field, way) => {
    expect((await peer(id)).body[field]).toBe('AVAILABLE');
    expect((await update(id, body)).body).toMatchObject({ ...body, id, [field]: way[0] });
    const seen: unknown[] = [];
    for (const seconds of [0, 45, 45, 30]) {
      practice.clock.advance(seconds);
      seen.push((await peer(id)).body[field]);
    }
    expect(seen).toEqual(way);
  });

  it('can fail', async () => {
    const projects = DEFAULT_WORLD.projects.map((project) => ({
      ...project,
      peers: project.peers?.map((one) => ({ ...one, fails: true })),
    }));
    await practice.simulator.close();
    practice = await startPractice({ world: { ...DEFAULT_WORLD, projects } });
    await update(IDS.peerId, AWS_PEER);
    practice.clock.advance(120);
    expect((await peer(IDS.peerId)).body).toMatchObject({ statusName: 'FAILED', errorStateName: 'REJECTED' });
  });

  it.each<[code: string, status: number, body: Body]>([
    ['INVALID_ATTRIBUTE', 400, { ...AWS_PEER, providerName: 'GCP' }],
    ['INVALID_ENUM_VALUE', 400, { ...AWS_PEER, providerName: 'MOON' }],
    ['INVALID_ATTRIBUTE', 400, { ...AWS_PEER, containerId: IDS.gcpContainerId }],
    ['INVALID_ATTRIBUTE', 400, { ...AWS_PEER, vpcId: 'vpc-short' }],
    ['MISSING_ATTRIBUTE', 400, { ...AWS_PEER, awsAccountId: undefined }],
  ])('is refused with %s (%i)', async (errorCode, error, body) => {
    expect((await update(IDS.peerId, body)).body).toMatchObject({ error, errorCode });
    expect((await peer(IDS.peerId)).body.statusName).toBe('AVAILABLE');
  });

  it('cannot lead where another one leads (409)', async () => {
    const drills = DEFAULT_WORLD.projects.find((project) => project.id === DRILLS)!;
    const [first] = drills.peers!;
    const second = { ...first!, id: '5e2f1c0a9d3b7a4c8e6f0d04', settings: settingsOf(AWS_PEER) };
    await practice.simulator.close();
    practice = await startPractice({ world: { projects: [{ ...drills, peers: [first, second] }] } });
    expect((await update(IDS.peerId, AWS_PEER)).body).toMatchObject({
      error: 409,
      errorCode: 'PEER_ALREADY_EXISTS',
    });
  });
});

function settingsOf(peer: typeof AWS_PEER): Record<string, string> {
  const { accepterRegionName, awsAccountId, routeTableCidrBlock, vpcId } = peer;
  return { accepterRegionName, awsAccountId, routeTableCidrBlock, vpcId };
}
