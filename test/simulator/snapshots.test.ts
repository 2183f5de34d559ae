import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ARCHIVE, type Body, type Practice, PRODUCTION, startPractice } from './practice-client.ts';

const ORDERS = `${PRODUCTION}/clusters/orders/backup/snapshots`;
const EVENTS = `${PRODUCTION}/clusters/events/backup/snapshots`;
const SESSIONS = `${PRODUCTION}/flexClusters/sessions/backup/snapshots`;

let practice: Practice;
beforeEach(async () => {
  practice = await startPractice();
});
afterEach(() => practice.simulator.close());

describe('scheduled snapshots', () => {
  it('reach back a month, with one fallback and one failed among them', async () => {
    const { body } = await practice.call('listBackupSnapshots', 'GET', ORDERS);
    const snapshots = body.results ?? [];
    expect(snapshots).toHaveLength(body.totalCount ?? 0);
    const hourly = snapshots.filter((snapshot) => snapshot.frequencyType === 'hourly');
    expect(hourly.length).toBeGreaterThanOrEqual(44);
    expect(snapshots.filter((snapshot) => snapshot.frequencyType === 'daily').length).toBeGreaterThan(20);
    expect(snapshots.filter((snapshot) => snapshot.frequencyType === 'weekly').length).toBeGreaterThanOrEqual(
      4,
    );
    expect(snapshots.filter((snapshot) => snapshot.snapshotType === 'fallback')).toHaveLength(1);
    expect(snapshots.filter((snapshot) => snapshot.status === 'failed')).toHaveLength(1);
    const completed = snapshots.filter((snapshot) => snapshot.status === 'completed');
    const times = completed.map((snapshot) => String(snapshot.createdAt));
    expect(times).toEqual([...times].sort().reverse());
    expect(Date.parse(times[0]!)).toBeGreaterThan(practice.clock.now() - 2 * 3_600_000);
    expect(Date.parse(times.at(-1)!)).toBeLessThan(practice.clock.now() - 28 * 86_400_000);
    expect(Number(completed[0]!.storageSizeBytes) / 2 ** 30).toBeCloseTo(18, 0);
  });

  it('go on with the clock, and old ones go', async () => {
    const before = await practice.call('listBackupSnapshots', 'GET', ORDERS);
    practice.clock.advance(86_400);
    const after = await practice.call('listBackupSnapshots', 'GET', ORDERS);
    const idsBefore = new Set(before.body.results?.map((snapshot) => snapshot.id));
    const added = after.body.results?.filter((snapshot) => !idsBefore.has(snapshot.id)) ?? [];
    expect(added).toHaveLength(24);
    const idsAfter = new Set(after.body.results?.map((snapshot) => snapshot.id));
    const gone = before.body.results?.filter((snapshot) => !idsAfter.has(snapshot.id)) ?? [];
    expect(gone.length).toBeGreaterThan(20);
    const path = `${ORDERS}/${gone[0]!.id}`;
    const asked = await practice.call('getClusterBackupSnapshot', 'GET', path);
    expect(asked.body.errorCode).toBe('SNAPSHOT_NOT_FOUND');
  });

  it('have the same identifiers for the same seed, and others for another', async () => {
    const same = await startPractice();
    const other = await startPractice({ seed: 8 });
    try {
      const ids = async (each: Practice): Promise<unknown> =>
        (await each.call('listBackupSnapshots', 'GET', ORDERS)).body.results?.map(({ id }) => id);
      expect(await ids(same)).toEqual(await ids(practice));
      expect(await ids(other)).not.toEqual(await ids(practice));
    } finally {
      await same.simulator.close();
      await other.simulator.close();
    }
  });

  it('of a sharded cluster have a list of their own, with a member for each shard', async () => {
    const { body } = await practice.call('listBackupShardedClusters', 'GET', `${EVENTS}/shardedClusters`);
    const [newest] = body.results ?? [];
    const path = `${EVENTS}/shardedCluster/${newest!.id}`;
    const one = await practice.call('getBackupShardedCluster', 'GET', path);
    expect(one.body).toEqual(newest);
    expect(one.body).toMatchObject({ type: 'shardedCluster', members: [{}, {}, {}] });
    const replicaSets = await practice.call('listBackupSnapshots', 'GET', EVENTS);
    expect(replicaSets.body.totalCount).toBe(0);
    const wrongList = await practice.call('getClusterBackupSnapshot', 'GET', `${EVENTS}/${newest!.id}`);
    expect(wrongList.body.errorCode).toBe('SNAPSHOT_NOT_FOUND');
  });

  it('of a flex cluster are daily and kept for eight days', async () => {
    const { body } = await practice.call('listFlexBackupSnapshots', 'GET', SESSIONS);
    expect(body.totalCount).toBe(8);
    const [oldest] = body.results ?? [];
    const one = await practice.call('getFlexBackupSnapshot', 'GET', `${SESSIONS}/${oldest!.id}`);
    expect(one.body).toMatchObject({ status: 'COMPLETED', mongoDBVersion: '8.0.15' });
  });
});

describe('a snapshot on demand', () => {
  const take = (
    body: Body = { description: 'before the drill', retentionInDays: 2 },
  ): ReturnType<Practice['call']> => practice.call('takeSnapshots', 'POST', ORDERS, { body });
  const read = (id: string): ReturnType<Practice['call']> =>
    practice.call('getClusterBackupSnapshot', 'GET', `${ORDERS}/${id}`);

  it('goes from queued over inProgress to completed, and its fields appear on the way', async () => {
    const taken = await take();
    expect(taken.body).toMatchObject({ status: 'queued', frequencyType: 'ondemand', storageSizeBytes: 0 });
    expect(taken.body).toMatchObject({ description: 'before the drill', expiresAt: '2026-08-12T03:30:00Z' });
    expect(taken.body).not.toHaveProperty('createdAt');
    const id = taken.body.id!;
    expect(Number.parseInt(id.slice(0, 8), 16) * 1000).toBe(practice.clock.now());
    practice.clock.advance(10);
    expect((await read(id)).body).toMatchObject({ status: 'inProgress' });
    practice.clock.advance(110);
    const late = (await read(id)).body;
    expect(late).toMatchObject({ status: 'inProgress', mongodVersion: '8.0.15', cloudProvider: 'AWS' });
    expect(late).not.toHaveProperty('createdAt');
    practice.clock.advance(300);
    const done = (await read(id)).body;
    expect(done).toMatchObject({ status: 'completed', storageSizeBytes: 18 * 2 ** 30 });
    expect(Date.parse(String(done.createdAt))).toBeGreaterThan(Date.parse('2026-08-10T03:31:00Z'));
    expect(Date.parse(String(done.expiresAt))).toBeGreaterThan(Date.parse('2026-08-12T03:31:00Z'));
  });

  it('is refused while another one is not finished', async () => {
    await take();
    expect((await take()).body).toMatchObject({ error: 400, errorCode: 'UNFINISHED_ON_DEMAND_SNAPSHOT' });
    practice.clock.advance(400);
    expect((await take()).status).toBe(200);
  });

  it.each([
    [{ retentionInDays: 0 }, 'INVALID_ATTRIBUTE'],
    [[], 'INVALID_JSON'],
  ])('refuses the body %j', async (body, errorCode) => {
    const answer = await practice.call('takeSnapshots', 'POST', ORDERS, { body });
    expect(answer.body.errorCode).toBe(errorCode);
  });
});

describe('ended operations', () => {
  it('show a serverless snapshot, and say that they ended', async () => {
    const path = `${ARCHIVE}/serverless/carts/backup/snapshots/5e2f1c0a9d3b7a4c8e6f0ac1`;
    const { body, headers } = await practice.call('getServerlessBackupSnapshot', 'GET', path);
    expect(body).toMatchObject({ status: 'completed', serverlessInstanceName: 'carts' });
    expect(headers.sunset).toBe('Thu, 22 Jan 2026 00:00:00 GMT');
    expect(headers.deprecation).toBeDefined();
  });

  it('show legacy snapshots of a cluster that has them, and none of another', async () => {
    const legacy = await practice.call(
      'listClusterSnapshots',
      'GET',
      `${ARCHIVE}/clusters/orders-archive/snapshots`,
    );
    expect(legacy.body.totalCount).toBeGreaterThan(70);
    expect(legacy.body.results?.[0]).toMatchObject({ complete: true, clusterName: 'orders-archive' });
    const none = await practice.call(
      'listClusterSnapshots',
      'GET',
      `${PRODUCTION}/clusters/orders/snapshots`,
    );
    expect(none.body.totalCount).toBe(0);
  });
});
