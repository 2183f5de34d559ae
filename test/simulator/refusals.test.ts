import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ARCHIVE, type Body, DRILLS, type Practice, PRODUCTION, startPractice } from './practice-client.ts';

const OTHERS = '5e2f1c0a9d3b7a4c8e6f0a09';
/** Snapshots by what is the matter with them. */
const SNAPSHOT = {
  good: 'a00000000000000000000001',
  failed: 'a00000000000000000000002',
  running: 'a00000000000000000000003',
  deleted: 'a00000000000000000000004',
  encrypted: 'a00000000000000000000005',
  sharded: 'a00000000000000000000006',
  flex: 'a00000000000000000000007',
  flexRunning: 'a00000000000000000000008',
} as const;

const WORLD = {
  projects: [
    {
      id: PRODUCTION,
      name: 'production',
      clusters: [
        {
          name: 'orders',
          pointInTime: true,
          snapshots: [
            { id: SNAPSHOT.good, ageHours: 5 },
            { id: SNAPSHOT.failed, ageHours: 4, fails: true },
            { id: SNAPSHOT.running, ageHours: 0 },
            { id: SNAPSHOT.deleted, ageHours: 30, keptDays: 1 },
            { id: SNAPSHOT.encrypted, ageHours: 6, encrypted: true },
          ],
        },
        { name: 'plain', snapshots: [] },
        { name: 'bare', backups: false },
        { name: 'events', kind: 'sharded', shards: 3, snapshots: [{ id: SNAPSHOT.sharded, ageHours: 2 }] },
        {
          name: 'sessions',
          kind: 'flex',
          usedGB: 1,
          snapshots: [
            { id: SNAPSHOT.flex, ageHours: 2 },
            { id: SNAPSHOT.flexRunning, ageHours: 0 },
          ],
        },
      ],
    },
    {
      id: DRILLS,
      name: 'drills',
      clusters: [
        { name: 'good' },
        { name: 'busy' },
        { name: 'small', diskGB: 10 },
        { name: 'older', version: '7.0.24' },
        { name: 'parked', paused: true },
        { name: 'importing', liveImport: true },
        { name: 'keyed', encryption: 'AWS' },
        { name: 'two-shards', kind: 'sharded', shards: 2 },
        { name: 'flex-good', kind: 'flex' },
        { name: 'flex-older', kind: 'flex', version: '7.0.24' },
      ],
    },
    { id: ARCHIVE, name: 'archive', organization: '5e2f1c0a9d3b7a4c8e6f0afe', clusters: [{ name: 'far' }] },
    { id: OTHERS, name: 'others', clusters: [{ name: 'theirs' }] },
  ],
  credentials: [
    {
      clientId: 'mdb_sa_id_1',
      clientSecret: 'mdb_sa_sk_1',
      publicKey: 'public',
      privateKey: 'private',
      roles: {
        [PRODUCTION]: ['GROUP_BACKUP_MANAGER'],
        [DRILLS]: ['GROUP_BACKUP_RECOVERY_OPERATOR'],
        [ARCHIVE]: ['GROUP_OWNER'],
        [OTHERS]: ['GROUP_READ_ONLY'],
      },
    },
  ],
};

let practice: Practice;
let now: number;
beforeAll(async () => {
  practice = await startPractice({ world: WORLD });
  now = practice.clock.now() / 1000;
  const busy = automated({ targetClusterName: 'busy' });
  const path = `${PRODUCTION}/clusters/orders/backup/restoreJobs`;
  expect((await practice.call(CREATE, 'POST', path, { body: busy })).status).toBe(200);
});
afterAll(() => practice.simulator.close());

const CREATE = 'createBackupRestoreJob';

function automated(over: Body): Body {
  const target = { targetGroupId: DRILLS, targetClusterName: 'good' };
  return { deliveryType: 'automated', snapshotId: SNAPSHOT.good, ...target, ...over };
}

function pointInTime(over: Body): Body {
  return { deliveryType: 'pointInTime', targetGroupId: DRILLS, targetClusterName: 'good', ...over };
}

describe('a restore is refused', () => {
  it.each<[code: string, status: number, body: () => Body]>([
    ['MISSING_ATTRIBUTE', 400, () => ({})],
    ['INVALID_ENUM_VALUE', 400, () => ({ deliveryType: 'pigeon' })],
    ['INVALID_ATTRIBUTE', 400, () => automated({ snapshotId: 'short' })],
    ['MISSING_ATTRIBUTE', 400, () => automated({ snapshotId: undefined })],
    ['MISSING_ATTRIBUTE', 400, () => automated({ targetGroupId: undefined })],
    ['MISSING_ATTRIBUTE', 400, () => automated({ targetClusterName: undefined })],
    ['SNAPSHOT_NOT_FOUND', 404, () => automated({ snapshotId: 'b'.repeat(24) })],
    ['SNAPSHOT_NOT_FOUND', 404, () => automated({ snapshotId: SNAPSHOT.sharded })],
    ['CANNOT_START_RESTORE_JOB_FOR_DELETED_SNAPSHOT', 409, () => automated({ snapshotId: SNAPSHOT.deleted })],
    [
      'CANNOT_START_RESTORE_JOB_FOR_INCOMPLETE_CLUSTER_SNAPSHOT',
      409,
      () => automated({ snapshotId: SNAPSHOT.running }),
    ],
    ['RESTORE_INITIATION_FAILED', 409, () => automated({ snapshotId: SNAPSHOT.failed })],
    ['GROUP_NOT_FOUND', 404, () => automated({ targetGroupId: 'c'.repeat(24) })],
    ['CLUSTER_NOT_FOUND', 404, () => automated({ targetClusterName: 'nowhere' })],
    ['CANNOT_USE_FLEX_CLUSTER_IN_CLUSTER_API', 400, () => automated({ targetClusterName: 'flex-good' })],
    [
      'CANNOT_RESTORE_TO_TARGET',
      403,
      () => automated({ targetGroupId: OTHERS, targetClusterName: 'theirs' }),
    ],
    ['CANNOT_RESTORE_TO_TARGET', 403, () => automated({ targetGroupId: ARCHIVE, targetClusterName: 'far' })],
    ['CANNOT_RESTORE_TO_TARGET', 403, () => automated({ targetClusterName: 'two-shards' })],
    ['CLUSTER_PAUSED_CANNOT_RESTORE', 400, () => automated({ targetClusterName: 'parked' })],
    [
      'CANNOT_PERFORM_RESTORE_ON_CLUSTER_WITH_RUNNING_LIVE_IMPORT',
      400,
      () => automated({ targetClusterName: 'importing' }),
    ],
    ['INVALID_SNAPSHOT_RESTORE_ENCRYPTION', 400, () => automated({ targetClusterName: 'keyed' })],
    ['INVALID_SNAPSHOT_RESTORE_ENCRYPTION', 400, () => automated({ snapshotId: SNAPSHOT.encrypted })],
    ['RESTORE_INITIATION_FAILED', 409, () => automated({ targetClusterName: 'older' })],
    ['RESTORE_INITIATION_FAILED', 409, () => automated({ targetClusterName: 'small' })],
    ['ATLAS_CLUSTER_RESTORE_IN_PROGRESS', 409, () => automated({ targetClusterName: 'busy' })],
    ['INVALID_PIT_RESTORE_TIME', 400, () => pointInTime({})],
    ['INVALID_PIT_RESTORE_TIME', 400, () => pointInTime({ oplogTs: now - 60 })],
    ['INVALID_PIT_RESTORE_TIME', 400, () => pointInTime({ pointInTimeUTCSeconds: now + 60 })],
    ['INVALID_PIT_RESTORE_TIME', 400, () => pointInTime({ pointInTimeUTCSeconds: now - 8 * 86_400 })],
    ['INVALID_PIT_RESTORE_TIME', 400, () => pointInTime({ pointInTimeUTCSeconds: now - 6 * 86_400 })],
    [
      'CANNOT_DOWNLOAD_INCOMPLETE_SNAPSHOT',
      409,
      () => ({ deliveryType: 'download', snapshotId: SNAPSHOT.running }),
    ],
    [
      'CANNOT_DOWNLOAD_SNAPSHOT_WITH_ENCRYPTION',
      400,
      () => ({ deliveryType: 'download', snapshotId: SNAPSHOT.encrypted }),
    ],
  ])('with %s (%i)', async (errorCode, error, body) => {
    const path = `${PRODUCTION}/clusters/orders/backup/restoreJobs`;
    const answer = await practice.call(CREATE, 'POST', path, { body: body() });
    expect(answer.body).toMatchObject({ errorCode, error });
    expect(answer.status).toBe(error);
    expect(answer.headers['x-error-code']).toBe(errorCode);
    expect(practice.simulator.restoreJobCount()).toBe(1);
  });

  it('to a sharded cluster with another number of shards', async () => {
    const path = `${PRODUCTION}/clusters/events/backup/restoreJobs`;
    const body = automated({ snapshotId: SNAPSHOT.sharded, targetClusterName: 'two-shards' });
    expect((await practice.call(CREATE, 'POST', path, { body })).body.errorCode).toBe(
      'CANNOT_RESTORE_TO_TARGET',
    );
  });

  it('without continuous backup, to a point in time', async () => {
    const path = `${PRODUCTION}/clusters/plain/backup/restoreJobs`;
    const body = pointInTime({ pointInTimeUTCSeconds: now - 60 });
    expect((await practice.call(CREATE, 'POST', path, { body })).body.errorCode).toBe(
      'INVALID_PIT_RESTORE_TIME',
    );
  });
});

describe('a flex restore is refused', () => {
  const body = { snapshotId: SNAPSHOT.flex, targetProjectId: DRILLS, targetDeploymentItemName: 'flex-good' };

  it.each<[code: string, body: Body]>([
    ['MISSING_ATTRIBUTE', { snapshotId: SNAPSHOT.flex }],
    ['SNAPSHOT_NOT_FOUND', { ...body, snapshotId: 'b'.repeat(24) }],
    [
      'CANNOT_START_RESTORE_JOB_FOR_INCOMPLETE_CLUSTER_SNAPSHOT',
      { ...body, snapshotId: SNAPSHOT.flexRunning },
    ],
    ['CANNOT_USE_NON_FLEX_CLUSTER_IN_FLEX_API', { ...body, targetDeploymentItemName: 'good' }],
    ['TENANT_RESTORE_VERSION_MISMATCH', { ...body, targetDeploymentItemName: 'flex-older' }],
    ['CANNOT_RESTORE_TO_TARGET', { ...body, targetProjectId: OTHERS, targetDeploymentItemName: 'theirs' }],
    ['CLUSTER_NOT_FOUND', { ...body, targetProjectId: undefined }],
  ])('with %s', async (errorCode, wanted) => {
    const path = `${PRODUCTION}/flexClusters/sessions/backup/restoreJobs`;
    const answer = await practice.call('createFlexRestoreJob', 'POST', path, {
      body: wanted,
    });
    expect(answer.body.errorCode).toBe(errorCode);
  });
});

describe('a look is refused', () => {
  it.each([
    ['INVALID_GROUP_ID', 404, 'getCluster', 'short/clusters/orders'],
    ['GROUP_NOT_FOUND', 404, 'getCluster', `${'c'.repeat(24)}/clusters/orders`],
    ['CLUSTER_NOT_FOUND', 404, 'getCluster', `${PRODUCTION}/clusters/nowhere`],
    ['CANNOT_USE_FLEX_CLUSTER_IN_CLUSTER_API', 400, 'getCluster', `${PRODUCTION}/clusters/sessions`],
    ['CANNOT_USE_NON_FLEX_CLUSTER_IN_FLEX_API', 400, 'getFlexCluster', `${PRODUCTION}/flexClusters/orders`],
    ['CLUSTER_NOT_FOUND', 404, 'getFlexCluster', `${PRODUCTION}/flexClusters/nowhere`],
    [
      'INVALID_SNAPSHOT_ID',
      404,
      'getClusterBackupSnapshot',
      `${PRODUCTION}/clusters/orders/backup/snapshots/short`,
    ],
    [
      'SNAPSHOT_NOT_FOUND',
      404,
      'getClusterBackupSnapshot',
      `${PRODUCTION}/clusters/orders/backup/snapshots/${SNAPSHOT.deleted}`,
    ],
    [
      'RESTORE_JOB_NOT_FOUND',
      404,
      'getBackupRestoreJob',
      `${PRODUCTION}/clusters/orders/backup/restoreJobs/${'b'.repeat(24)}`,
    ],
    ['INVALID_JOB_ID', 404, 'getBackupRestoreJob', `${PRODUCTION}/clusters/orders/backup/restoreJobs/short`],
    ['INVALID_QUERY_PARAMETER', 400, 'listGroupEvents', `${PRODUCTION}/events?minDate=yesterday`],
    ['INVALID_ENUM_VALUE', 400, 'listAlerts', `${PRODUCTION}/alerts?status=LOUD`],
    ['RESOURCE_NOT_FOUND', 404, 'getCluster', `${PRODUCTION}/nonsense`],
  ])('with %s (%i) by %s', async (errorCode, error, operation, path) => {
    const version = operation === 'getCluster' ? '2024-08-05' : undefined;
    const answer = await practice.call(operation, 'GET', path, version === undefined ? {} : { version });
    expect(answer.body).toMatchObject({ errorCode, error });
    expect(Array.isArray(answer.body.parameters)).toBe(true);
  });

  it('with 403 where the role does not allow it', async () => {
    const snapshots = `${OTHERS}/clusters/theirs/backup/snapshots`;
    const take = await practice.call('takeSnapshots', 'POST', snapshots, { body: {} });
    expect(take.body).toMatchObject({ error: 403, errorCode: 'USER_UNAUTHORIZED' });
    expect((await practice.call('listBackupSnapshots', 'GET', snapshots)).status).toBe(200);
  });

  it('where backups are off', async () => {
    const path = `${PRODUCTION}/clusters/bare/backup/snapshots`;
    const answer = await practice.call('takeSnapshots', 'POST', path, { body: {} });
    expect(answer.body.errorCode).toBe('BACKUP_JOB_NOT_FOUND');
  });
});
