import { describe, expect, it, onTestFinished } from 'vitest';
import type { RestoreJob } from '../../core/jobs/job.ts';
import { isClaim } from '../../core/jobs/lease-name.ts';
import type { JobStore } from '../../core/jobs/store.ts';
import { SETTLE_SECONDS } from '../../core/tasks/settle-seconds.ts';
import { TASKS } from '../../core/tasks/tasks.ts';
import { openRehearsal, runbookText, worldWith, type Rehearsal } from '../support/rehearsal.ts';
import { asRestore } from '../support/restores.ts';

/** Longer than the lease of a job whose process is dead. */
const LEASE_LAPSES = 1000;

const AN_HOUR_BEFORE = Date.parse('2026-08-10T02:00:00Z') / 1000;

const SOURCE = '{ project: 5e2f1c0a9d3b7a4c8e6f0a02, cluster: orders-drill }';
const DOWNLOAD = { kind: 'restore', source: SOURCE, target: '', delivery: 'download', objectives: '' };
/** The same instant, whatever snapshots there are by then. */
const ONTO_TARGET = {
  delivery: 'pointInTime',
  recoveryPoint: `{ pointInTime: { utcSeconds: ${AN_HOUR_BEFORE} } }`,
};

async function open(fault: object): Promise<Rehearsal> {
  const restores = { seconds: 60, fails: false };
  const at = await openRehearsal({
    world: worldWith({ name: 'orders-drill', scheduledDays: 3, restores }),
    faults: [{ operation: 'createBackupRestoreJob', ...fault }],
  });
  onTestFinished(() => at.close());
  return at;
}

/** Starts a job whose process dies when it has asked Atlas for the restore and got no answer. */
async function diesUnanswered(at: Rehearsal, text: string): Promise<string> {
  const { jobId } = await at.start(text);
  for (const name of ['OpenJob', 'ChooseRecoveryPoint', 'CheckRecoveryPoint', 'StartRestore'] as const)
    await TASKS[name]({ jobId }, at.context);
  return jobId;
}

async function resume(at: Rehearsal, jobId: string): Promise<RestoreJob> {
  return asRestore(await at.run(jobId));
}

describe.each([
  ['download', runbookText(DOWNLOAD)],
  ['restore onto one target', runbookText(ONTO_TARGET)],
])('of two jobs that ask for the same %s', (_what, text) => {
  it('none takes that of the other for its own, which never arrived', async () => {
    const at = await open({ count: 1, reset: true });
    const first = await diesUnanswered(at, text);
    at.clock.advance(LEASE_LAPSES);
    const { jobId: second } = await at.start(text);
    const its = await resume(at, second);
    expect(its).toMatchObject({ status: 'SUCCEEDED' });
    const own = await resume(at, first);
    expect(own).toMatchObject({ status: 'FAILED', failure: { name: 'RestoreUnsettledError', unsure: true } });
    expect(own.atlas.restoreJobId).toBeUndefined();
    expect(at.simulator.restoreJobCount()).toBe(1);
  });

  it('each finds its own when both have lost the answer', async () => {
    const at = await open({ count: 2, lostReply: true });
    const first = await diesUnanswered(at, text);
    at.clock.advance(LEASE_LAPSES);
    const second = await diesUnanswered(at, text);
    at.clock.advance(LEASE_LAPSES);
    const jobs = [await resume(at, first), await resume(at, second)];
    const made = at.simulator.restoreJobs().map(({ id }) => id);
    expect(jobs.map(({ atlas }) => atlas.restoreJobId)).toEqual(made);
    expect(made).toHaveLength(2);
  });
});

it('a download whose answer was lost is taken only once the request can no longer arrive', async () => {
  const at = await open({ count: 1, lostReply: true });
  const jobId = await diesUnanswered(at, runbookText(DOWNLOAD));
  expect(await TASKS.StartRestore({ jobId }, at.context)).toMatchObject({ next: 'wait' });
  at.clock.advance(SETTLE_SECONDS + 1);
  expect(await TASKS.StartRestore({ jobId }, at.context)).toMatchObject({ next: 'go' });
});

it('a job whose restore job was taken by one that lost its own asks for no other', async () => {
  const at = await open({ count: 1, reset: true });
  const text = runbookText(DOWNLOAD);
  const first = await diesUnanswered(at, text);
  at.clock.advance(LEASE_LAPSES);
  const { jobId: second } = await at.start(text);
  let taken: string | undefined;
  const jobs: JobStore = {
    ...at.context.jobs,
    async takeLease(lease, now) {
      // The one that died is resumed at this very moment, and is first.
      if (taken === undefined && isClaim(lease.target)) {
        taken = lease.target;
        await at.jobs.takeLease({ ...lease, owner: first }, now);
      }
      return at.jobs.takeLease(lease, now);
    },
  };
  const its = asRestore(await at.run(second, { context: { ...at.context, jobs } }));
  const own = await resume(at, first);
  expect([own.status, its.status]).toEqual(['SUCCEEDED', 'FAILED']);
  expect(its.failure).toMatchObject({ name: 'RestoreUnsettledError', unsure: true });
  expect(`restore-job/${own.atlas.restoreJobId ?? ''}`).toBe(taken);
  expect(at.simulator.restoreJobs().map(({ id }) => id)).toEqual([own.atlas.restoreJobId]);
  const types = (await at.jobs.timeline(second)).map(({ type }) => type);
  expect(types).toContain('restore-taken');
});
