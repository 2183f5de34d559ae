import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openapiPresent, validateRequest } from '../support/openapi.ts';
import {
  type Answer,
  type Body,
  DRILLS,
  type Practice,
  PRODUCTION,
  startPractice,
} from './practice-client.ts';

let practice: Practice;
beforeEach(async () => {
  practice = await startPractice();
});
afterEach(() => practice.simulator.close());

async function newest(cluster: 'orders' | 'events'): Promise<string> {
  const base = `${PRODUCTION}/clusters/${cluster}/backup/snapshots`;
  const { body } =
    cluster === 'orders'
      ? await practice.call('listBackupSnapshots', 'GET', base)
      : await practice.call('listBackupShardedClusters', 'GET', `${base}/shardedClusters`);
  return body.results?.find((snapshot) => snapshot.status === 'completed')?.id ?? '';
}

function create(cluster: string, body: Body): Promise<Answer> {
  if (openapiPresent) expect(validateRequest('createBackupRestoreJob', body)).toEqual([]);
  const path = `${PRODUCTION}/clusters/${cluster}/backup/restoreJobs`;
  return practice.call('createBackupRestoreJob', 'POST', path, { body });
}

async function read(cluster: string, id: string): Promise<Body> {
  const path = `${PRODUCTION}/clusters/${cluster}/backup/restoreJobs/${id}`;
  return (await practice.call('getBackupRestoreJob', 'GET', path)).body;
}

async function stateOf(cluster: string): Promise<unknown> {
  const version = '2024-08-05';
  return (await practice.call('getCluster', 'GET', `${DRILLS}/clusters/${cluster}`, { version })).body
    .stateName;
}

async function eventTypes(project: string, cluster: string): Promise<unknown[]> {
  const path = `${project}/events?clusterNames=${cluster}&minDate=2026-08-10T03:29:59Z`;
  const { body } = await practice.call('listGroupEvents', 'GET', path);
  return body.results?.map((event) => event.eventTypeName) ?? [];
}

const toDrill = { deliveryType: 'automated', targetGroupId: DRILLS, targetClusterName: 'orders-drill' };

describe('an automated restore', () => {
  it('finishes, keeps its target busy until a little after, and leaves its events in both projects', async () => {
    const snapshotId = await newest('orders');
    const created = await create('orders', { ...toDrill, snapshotId });
    expect(created.body).toMatchObject({
      failed: false,
      expired: false,
      cancelled: false,
      deliveryUrl: [],
      snapshotId,
    });
    expect(created.body.desiredTimestamp).toEqual({ increment: null, time: null, date: null });
    expect(created.body).not.toHaveProperty('finishedAt');
    const id = created.body.id!;
    expect(Number.parseInt(id.slice(0, 8), 16) * 1000).toBe(practice.clock.now());
    expect(await stateOf('orders-drill')).toBe('UPDATING');
    practice.clock.advance(180);
    expect(await read('orders', id)).not.toHaveProperty('finishedAt');
    practice.clock.advance(1200);
    expect(await read('orders', id)).toMatchObject({
      failed: false,
      finishedAt: expect.any(String) as unknown,
    });
    expect(await stateOf('orders-drill')).toBe('IDLE');
    expect(await eventTypes(DRILLS, 'orders-drill')).toEqual([
      'CPS_RESTORE_SUCCESSFUL',
      'CPS_RESTORE_REQUESTED_AUDIT',
    ]);
    expect(await eventTypes(PRODUCTION, 'orders')).toContain('CPS_RESTORE_SUCCESSFUL');
    expect(practice.simulator.restoreJobCount()).toBe(1);
    expect(practice.simulator.restoreJobs()[0]).toMatchObject({ id, snapshotId, status: 'finished' });
  });

  it('is listed under its source, newest first', async () => {
    const snapshotId = await newest('orders');
    const first = await create('orders', { ...toDrill, snapshotId });
    practice.clock.advance(1300);
    const second = await create('orders', { ...toDrill, snapshotId });
    const path = `${PRODUCTION}/clusters/orders/backup/restoreJobs`;
    const { body } = await practice.call('listBackupRestoreJobs', 'GET', path);
    expect(body.results?.map(({ id }) => id)).toEqual([second.body.id, first.body.id]);
  });

  it('cannot be cancelled', async () => {
    const created = await create('orders', { ...toDrill, snapshotId: await newest('orders') });
    const path = `${PRODUCTION}/clusters/orders/backup/restoreJobs/${created.body.id}`;
    const answer = await practice.call('cancelBackupRestoreJob', 'DELETE', path);
    expect(answer.body).toMatchObject({ error: 400, errorCode: 'CANNOT_CANCEL_AUTOMATED_RESTORE' });
  });

  it('takes as long as the durations of Atlas do, the same for the same seed', async () => {
    const seconds: number[] = [];
    for (let round = 0; round < 40; round += 1) {
      const started = practice.clock.now();
      const { body } = await create('orders', { ...toDrill, snapshotId: await newest('orders') });
      practice.clock.advance(1300);
      seconds.push((Date.parse(String((await read('orders', body.id!)).finishedAt)) - started) / 1000);
    }
    const sorted = [...seconds].sort((a, b) => a - b);
    expect(sorted[0]).toBeGreaterThanOrEqual(190);
    expect(sorted[20]).toBeGreaterThan(215);
    expect(sorted[20]).toBeLessThan(250);
    const again = await startPractice();
    const body = { ...toDrill, snapshotId: await newest('orders') };
    const path = `${PRODUCTION}/clusters/orders/backup/restoreJobs`;
    again.clock.advance((practice.clock.now() - again.clock.now()) / 1000);
    const job = await again.call('createBackupRestoreJob', 'POST', path, { body });
    again.clock.advance(seconds[0]! - 1);
    const reading = `${path}/${job.body.id}`;
    const early = await again.call('getBackupRestoreJob', 'GET', reading);
    again.clock.advance(1);
    const late = await again.call('getBackupRestoreJob', 'GET', reading);
    await again.simulator.close();
    expect(early.body).not.toHaveProperty('finishedAt');
    expect(late.body).toHaveProperty('finishedAt');
  });
});

describe('a point in time restore', () => {
  const target = { ...toDrill, deliveryType: 'pointInTime' };

  it('starts from the snapshot before the instant', async () => {
    const wanted = practice.clock.now() / 1000 - 5400;
    const created = await create('orders', { ...target, pointInTimeUTCSeconds: wanted });
    expect(created.body).toMatchObject({ deliveryType: 'pointInTime', pointInTimeUTCSeconds: wanted });
    expect(Date.parse(String(created.body.timestamp)) / 1000).toBeLessThanOrEqual(wanted);
    practice.clock.advance(1600);
    expect(await read('orders', created.body.id!)).toHaveProperty('finishedAt');
  });

  it('takes an oplog timestamp', async () => {
    const oplogTs = practice.clock.now() / 1000 - 60;
    const created = await create('orders', { ...target, oplogTs, oplogInc: 3 });
    expect(created.body).toMatchObject({ oplogTs, oplogInc: 3 });
  });

  it('is not possible between a restore into the cluster and the next snapshot', async () => {
    const own = { deliveryType: 'automated', targetGroupId: PRODUCTION, targetClusterName: 'orders' };
    await create('orders', { ...own, snapshotId: await newest('orders') });
    practice.clock.advance(600);
    const instant = practice.clock.now() / 1000 - 30;
    const refused = await create('orders', { ...target, pointInTimeUTCSeconds: instant });
    expect(refused.body.errorCode).toBe('INVALID_PIT_RESTORE_TIME');
    practice.clock.advance(2 * 3600);
    const later = practice.clock.now() / 1000 - 30;
    expect((await create('orders', { ...target, pointInTimeUTCSeconds: later })).status).toBe(200);
  });
});

describe('a download', () => {
  it('never finishes: it gets a link that expires after an hour', async () => {
    const { body } = await create('orders', { deliveryType: 'download', snapshotId: await newest('orders') });
    expect(body.deliveryUrl).toEqual([]);
    practice.clock.advance(3300);
    const ready = await read('orders', body.id!);
    expect(ready.deliveryUrl).toHaveLength(1);
    expect(ready).not.toHaveProperty('finishedAt');
    const expiresAt = Date.parse(String(ready.expiresAt));
    practice.clock.advance((expiresAt - practice.clock.now()) / 1000);
    expect(await read('orders', body.id!)).toMatchObject({ expired: true, deliveryUrl: [] });
    expect(await eventTypes(PRODUCTION, 'orders')).not.toContain('CPS_RESTORE_SUCCESSFUL');
  });

  it('of a sharded cluster has a component for each shard', async () => {
    const { body } = await create('events', { deliveryType: 'download', snapshotId: await newest('events') });
    expect(body.components).toHaveLength(3);
    practice.clock.advance(3300);
    const ready = await read('events', body.id!);
    expect(ready.components).toMatchObject(
      [{}, {}, {}].map(() => ({ downloadUrl: expect.any(String) as unknown })),
    );
  });

  it('can be cancelled, and is not tried twice at once or too often', async () => {
    const snapshotId = await newest('orders');
    const { body } = await create('orders', { deliveryType: 'download', snapshotId });
    const again = await create('orders', { deliveryType: 'download', snapshotId });
    expect(again.body.errorCode).toBe('CANNOT_DOWNLOAD_SNAPSHOT_CONCURRENTLY');
    const path = `${PRODUCTION}/clusters/orders/backup/restoreJobs/${body.id}`;
    expect((await practice.call('cancelBackupRestoreJob', 'DELETE', path)).status).toBe(204);
    expect(await read('orders', body.id!)).toMatchObject({ cancelled: true, deliveryUrl: [] });
    const list = await practice.call(
      'listBackupSnapshots',
      'GET',
      `${PRODUCTION}/clusters/orders/backup/snapshots`,
    );
    const completed = list.body.results?.filter((snapshot) => snapshot.status === 'completed') ?? [];
    const answers: Answer[] = [];
    for (const snapshot of completed.slice(0, 6)) {
      answers.push(await create('orders', { deliveryType: 'download', snapshotId: snapshot.id }));
    }
    expect(answers.map((answer) => answer.body.errorCode)).toEqual([
      ...Array<undefined>(5),
      'TOO_MANY_SNAPSHOT_DOWNLOADS',
    ]);
  });
});

describe('a flex restore', () => {
  it('goes from PENDING over QUEUED and RUNNING to COMPLETED', async () => {
    const base = `${PRODUCTION}/flexClusters/sessions/backup`;
    const list = await practice.call('listFlexBackupSnapshots', 'GET', `${base}/snapshots`);
    const body = {
      snapshotId: list.body.results?.[0]?.id,
      targetDeploymentItemName: 'sessions-drill',
      targetProjectId: DRILLS,
    };
    if (openapiPresent) expect(validateRequest('createFlexRestoreJob', body)).toEqual([]);
    const created = await practice.call('createFlexRestoreJob', 'POST', `${base}/restoreJobs`, { body });
    const path = `${base}/restoreJobs/${created.body.id}`;
    const seen = new Set([created.body.status]);
    for (let waited = 0; waited < 2400; waited += waited < 10 ? 0.5 : 10) {
      seen.add((await practice.call('getFlexRestoreJob', 'GET', path)).body.status);
      if (seen.has('COMPLETED')) break;
      practice.clock.advance(waited < 10 ? 0.5 : 10);
    }
    expect([...seen]).toEqual(['PENDING', 'QUEUED', 'RUNNING', 'COMPLETED']);
    const jobs = await practice.call('listFlexRestoreJobs', 'GET', `${base}/restoreJobs`);
    expect(jobs.body.results).toMatchObject([{ restoreFinishedDate: expect.any(String) as unknown }]);
    practice.clock.advance(20);
    const cluster = await practice.call('getFlexCluster', 'GET', `${DRILLS}/flexClusters/sessions-drill`);
    expect(cluster.body.stateName).toBe('IDLE');
    expect(await eventTypes(DRILLS, 'sessions-drill')).toContain('CPS_RESTORE_SUCCESSFUL');
  });
});

describe('a world with outcomes', () => {
  it('fails a restore after the seconds it was told, without a reason', async () => {
    await practice.simulator.close();
    const drill = { name: 'orders-drill', restores: { fails: true, seconds: 50 } };
    practice = await startPractice({
      world: {
        projects: [
          {
            id: PRODUCTION,
            name: 'production',
            clusters: [{ name: 'orders', snapshots: [{ ageHours: 3 }] }],
          },
          { id: DRILLS, name: 'drills', clusters: [drill] },
        ],
      },
    });
    const created = await create('orders', { ...toDrill, snapshotId: await newest('orders') });
    practice.clock.advance(49);
    expect(await read('orders', created.body.id!)).toMatchObject({ failed: false });
    practice.clock.advance(1);
    expect(await read('orders', created.body.id!)).toMatchObject({ failed: true });
    expect(await eventTypes(DRILLS, 'orders-drill')).toEqual([
      'CPS_RESTORE_FAILED',
      'CPS_RESTORE_REQUESTED_AUDIT',
    ]);
  });
});
