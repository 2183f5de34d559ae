import { describe, expect, it } from 'vitest';
import type { AtlasClient } from '../../../core/atlas/client.ts';
import { dedicatedBackups } from '../../../core/backups/dedicated.ts';
import { flexBackups } from '../../../core/backups/flex.ts';

const CLUSTER = { project: '5e2f1c0a9d3b7a4c8e6f0a01', cluster: 'orders' };
const ID = '5e2f1c0a9d3b7a4c8e6f0e01';
const AT = '2026-08-10T03:00:00Z';

const dedicated = (job: object) =>
  dedicatedBackups('replicaSet', CLUSTER, {
    restoreJobs: { getBackupRestoreJob: () => Promise.resolve({ id: ID, ...job }) },
  } as unknown as AtlasClient).restore(ID);

const flex = (job: object) =>
  flexBackups(CLUSTER, {
    flex: { getFlexRestoreJob: () => Promise.resolve({ id: ID, ...job }) },
  } as unknown as AtlasClient).restore(ID);

describe('a restore of which Atlas does not say that it is over', () => {
  it.each([
    ['says nothing', {}],
    ['has null for everything', { cancelled: null, failed: null, expired: null, finishedAt: undefined }],
    ['says that it is a download, and gives no link', { deliveryType: 'download', finishedAt: AT }],
    [
      'has a link for one shard of two',
      { deliveryType: 'download', components: [{ downloadUrl: 'https://x' }, {}] },
    ],
  ])('is running while Atlas %s', async (_case, job) => {
    expect((await dedicated(job)).outcome).toBe('running');
  });

  it.each(['PENDING', 'QUEUED', 'RUNNING', 'DONE', 'SUCCEEDED', '', 'completed'])(
    'is running on a flex cluster while its status is %j',
    async (status) => {
      expect((await flex({ status, restoreFinishedDate: AT })).outcome).toBe('running');
    },
  );
});

describe('a restore that is over', () => {
  it.each([
    ['cancelled', { cancelled: true, failed: true, finishedAt: AT }],
    ['failed', { failed: true, expired: true, finishedAt: AT }],
    ['expired', { expired: true, finishedAt: AT }],
    ['finished', { finishedAt: AT, deliveryType: 'automated' }],
    ['finished', { deliveryType: 'download', deliveryUrl: ['https://x'] }],
  ])('is %s', async (outcome, job) => {
    expect((await dedicated(job)).outcome).toBe(outcome);
  });
});
