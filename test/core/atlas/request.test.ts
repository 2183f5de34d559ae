import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { AtlasRequestError } from '../../../core/atlas/errors.ts';
import type { Operation } from '../../../core/atlas/operation.ts';
import { prepare } from '../../../core/atlas/request.ts';
import { operationOf } from '../../../core/atlas/resources.ts';
import { clientOf, GROUP, rejection, SNAPSHOT, startServer } from './server.ts';

const anything: Operation = {
  operationId: 'getAnything',
  method: 'GET',
  path: '/things/{thing}/parts/{part}',
  version: '2023-01-01',
  effect: 'read',
  roles: [],
  source: 'test',
  shape: 'one',
  params: z.strictObject({ thing: z.string(), part: z.string(), also: z.array(z.string()).optional() }),
  reply: z.unknown(),
};

const AT = { baseUrl: 'https://atlas.example', now: Date.parse('2026-08-10T03:00:00Z') };

describe('prepare', () => {
  it('keeps every value in its place, whatever characters it has', () => {
    const text = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .filter((value) => value !== '.' && value !== '..');
    fc.assert(
      fc.property(text, text, fc.array(text), (thing, part, also) => {
        const { url } = prepare({ ...AT, baseUrl: 'https://atlas.example/base' }, anything, {
          thing,
          part,
          also,
        });
        const parts = url.pathname.split('/').map(decodeURIComponent);
        expect(parts).toEqual(['', 'base', 'things', thing, 'parts', part]);
        expect(url.searchParams.getAll('also')).toEqual(also);
        expect(url.host).toBe('atlas.example');
        expect(url.hash).toBe('');
      }),
    );
  });

  it.each(['.', '..'])('refuses %s, which would leave its place in the path', (part) => {
    expect(() => prepare(AT, anything, { thing: 'a', part })).toThrow(AtlasRequestError);
  });
});

describe('what the path holds', () => {
  const AZURE =
    '/subscriptions/ae349d51-d12b-ee3d-2a27-7d53f6479cf0/resourceGroups/Recovery_(1)/providers/Microsoft.Network/privateEndpoints/pe.1';
  const endpoint = { groupId: GROUP, cloudProvider: 'AZURE', endpointServiceId: SNAPSHOT };
  const address = { orgId: GROUP, apiUserId: SNAPSHOT };

  it.each([
    ['deletePrivateEndpoint', { ...endpoint, endpointId: AZURE }, AZURE],
    ['deletePrivateEndpoint', { ...endpoint, endpointId: AZURE.replaceAll('/', '%2F') }, AZURE],
    ['getOrgAccessEntry', { ...address, ipAddress: '192.0.2.0/24' }, '192.0.2.0/24'],
    ['getOrgAccessEntry', { ...address, ipAddress: '192.0.2.0%2f24' }, '192.0.2.0/24'],
    ['getOrgAccessEntry', { ...address, ipAddress: '2001:db8::/32' }, '2001:db8::/32'],
  ])('%s is sent as one part: %j', (id, params, part) => {
    const { pathname } = prepare(AT, operationOf(id), params).url;
    const last = pathname.split('/').at(-1)!;
    expect(decodeURIComponent(last)).toBe(part);
    expect(pathname.split('/')).toHaveLength(operationOf(id).path.split('/').length);
  });

  it('leaves the colon of a process and of an action as it is', () => {
    const process = { groupId: GROUP, processId: 'orders-shard-00-00.abcde.mongodb.net:27017' };
    expect(prepare(AT, operationOf('listProcessDisks'), process).url.pathname).toBe(
      `/api/atlas/v2/groups/${GROUP}/processes/orders-shard-00-00.abcde.mongodb.net:27017/disks`,
    );
    const cluster = { groupId: GROUP, clusterName: 'Orders' };
    expect(prepare(AT, operationOf('unpinFeatureCompatibilityVersion'), cluster).url.pathname).toBe(
      `/api/atlas/v2/groups/${GROUP}/clusters/Orders:unpinFeatureCompatibilityVersion`,
    );
  });

  it.each([
    ['getOrgAccessEntry', { ...address, ipAddress: '192.0.2.0/24/7' }],
    ['getOrgAccessEntry', { ...address, ipAddress: 'here' }],
    ['deletePrivateEndpoint', { ...endpoint, endpointId: `${AZURE}/more` }],
    ['deletePrivateEndpoint', { ...endpoint, endpointId: 'vpce-1' }],
    ['listProcessDisks', { groupId: GROUP, processId: 'orders-shard-00-00.abcde.mongodb.net' }],
    ['resumePipeline', { groupId: GROUP, pipelineName: 'a/b' }],
    ['updateOrgServiceAccount', { orgId: GROUP, clientId: 'mdb_sa_id_1', body: {} }],
  ])('%s is not sent with %j', (id, params) => {
    expect(() => prepare(AT, operationOf(id), params)).toThrow(AtlasRequestError);
  });
});

describe('what the body holds', () => {
  const cluster = { groupId: GROUP, clusterName: 'Orders' };
  const index = { collectionName: 'c', database: 'd', name: 'n' };
  const faultsOf = (id: string, params: object) => {
    try {
      prepare(AT, operationOf(id), params);
    } catch (error) {
      if (error instanceof AtlasRequestError) return error.faults.join('\n');
      throw error;
    }
    return '';
  };
  const bodyOf = (id: string, params: object) =>
    JSON.parse(prepare(AT, operationOf(id), params).body ?? 'null') as unknown;

  it('pins for four weeks at most, counted from now', () => {
    const pin = (expirationDate: string) =>
      faultsOf('pinFeatureCompatibilityVersion', { ...cluster, body: { expirationDate } });
    expect(pin('2026-09-07T03:00:00Z')).toBe('');
    expect(pin('2026-09-07T03:00:01Z')).toContain('body.expirationDate: must be within four weeks');
    expect(pin('2026-09-07')).toContain('body.expirationDate: must be an ISO 8601 instant');
    expect(bodyOf('pinFeatureCompatibilityVersion', cluster)).toEqual({});
  });

  it('gives an index its type', () => {
    const sent = (body: object) => bodyOf('createClusterFtsIndex', { ...cluster, body });
    expect(sent(index)).toEqual({ ...index, type: 'search' });
    expect(sent({ ...index, type: 'vectorSearch' })).toEqual({ ...index, type: 'vectorSearch' });
  });

  it.each([
    ['createClusterFtsIndex', { ...cluster, body: { ...index, numPartitions: 3 } }, 'body.numPartitions'],
    ['createClusterFtsIndex', { ...cluster, body: { ...index, type: 'vector' } }, 'body.type'],
    [
      'createClusterFtsIndex',
      { ...cluster, body: { ...index, type: 'vectorSearch', mappings: {} } },
      'mappings',
    ],
    ['addGroupUsers', { groupId: GROUP, body: { username: 'ann', roles: [] } }, 'body.roles'],
    ['addGroupUsers', { groupId: GROUP, body: { username: 'ann', roles: ['ORG_OWNER'] } }, 'body.username'],
    [
      'addGroupUsers',
      { groupId: GROUP, body: { username: 'ann@example.com', roles: ['GROUP_OWNER', 'GROUP_OWNER'] } },
      'body.roles: must not repeat itself',
    ],
    ['updateGroupPeer', { groupId: GROUP, peerId: GROUP, body: { containerId: GROUP } }, 'body.providerName'],
    [
      'updateGroupPeer',
      { groupId: GROUP, peerId: GROUP, body: { providerName: 'GCP', containerId: GROUP, vpcId: 'vpc-1' } },
      'vpcId',
    ],
    [
      'createRoleMapping',
      {
        federationSettingsId: GROUP,
        orgId: GROUP,
        body: { externalGroupName: 'x', roleAssignments: [{ groupId: GROUP, role: 'GROUP_OWNER' }] },
      },
      'must hold a role of an organization',
    ],
    [
      'createRoleMapping',
      {
        federationSettingsId: GROUP,
        orgId: GROUP,
        body: {
          externalGroupName: 'x',
          roleAssignments: [{ groupId: GROUP, orgId: GROUP, role: 'ORG_OWNER' }],
        },
      },
      'must be a role of an organization with its orgId',
    ],
    [
      'grantMongoEmployeeAccess',
      { ...cluster, body: { expirationTime: 'soon', grantType: 'EVERYTHING' } },
      'body.expirationTime: must be an ISO 8601 instant',
    ],
    [
      'getDatabaseMeasurements',
      { groupId: GROUP, processId: 'db.example.com:27017', databaseName: 'shop', granularity: 'PT1M' },
      'a period, or a start and an end',
    ],
  ])('of %s is refused: %j', (id, params, fault) => {
    expect(faultsOf(id, params)).toContain(fault);
  });

  it.each(['10.0.0.0/16', '10.0.0.1', '2001:0:0:0:0:0:0:1/64'])(
    'takes the network %s',
    (routeTableCidrBlock) => {
      const body = {
        providerName: 'AWS',
        containerId: GROUP,
        accepterRegionName: 'eu-west-1',
        awsAccountId: '123456789012',
        routeTableCidrBlock,
        vpcId: 'vpc-0123456789abcdef0',
      };
      expect(faultsOf('updateGroupPeer', { groupId: GROUP, peerId: GROUP, body })).toBe('');
      const wrong = { ...body, routeTableCidrBlock: `${routeTableCidrBlock}.` };
      expect(faultsOf('updateGroupPeer', { groupId: GROUP, peerId: GROUP, body: wrong })).toContain('CIDR');
    },
  );
});

describe('faulty parameters', () => {
  it('are all named at once, and nothing is sent', async () => {
    const server = await startServer(() => undefined);
    const { restoreJobs } = clientOf(server.baseUrl);
    const wrong = {
      groupId: 'prod',
      clusterName: '../other',
      body: { deliveryType: 'automated', snapshotId: 'latest', oplogInc: 0, extra: 1 },
    } as const;
    const error = await rejection(restoreJobs.createBackupRestoreJob(wrong));
    expect(error).toMatchObject({
      name: 'AtlasRequestError',
      retryable: false,
      operation: 'createBackupRestoreJob',
    });
    const faults = error instanceof AtlasRequestError ? error.faults.join(' ') : '';
    for (const field of ['groupId', 'clusterName', 'body.snapshotId', 'body.oplogInc', 'extra'])
      expect(faults).toContain(field);
    expect(server.calls).toHaveLength(0);
    expect(server.tokens).toHaveLength(0);
  });

  it('of a list come with its first item', async () => {
    const server = await startServer(() => undefined);
    const list = clientOf(server.baseUrl).events.listGroupEvents({ groupId: GROUP, minDate: 'yesterday' });
    const error = await rejection(list[Symbol.asyncIterator]().next());
    expect(error.message).toContain('minDate');
  });
});
