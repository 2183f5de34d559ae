import { afterEach, describe, expect, it } from 'vitest';
import { backupsOf } from '../../core/backups/backups-of.ts';
import { openRehearsal, runbookText, type Rehearsal } from '../support/rehearsal.ts';

const SOURCE = { project: '5e2f1c0a9d3b7a4c8e6f0a01', cluster: 'orders' };
const TARGET = { project: '5e2f1c0a9d3b7a4c8e6f0a02', cluster: 'orders-drill' };

let rehearsal: Rehearsal | undefined;
afterEach(async () => {
  await rehearsal?.close();
  rehearsal = undefined;
});

/** Each limit of a runbook, the part of it that sets it lower than what it limits takes, and what the job then failed with. */
const LIMITS = [
  [
    'timeouts.guards',
    {
      ready: '[{ name: somebody is here, use: approval, with: { prompt: Are you here? } }]',
      timeouts: '{ guards: 10m }',
    },
    'GuardsTimeLimitError',
  ],
  [
    'timeouts.snapshot',
    { recoveryPoint: '{ fresh: {} }', timeouts: '{ snapshot: 10s }' },
    'SnapshotTimeLimitError',
  ],
  ['timeouts.restore', { timeouts: '{ restore: 10s }' }, 'RestoreTimeLimitError'],
  ['timeouts.job', { recoveryPoint: '{ fresh: {} }', timeouts: '{ job: 10s }' }, 'JobTimeLimitError'],
  ['until', { approval: '{ within: 10m }' }, 'ApprovalExpiredError'],
  [
    'the timeout of a step',
    {
      verify: '[{ name: somebody looked, use: approval, timeout: 10m, with: { prompt: Is it well? } }]',
    },
    'StepTimeoutError',
  ],
] as const;

describe('every limit of a runbook', () => {
  it.each(LIMITS)('%s ends the job with a name of its own', async (limit, parts, name) => {
    rehearsal = await openRehearsal();
    const { jobId } = await rehearsal.start(runbookText(parts));
    const job = await rehearsal.run(jobId);
    expect(job).toMatchObject({ status: 'FAILED', failure: { name } });
    expect(job.failure?.next).toBeTruthy();
    if (!limit.startsWith('the ')) expect(job.failure?.message).toContain(limit);
  });

  it('verification.settle too, when somebody else keeps the target busy', async () => {
    const at = await openRehearsal();
    rehearsal = at;
    const { jobId } = await at.start(runbookText({ verification: '{ settle: 1s }' }));
    let finished = false;
    at.when('restore-finished', () => {
      finished = true;
      return Promise.resolve();
    });
    // Such as somebody who resizes it.
    const clusters: typeof at.atlas.clusters = {
      ...at.atlas.clusters,
      async getCluster(params) {
        const cluster = await at.atlas.clusters.getCluster(params);
        return finished && params.clusterName === TARGET.cluster
          ? { ...cluster, stateName: 'UPDATING' }
          : cluster;
      },
    };
    const job = await at.run(jobId, { context: { ...at.context, atlas: { ...at.atlas, clusters } } });
    expect(job.failure?.name).toBe('VerificationTimeLimitError');
    expect(job.failure?.message).toContain('verification.settle');
  });

  it('fails the verification at once when somebody else restores onto the target', async () => {
    const at = await openRehearsal();
    rehearsal = at;
    const { jobId } = await at.start(runbookText());
    at.when('restore-finished', async () => {
      const backups = await backupsOf(SOURCE, at.atlas);
      const [newest] = await backups.snapshots();
      await backups.startRestore({ delivery: 'automated', snapshotId: newest?.id ?? '', target: TARGET });
    });
    const job = await at.run(jobId);
    expect(job).toMatchObject({ verdict: 'failed', failure: { name: 'VerificationFailedError' } });
    expect(job.checks).toContainEqual(
      expect.objectContaining({ name: 'no-other-restore', outcome: 'fail' }) as unknown,
    );
  });
});
