import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PRACTICE_IDS as IDS } from '../../simulator/practice-ids.ts';
import { type Body, DRILLS, type Practice, PRODUCTION, startPractice } from './practice-client.ts';

const SOURCE = `${PRODUCTION}/processes/${IDS.sourceProcessId}`;
const TARGET = `${DRILLS}/processes/${IDS.processId}`;

interface Point {
  readonly timestamp: string;
  readonly value: number | null;
}

let practice: Practice;
beforeEach(async () => {
  practice = await startPractice();
});
afterEach(() => practice.simulator.close());

async function series(
  process: string,
  query: string,
  unchecked = false,
): Promise<Record<string, readonly Point[]>> {
  const path = `${process}/databases/shop/measurements?${query}`;
  const { body } = await practice.call('getDatabaseMeasurements', 'GET', path, { unchecked });
  return Object.fromEntries(
    (body.measurements as { name: string; dataPoints: Point[] }[]).map(({ name, dataPoints }) => [
      name,
      dataPoints,
    ]),
  );
}

async function restore(): Promise<Body> {
  const path = `${PRODUCTION}/clusters/orders/backup`;
  const list = await practice.call('listBackupSnapshots', 'GET', `${path}/snapshots`);
  const snapshot = list.body.results!.find(
    ({ status, snapshotType }) => status === 'completed' && snapshotType === 'scheduled',
  )!;
  const target = { targetGroupId: DRILLS, targetClusterName: 'orders-drill' };
  const body = { deliveryType: 'automated', snapshotId: snapshot.id, ...target };
  expect(
    (await practice.call('createBackupRestoreJob', 'POST', `${path}/restoreJobs`, { body })).status,
  ).toBe(200);
  return snapshot;
}

describe('the processes of a project', () => {
  it('are those of its clusters that run, named after them', async () => {
    const { body } = await practice.call('listGroupProcesses', 'GET', `${DRILLS}/processes?itemsPerPage=500`);
    const kinds = (cluster: string): unknown[] =>
      body
        .results!.filter(({ userAlias }) => String(userAlias).startsWith(`${cluster}-shard-`))
        .map(({ typeName }) => typeName);
    expect(kinds('orders-drill')).toEqual(['REPLICA_PRIMARY', 'REPLICA_SECONDARY', 'REPLICA_SECONDARY']);
    expect(kinds('events-drill').filter((kind) => kind === 'SHARD_PRIMARY')).toHaveLength(3);
    expect(kinds('events-drill').filter((kind) => kind === 'SHARD_MONGOS')).toHaveLength(9);
    expect(kinds('events-drill').filter((kind) => kind === 'SHARD_CONFIG')).toHaveLength(3);
    expect(kinds('parked')).toEqual([]);
    expect(body.results?.[0]?.id).toBe(IDS.processId);
  });

  it('have a disk with room', async () => {
    const disks = await practice.call('listProcessDisks', 'GET', `${TARGET}/disks`);
    expect(disks.body.results).toMatchObject([{ partitionName: 'data' }]);
    const path = `${TARGET}/disks/data/measurements?granularity=PT1M&period=PT5M`;
    const { body } = await practice.call('getProcessDiskMeasurements', 'GET', path);
    const measured = body.measurements as { name: string; units: string; dataPoints: Point[] }[];
    const last = (name: string): number =>
      measured.find((one) => one.name === name)!.dataPoints.at(-1)!.value!;
    expect(last('DISK_PARTITION_SPACE_FREE') + last('DISK_PARTITION_SPACE_USED')).toBe(40 * 2 ** 30);
    expect(last('DISK_PARTITION_SPACE_PERCENT_USED')).toBeCloseTo(45, 5);
    expect(measured.every(({ dataPoints }) => dataPoints.length === 6)).toBe(true);
  });

  it('share the documents of a sharded cluster', async () => {
    const { body } = await practice.call('listGroupProcesses', 'GET', `${PRODUCTION}/processes`);
    let objects = 0;
    for (const { id, typeName } of body.results!) {
      const path = `${PRODUCTION}/processes/${id}/databases`;
      const listed = await practice.call('listDatabases', 'GET', path);
      if (typeName === 'SHARD_MONGOS') expect(listed.body.results).toEqual([]);
      if (typeName !== 'SHARD_PRIMARY') continue;
      expect(listed.body.results).toMatchObject([{ databaseName: 'tracking' }]);
      const query = 'granularity=PT1H&period=PT1H&m=DATABASE_OBJECT_COUNT';
      const measured = await practice.call(
        'getDatabaseMeasurements',
        'GET',
        `${path}/tracking/measurements?${query}`,
      );
      const [only] = measured.body.measurements as { dataPoints: Point[] }[];
      objects += only!.dataPoints.at(-1)!.value!;
    }
    expect(objects).toBeGreaterThan(30_900_000);
    expect(objects).toBeLessThan(31_000_001);
  });
});

describe('the measurements of a database', () => {
  it('have a point for each look, every twenty minutes, and grow', async () => {
    const minutes = await series(SOURCE, 'granularity=PT1M&period=PT1H');
    expect(minutes.DATABASE_OBJECT_COUNT?.map(({ timestamp }) => timestamp)).toEqual([
      '2026-08-10T02:40:00Z',
      '2026-08-10T03:00:00Z',
      '2026-08-10T03:20:00Z',
    ]);
    const hours = await series(
      SOURCE,
      'granularity=PT1H&start=2026-08-08T00:00:00Z&end=2026-08-09T00:00:00Z',
    );
    expect(hours.DATABASE_OBJECT_COUNT).toHaveLength(25);
    expect(hours.DATABASE_COLLECTION_COUNT?.at(-1)?.value).toBe(12);
    expect(hours.DATABASE_VIEW_COUNT?.at(-1)?.value).toBe(2);
    const [first, last] = [hours.DATABASE_OBJECT_COUNT![0]!.value!, hours.DATABASE_OBJECT_COUNT![24]!.value!];
    expect(last).toBeGreaterThan(first);
    expect(hours.DATABASE_DATA_SIZE?.[24]?.value).toBe(last * 910);
  });

  it('are those of the source at the recovery point after a restore, and missing during it', async () => {
    const before = await series(TARGET, 'granularity=PT1M&period=PT1H');
    expect(before.DATABASE_COLLECTION_COUNT?.at(-1)?.value).toBe(11);
    const snapshot = await restore();
    practice.clock.advance(100);
    const during = await series(TARGET, 'granularity=PT1M&period=PT2M');
    expect(during.DATABASE_OBJECT_COUNT).toEqual([]);
    practice.clock.advance(1300);
    const after = await series(TARGET, 'granularity=PT1M&period=PT20M');
    const createdAt = Date.parse(String(snapshot.createdAt));
    const around = `start=${new Date(createdAt - 1_200_000).toISOString()}&end=${new Date(createdAt).toISOString()}`;
    const source = await series(SOURCE, `granularity=PT1M&${around}`);
    for (const name of ['DATABASE_OBJECT_COUNT', 'DATABASE_COLLECTION_COUNT', 'DATABASE_INDEX_COUNT']) {
      const [left, right] = [after[name]!.at(-1)!.value!, source[name]!.at(-1)!.value!];
      expect(Math.abs(left - right) / right, name).toBeLessThan(0.0001);
    }
    const disks = `${TARGET}/disks/data/measurements?granularity=PT1M&period=PT1M&m=DISK_PARTITION_SPACE_USED`;
    expect((await practice.call('getProcessDiskMeasurements', 'GET', disks)).status).toBe(200);
    const databases = await practice.call('listDatabases', 'GET', `${TARGET}/databases`);
    expect(databases.body.results?.map(({ databaseName }) => databaseName)).toEqual(['shop', 'reporting']);
  });
});

describe('a world file', () => {
  const databases = [{ name: 'shop', objects: 1000 }];
  const snapshots = [{ ageHours: 2 }];
  const world = (target: Body): unknown => ({
    projects: [
      { id: PRODUCTION, name: 'production', clusters: [{ name: 'orders', databases, snapshots }] },
      { id: DRILLS, name: 'drills', clusters: [{ name: 'orders-drill', databases, ...target }] },
    ],
  });

  async function startWith(target: Body): Promise<void> {
    await practice.simulator.close();
    practice = await startPractice({ world: world(target) });
  }

  it('lets a restore lose documents', async () => {
    await startWith({ restores: { loses: 0.25, seconds: 60 } });
    await restore();
    practice.clock.advance(130);
    const after = await series(TARGET, 'granularity=PT1M&period=PT2M');
    expect(after.DATABASE_OBJECT_COUNT?.at(-1)?.value).toBe(750);
  });

  it.each([
    ['nulls', [null, null, null]],
    ['none', []],
  ])('gives a series of %s', async (measurements, values) => {
    await startWith({ measurements });
    // Atlas's page says that a moment without a value is null; its OpenAPI document has no null there.
    const points = await series(TARGET, 'granularity=PT1M&period=PT1H', true);
    expect(points.DATABASE_OBJECT_COUNT?.map(({ value }) => value)).toEqual(values);
  });
});

it.each([
  ['MISSING_QUERY_PARAMETER', 'period=P1D'],
  ['INVALID_QUERY_PARAMETER', 'granularity=PT7M&period=P1D'],
  ['MISSING_QUERY_PARAMETER', 'granularity=PT1H'],
  ['MISSING_QUERY_PARAMETER', 'granularity=PT1H&start=2026-08-09T00:00:00Z'],
  ['INVALID_QUERY_PARAMETER', 'granularity=PT1H&period=yesterday'],
  ['INVALID_QUERY_PARAMETER', 'granularity=PT1H&period=P'],
  ['INVALID_QUERY_PARAMETER', 'granularity=PT1H&period=P1D&start=2026-08-09T00:00:00Z'],
  ['INVALID_QUERY_PARAMETER', 'granularity=PT1H&start=2026-08-09T00:00:00Z&end=2026-08-08T00:00:00Z'],
  ['INVALID_QUERY_PARAMETER', 'granularity=PT1H&start=then&end=now'],
  ['INVALID_QUERY_PARAMETER', 'granularity=PT1M&period=P8D'],
  ['INVALID_ENUM_VALUE', 'granularity=PT1H&period=P1D&m=DATABASE_MOOD'],
])('measurements are refused with %s for %s', async (errorCode, query) => {
  const path = `${TARGET}/databases/shop/measurements?${query}`;
  const { body } = await practice.call('getDatabaseMeasurements', 'GET', path);
  expect(body).toMatchObject({ error: 400, errorCode });
});
