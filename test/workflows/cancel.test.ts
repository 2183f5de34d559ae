import { afterEach, describe, expect, it } from 'vitest';
import { backupsOf } from '../../core/backups/backups-of.ts';
import { cancelJob } from '../../core/commands/cancel-job.ts';
import { secondsBetween } from '../../core/clock.ts';
import type { Job } from '../../core/jobs/job.ts';
import {
  openRehearsal,
  runbookText,
  worldWith,
  type Rehearsal,
  type RehearsalOptions,
} from '../support/rehearsal.ts';
import { asRestore } from '../support/restores.ts';

const TARGET = '5e2f1c0a9d3b7a4c8e6f0a02/orders-drill';
const DOWNLOAD = { kind: 'restore', target: '', delivery: 'download' };

let rehearsal: Rehearsal | undefined;
afterEach(async () => {
  await rehearsal?.close();
  rehearsal = undefined;
});

/** Runs a job that somebody cancels right after an event. */
async function cancelledAfter(
  eventType: string,
  parts: Record<string, string> = {},
  options: RehearsalOptions = {},
): Promise<{ readonly at: Rehearsal; readonly job: Job }> {
  const at = await openRehearsal(options);
  rehearsal = at;
  const { jobId } = await at.start(runbookText(parts));
  at.when(eventType, async () => {
    await cancelJob(jobId, { by: 'tester', reason: 'wrong night' }, at.jobs, at.clock);
  });
  return { at, job: await at.run(jobId) };
}

/** Runs another job onto the same target. */
async function another(at: Rehearsal): Promise<Job> {
  const { jobId } = await at.start(runbookText());
  return at.run(jobId);
}

async function eventTypes({ jobs }: Rehearsal, { jobId }: Job): Promise<string[]> {
  return (await jobs.timeline(jobId)).map(({ type }) => type);
}

describe('cancelling', () => {
  it.each(['job-started', 'guards-passed', 'recovery-point-chosen'])(
    'after %s: nothing has happened',
    async (eventType) => {
      const { at, job } = await cancelledAfter(eventType);
      expect(job).toMatchObject({ status: 'CANCELLED', failure: { name: 'JobCancelledError' } });
      expect(job.failure?.changed).toContain('No cluster was overwritten.');
      expect(job.failure?.next).toBe('Run the runbook again when you are ready.');
      expect(at.simulator.restoreJobCount()).toBe(0);
      expect(await at.jobs.lease(TARGET)).toBeUndefined();
    },
  );

  it.each(['restore-finished', 'restore-verified'])(
    'after %s: the target was overwritten',
    async (eventType) => {
      const { at, job } = await cancelledAfter(eventType);
      expect(job.status).toBe('CANCELLED');
      expect(job.failure?.changed).toContain(`${TARGET} was overwritten`);
      expect(job.failure?.next).toContain('it holds what was restored');
      expect(await at.jobs.lease(TARGET)).toBeUndefined();
    },
  );

  it('a download is cancelled in Atlas', async () => {
    const { at, job } = await cancelledAfter('restore-started', DOWNLOAD);
    expect(job.status).toBe('CANCELLED');
    expect(job.failure?.changed).toMatch(/was cancelled in Atlas/);
    expect(await eventTypes(at, job)).toContain('download-cancelled');
  });

  it('a download that another process has cancelled in Atlas is told of, once', async () => {
    const at = (rehearsal = await openRehearsal());
    const { jobId } = await at.start(runbookText(DOWNLOAD));
    at.when('restore-started', async () => {
      await cancelJob(jobId, { by: 'tester', reason: 'wrong night' }, at.jobs, at.clock);
      const { runbook, atlas } = asRestore(await at.jobs.get(jobId));
      const backups = await backupsOf(runbook.source, at.atlas);
      await backups.cancelRestore(atlas.restoreJobId ?? '');
    });
    const job = await at.run(jobId);
    expect(job.failure?.changed).toMatch(/was cancelled in Atlas/);
    const types = await eventTypes(at, job);
    expect(types.filter((type) => type === 'download-cancelled')).toHaveLength(1);
  });

  it('a download that somebody cancels in Atlas fails as cancelled, which the timeline records', async () => {
    const at = (rehearsal = await openRehearsal());
    const { jobId } = await at.start(runbookText(DOWNLOAD));
    at.when('restore-started', async () => {
      const { runbook, atlas } = asRestore(await at.jobs.get(jobId));
      const backups = await backupsOf(runbook.source, at.atlas);
      await backups.cancelRestore(atlas.restoreJobId ?? '');
    });
    const job = await at.run(jobId);
    expect(job).toMatchObject({ status: 'FAILED', failure: { name: 'RestoreFailedError' } });
    expect(job.failure?.message).toContain('was cancelled');
    expect(await eventTypes(at, job)).toContain('download-cancelled');
  });

  it('a download whose cancelling got no answer is looked at again', async () => {
    const at = (rehearsal = await openRehearsal({
      world: worldWith({ name: 'orders-drill', scheduledDays: 3, restores: { seconds: 3600 } }),
      faults: [{ operation: 'cancelBackupRestoreJob', lostReply: true, count: 1 }],
    }));
    const source = '{ project: 5e2f1c0a9d3b7a4c8e6f0a02, cluster: orders-drill }';
    const { jobId } = await at.start(runbookText({ ...DOWNLOAD, source, objectives: '', onCancel: 'leave' }));
    at.when('restore-started', async () => {
      at.clock.advance(600);
      await cancelJob(jobId, { by: 'tester', reason: 'wrong night' }, at.jobs, at.clock);
    });
    const job = await at.run(jobId);
    expect(job.failure?.changed).toMatch(/was cancelled in Atlas/);
    expect(job.failure?.unsure).toBeUndefined();
    expect(await eventTypes(at, job)).toContain('download-cancelled');
  });

  it('a download that ended before it could be cancelled is not said to be', async () => {
    const at = (rehearsal = await openRehearsal({
      faults: [{ operation: 'cancelBackupRestoreJob', status: 409, count: 1 }],
    }));
    const { restoreJobs } = at.atlas;
    const cancelBackupRestoreJob: typeof restoreJobs.cancelBackupRestoreJob = (params) => {
      at.clock.advance(7200);
      return restoreJobs.cancelBackupRestoreJob(params);
    };
    const atlas = { ...at.atlas, restoreJobs: { ...restoreJobs, cancelBackupRestoreJob } };
    const { jobId } = await at.start(runbookText(DOWNLOAD));
    at.when('restore-started', async () => {
      await cancelJob(jobId, { by: 'tester', reason: 'wrong night' }, at.jobs, at.clock);
    });
    const job = await at.run(jobId, { context: { ...at.context, atlas } });
    expect(job.failure?.changed).toBe('No cluster was overwritten.');
    expect(await eventTypes(at, job)).not.toContain('download-cancelled');
  });

  it('a restore onto a cluster is followed to its end, because Atlas does not stop it', async () => {
    const { at, job } = await cancelledAfter('restore-started');
    expect(job).toMatchObject({ status: 'CANCELLED', failure: { name: 'JobCancelledError' } });
    expect(job.failure?.changed).toContain(`${TARGET} was overwritten`);
    const types = await eventTypes(at, job);
    expect(types.filter((type) => type.startsWith('restore-'))).toEqual([
      'restore-started',
      'restore-goes-on',
      'restore-over',
    ]);
    expect(await at.jobs.lease(TARGET)).toBeUndefined();
    expect((await another(at)).status).toBe('SUCCEEDED');
  });

  it('a restore that is followed for hours keeps its target', async () => {
    const at = await openRehearsal({
      world: worldWith({ name: 'orders-drill', restores: { seconds: 7200 } }),
    });
    rehearsal = at;
    const { jobId } = await at.start(runbookText());
    at.when('restore-started', async () => {
      await cancelJob(jobId, { by: 'tester', reason: 'wrong night' }, at.jobs, at.clock);
    });
    let left: number | undefined;
    at.when('restore-over', async () => {
      const lease = await at.jobs.lease(TARGET);
      left = Date.parse(lease?.expiresAt ?? '') - at.clock.now();
    });
    await at.run(jobId);
    expect(left).toBeGreaterThan(0);
    expect(await at.jobs.lease(TARGET)).toBeUndefined();
  });

  it('a restore whose reply was lost is looked for, and followed when it is there', async () => {
    const { at, job } = await cancelledAfter(
      'restore-reply-lost',
      {},
      {
        faults: [{ operation: 'createBackupRestoreJob', count: 1, lostReply: true }],
      },
    );
    expect(job.status).toBe('CANCELLED');
    expect(job.failure?.unsure).toBeUndefined();
    expect(job.failure?.changed).toContain(`${TARGET} was overwritten`);
    expect(at.simulator.restoreJobCount()).toBe(1);
  });

  it('a request without an answer is waited for, and may have overwritten the target', async () => {
    const { job } = await cancelledAfter(
      'restore-reply-lost',
      {},
      {
        faults: [{ operation: 'createBackupRestoreJob', count: 1, reset: true }],
      },
    );
    expect(job.status).toBe('CANCELLED');
    expect(job.failure?.unsure).toBe(true);
    expect(job.failure?.changed).toMatch(/orders-drill may have been overwritten/);
  });

  it('an Atlas that is silent for an hour does not keep a restore from being followed', async () => {
    const { job } = await cancelledAfter(
      'restore-started',
      {},
      {
        faults: [{ operation: 'getBackupRestoreJob', count: 40, status: 503 }],
      },
    );
    expect(job.status).toBe('CANCELLED');
    expect(job.failure?.changed).toContain(`${TARGET} was overwritten`);
  });
});

describe('a cancelled restore that is left, as the runbook says', () => {
  it('keeps its target until Atlas has finished', async () => {
    const { at, job } = await cancelledAfter('restore-started', { onCancel: 'leave' });
    expect(job.status).toBe('CANCELLED');
    expect(job.failure?.changed).toMatch(/cannot cancel restore job .*overwrites/);
    expect(job.failure?.next).toContain(`Let nothing use ${TARGET}`);
    const lease = await at.jobs.lease(TARGET);
    expect(lease?.owner).toBe(job.jobId);

    const refused = await another(at);
    expect(refused).toMatchObject({ status: 'FAILED', failure: { name: 'LeaseHeldError' } });

    at.clock.advance(3600);
    const allowed = await another(at);
    expect(allowed.status).toBe('SUCCEEDED');
    expect(at.simulator.restoreJobCount()).toBe(2);
  });

  it('keeps it no longer than a restore may take, whatever becomes of Atlas', async () => {
    const { at, job } = await cancelledAfter('restore-started', {
      onCancel: 'leave',
      timeouts: '{ restore: 2h }',
    });
    const { restoreIntent } = job as Extract<Job, { kind: 'drill' | 'restore' }>;
    const lease = await at.jobs.lease(TARGET);
    expect(secondsBetween(restoreIntent?.at ?? '', lease?.expiresAt ?? '')).toBe(7200);
  });
});
