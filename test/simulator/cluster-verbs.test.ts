import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PRACTICE_IDS as IDS } from '../../simulator/practice-ids.ts';
import {
  type Answer,
  type Body,
  DRILLS,
  type Practice,
  PRODUCTION,
  startPractice,
} from './practice-client.ts';
import { GRANT, SEARCH_INDEX } from './recovery-calls.ts';

const CLUSTER = `${DRILLS}/clusters/orders-drill`;

let practice: Practice;
beforeEach(async () => {
  practice = await startPractice();
});
afterEach(() => practice.simulator.close());

async function cluster(): Promise<Body> {
  return (await practice.call('getCluster', 'GET', CLUSTER, { version: '2024-08-05' })).body;
}

async function restore(target: string): Promise<void> {
  const path = `${PRODUCTION}/clusters/orders/backup`;
  const { body } = await practice.call('listBackupSnapshots', 'GET', `${path}/snapshots`);
  const snapshot = body.results!.find(({ status }) => status === 'completed')!;
  const wanted = {
    deliveryType: 'automated',
    snapshotId: snapshot.id,
    targetGroupId: DRILLS,
    targetClusterName: target,
  };
  const answer = await practice.call('createBackupRestoreJob', 'POST', `${path}/restoreJobs`, {
    body: wanted,
  });
  expect(answer.status).toBe(200);
}

describe('the feature compatibility version', () => {
  const verb = (name: string, path: string, body?: unknown): Promise<Answer> =>
    practice.call(name, 'POST', `${path}:${name}`, { body });
  const pin = (body?: unknown, path = CLUSTER): Promise<Answer> =>
    verb('pinFeatureCompatibilityVersion', path, body);
  const unpin = (path = CLUSTER): Promise<Answer> => verb('unpinFeatureCompatibilityVersion', path);
  const expiry = async (): Promise<unknown> => (await cluster()).featureCompatibilityVersionExpirationDate;

  it('is pinned for four weeks, moved, and unpinned', async () => {
    expect(await expiry()).toBeUndefined();
    expect((await pin()).status).toBe(204);
    expect(await cluster()).toMatchObject({
      featureCompatibilityVersion: '8.0',
      featureCompatibilityVersionExpirationDate: '2026-09-07T03:30:00Z',
    });
    practice.clock.advance(86_400);
    expect((await pin({ expirationDate: '2026-08-20T00:00:00Z' })).status).toBe(204);
    expect(await expiry()).toBe('2026-08-20T00:00:00Z');
    // The four weeks count from the first pin.
    const beyond = await pin({ expirationDate: '2026-09-08T00:00:00Z' });
    expect(beyond.body).toMatchObject({ error: 400, errorCode: 'INVALID_ATTRIBUTE' });
    expect((await unpin()).status).toBe(204);
    expect(await expiry()).toBeUndefined();
    expect((await unpin()).body).toMatchObject({ error: 400, errorCode: 'FCV_NOT_PINNED' });
  });

  it('is no longer pinned once the pin has expired', async () => {
    await pin({ expirationDate: '2026-08-10T04:30:00Z' });
    practice.clock.advance(3600);
    expect(await expiry()).toBeUndefined();
    expect((await unpin()).status).toBe(400);
  });

  it.each([{ expirationDate: '2026-08-10T03:00:00Z' }, { expirationDate: 'soon' }, 'soon'])(
    'is not pinned until %j',
    async (body) => {
      expect((await pin(body)).body.error).toBe(400);
    },
  );

  it('is not touched while the cluster is paused or restored into (409)', async () => {
    const paused = `${DRILLS}/clusters/parked`;
    for (const refused of [await pin(undefined, paused), await unpin(paused)]) {
      expect(refused.body).toMatchObject({ error: 409, errorCode: 'CANNOT_UPDATE_PAUSED_CLUSTER' });
    }
    await restore('orders-drill');
    expect((await pin()).body).toMatchObject({ error: 409, errorCode: 'ATLAS_CLUSTER_RESTORE_IN_PROGRESS' });
  });

  it('is not unpinned before the organization has paid (402)', async () => {
    await practice.simulator.close();
    practice = await startPractice({
      world: {
        projects: [{ id: DRILLS, name: 'drills', clusters: [{ name: 'orders-drill' }] }],
        organizations: [{ id: IDS.orgId, unpaid: true }],
      },
    });
    await pin();
    expect((await unpin()).body).toMatchObject({ error: 402, errorCode: 'NO_PAYMENT_INFORMATION_FOUND' });
  });
});

describe('access of MongoDB employees', () => {
  const grant = (body: unknown, name = 'orders-drill'): Promise<Answer> =>
    practice.call(
      'grantMongoEmployeeAccess',
      'POST',
      `${DRILLS}/clusters/${name}:grantMongoDBEmployeeAccess`,
      {
        body,
      },
    );

  it('is granted until a time, and seen on the cluster', async () => {
    expect((await grant(GRANT)).status).toBe(204);
    expect((await cluster()).mongoDBEmployeeAccessGrant).toEqual(GRANT);
    practice.clock.advance(86_400);
    expect(await cluster()).not.toHaveProperty('mongoDBEmployeeAccessGrant');
  });

  it.each([
    ['INVALID_ENUM_VALUE', 400, { ...GRANT, grantType: 'EVERYTHING' }],
    ['MISSING_ATTRIBUTE', 400, { grantType: GRANT.grantType }],
    ['INVALID_ATTRIBUTE', 400, { ...GRANT, expirationTime: '2026-08-09T00:00:00Z' }],
    ['INVALID_JSON', 400, undefined],
  ])('is refused with %s (%i)', async (errorCode, error, body) => {
    expect((await grant(body)).body).toMatchObject({ error, errorCode });
  });

  it('is refused for a paused cluster (409) and an unknown one (404)', async () => {
    expect((await grant(GRANT, 'parked')).body.error).toBe(409);
    expect((await grant(GRANT, 'nowhere')).body.error).toBe(404);
  });
});

describe('a search index', () => {
  const INDEXES = `${CLUSTER}/fts/indexes`;
  const create = (body: unknown, path = INDEXES): Promise<Answer> =>
    practice.call('createClusterFtsIndex', 'POST', path, { body });
  const status = async (id: unknown): Promise<unknown> =>
    (await practice.call('getClusterFtsIndex', 'GET', `${INDEXES}/${String(id)}`)).body.status;

  it('is created once for a collection, and steady after a while', async () => {
    const created = await create(SEARCH_INDEX);
    expect(created.body).toMatchObject({ ...SEARCH_INDEX, numPartitions: 1, status: 'IN_PROGRESS' });
    expect(created.headers.sunset).toBe('Thu, 1 Jul 2027 00:00:00 GMT');
    expect((await create(SEARCH_INDEX)).body).toMatchObject({
      error: 409,
      errorCode: 'ATLAS_SEARCH_DUPLICATE_INDEX',
    });
    const vector = { ...SEARCH_INDEX, mappings: undefined, name: 'vector', type: 'vectorSearch' };
    const fields = [{ type: 'vector', path: 'plot', numDimensions: 3, similarity: 'cosine' }];
    expect((await create({ ...vector, fields })).body).toMatchObject({ type: 'vectorSearch', fields });
    const listed = await practice.call('listClusterFtsIndex', 'GET', `${INDEXES}/shop/orders`);
    expect(listed.body).toMatchObject([{ name: 'default' }, { name: 'vector' }]);
    practice.clock.advance(39);
    expect(await status(created.body.indexID)).toBe('IN_PROGRESS');
    practice.clock.advance(51);
    expect(await status(created.body.indexID)).toBe('STEADY');
  });

  it('is built anew after a restore', async () => {
    const { indexID } = (await create(SEARCH_INDEX)).body;
    practice.clock.advance(90);
    await restore('orders-drill');
    while (practice.simulator.restoreJobs()[0]?.status === 'running') practice.clock.advance(1);
    expect(await status(indexID)).toBe('IN_PROGRESS');
    practice.clock.advance(90);
    expect(await status(indexID)).toBe('STEADY');
  });

  it.each([
    ['MISSING_ATTRIBUTE', { ...SEARCH_INDEX, name: undefined }],
    ['INVALID_ENUM_VALUE', { ...SEARCH_INDEX, type: 'crystal' }],
    ['INVALID_ENUM_VALUE', { ...SEARCH_INDEX, numPartitions: 3 }],
    ['INVALID_JSON', []],
  ])('is refused with %s', async (errorCode, body) => {
    expect((await create(body)).body).toMatchObject({ error: 400, errorCode });
  });

  it('can be on a flex cluster, and not on a paused one', async () => {
    expect((await create(SEARCH_INDEX, `${DRILLS}/clusters/sessions-drill/fts/indexes`)).status).toBe(200);
    expect((await create(SEARCH_INDEX, `${DRILLS}/clusters/parked/fts/indexes`)).body.error).toBe(409);
  });
});

describe('search nodes', () => {
  const PATH = `${CLUSTER}/search/deployment`;
  const look = (version?: string): Promise<Answer> =>
    practice.call('getClusterSearchDeployment', 'GET', PATH, version === undefined ? {} : { version });
  const remove = (version?: string): Promise<Answer> =>
    practice.call('deleteClusterSearchDeployment', 'DELETE', PATH, version === undefined ? {} : { version });

  it('go away after a while', async () => {
    expect((await look()).body).toMatchObject({ stateName: 'IDLE', specs: [{ nodeCount: 2 }] });
    expect((await remove()).status).toBe(204);
    expect((await look()).body.stateName).toBe('UPDATING');
    const missing = { error: 400, errorCode: 'ATLAS_SEARCH_DEPLOYMENT_DOES_NOT_EXIST' };
    expect((await remove()).body).toMatchObject(missing);
    practice.clock.advance(60);
    expect((await look('2024-05-30')).body).toMatchObject(missing);
    expect((await look()).body).toEqual({});
  });

  it('answered 200 in the first version, and stay during a restore (409)', async () => {
    await restore('orders-drill');
    expect((await remove()).body.error).toBe(409);
    practice.clock.advance(1300);
    expect((await remove('2023-01-01')).status).toBe(200);
  });
});
