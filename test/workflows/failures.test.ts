import { afterEach, describe, expect, it } from 'vitest';
import { backupsOf } from '../../core/backups/backups-of.ts';
import { buildReport } from '../../core/report/build-report.ts';
import { headline } from '../../core/report/headline.ts';
import { verifyChain } from '../../core/jobs/chain.ts';
import type { AtlasClient } from '../../core/atlas/client.ts';
import type { RestoreJob as AtlasRestoreJob } from '../../core/atlas/resources/restore-jobs.ts';
import type { Job } from '../../core/jobs/job.ts';
import { cancelJob } from '../../core/commands/cancel-job.ts';
import { clusterName } from '../../core/runbooks/cluster.ts';
import { placeOf } from '../../core/runbooks/place.ts';
import { asRestore } from '../support/restores.ts';
import {
  openRehearsal,
  runbookText,
  worldWith,
  type Rehearsal,
  type RehearsalOptions,
} from '../support/rehearsal.ts';

let rehearsal: Rehearsal | undefined;

afterEach(async () => {
  await rehearsal?.close();
  rehearsal = undefined;
});

async function play(text: string, options: RehearsalOptions = {}): Promise<{ job: Job; at: Rehearsal }> {
  rehearsal = await openRehearsal(options);
  const { jobId } = await rehearsal.start(text);
  return { job: await rehearsal.run(jobId), at: rehearsal };
}

/** What holds for every job that has ended, however it ended. */
async function expectEnded(at: Rehearsal, job: Job): Promise<void> {
  const timeline = await at.jobs.timeline(job.jobId);
  expect(verifyChain(timeline)).toMatchObject({ ok: true });
  expect(timeline.at(-1)?.type).toBe(`job-${job.status.toLowerCase()}`);
  expect(at.reports.map((report) => report.jobId)).toEqual([job.jobId]);
  const { target } = placeOf(job.runbook);
  if (target === undefined) return;
  // Nobody else may work on a target that Atlas still overwrites.
  const owner = asRestore(job).restoreGoesOn === true ? job.jobId : undefined;
  expect((await at.jobs.lease(clusterName(target)))?.owner).toBe(owner);
}

/** An Atlas that shows restore jobs of dedicated clusters otherwise than they are, or not at all. */
function withRestoreJobs(
  { atlas }: Rehearsal,
  show: (job: AtlasRestoreJob) => AtlasRestoreJob | undefined,
): AtlasClient {
  const { restoreJobs } = atlas;
  return {
    ...atlas,
    restoreJobs: {
      ...restoreJobs,
      async *listBackupRestoreJobs(params) {
        for await (const job of restoreJobs.listBackupRestoreJobs(params)) {
          const shown = show(job);
          if (shown !== undefined) yield shown;
        }
      },
      async getBackupRestoreJob(params) {
        const job = await restoreJobs.getBackupRestoreJob(params);
        return show(job) ?? job;
      },
    },
  };
}

/** Atlas knows the restore job no more. */
const GONE = { operation: 'getBackupRestoreJob', status: 404, errorCode: 'RESTORE_JOB_NOT_FOUND' };

function outcomes({ checks }: Job): Record<string, string> {
  return Object.fromEntries(checks.map(({ name, outcome }) => [name, outcome]));
}

const drills = (cluster: string) => `{ project: 5e2f1c0a9d3b7a4c8e6f0a02, cluster: ${cluster} }`;
const production = (cluster: string) => `{ project: 5e2f1c0a9d3b7a4c8e6f0a01, cluster: ${cluster} }`;

describe('guards stop a job before anything is changed', () => {
  it.each([
    ['the target is the source', { target: production('orders') }, 'target-is-not-source'],
    ['the target is too small', { target: drills('small') }, 'disk-large-enough'],
    ['the target is older', { target: drills('older') }, 'version-not-older'],
    ['the target is paused', { target: drills('parked') }, 'target-not-paused'],
    ['a replica set for a sharded cluster', { source: production('events') }, 'same-kind'],
    [
      'the target is protected',
      { guards: '{ protectedClusters: [5e2f1c0a9d3b7a4c8e6f0a02/*] }' },
      'target-is-not-protected',
    ],
    [
      'the project is not allowed',
      { guards: '{ allowedProjects: [5e2f1c0a9d3b7a4c8e6f0a01] }' },
      'target-project-allowed',
    ],
  ])('when %s', async (_case, parts: Record<string, string>, guard) => {
    const { job, at } = await play(runbookText(parts));
    expect(job).toMatchObject({
      status: 'FAILED',
      verdict: 'failed',
      failure: { name: 'GuardsFailedError' },
    });
    expect(job.guards.filter(({ outcome }) => outcome === 'fail').map(({ name }) => name)).toContain(guard);
    expect(at.simulator.restoreJobCount()).toBe(0);
    expect(
      at.simulator
        .requests()
        .filter(({ method }) => method !== 'GET')
        .map(({ operation }) => operation),
    ).toEqual(['oauthToken']);
    await expectEnded(at, job);
  });

  it('when the target does not exist', async () => {
    const { job, at } = await play(runbookText({ target: drills('nowhere') }));
    expect(job.failure).toMatchObject({ name: 'ClusterNotFoundError' });
    expect(job.failure?.message).toContain('5e2f1c0a9d3b7a4c8e6f0a02/nowhere');
    await expectEnded(at, job);
  });

  it('when there is no such snapshot', async () => {
    const { job, at } = await play(runbookText({ recoveryPoint: '{ snapshot: 0123456789abcdef01234567 }' }));
    expect(job.failure).toMatchObject({ name: 'NoRecoveryPointError' });
    await expectEnded(at, job);
  });

  it('when another job holds the target', async () => {
    rehearsal = await openRehearsal();
    const { clock, jobs } = rehearsal;
    const lease = { target: '5e2f1c0a9d3b7a4c8e6f0a02/orders-drill', owner: 'somebody else' };
    const expiresAt = new Date(clock.now() + 3_600_000).toISOString();
    await jobs.takeLease({ ...lease, expiresAt }, new Date(clock.now()).toISOString());
    const { jobId } = await rehearsal.start(runbookText());
    const job = await rehearsal.run(jobId);
    expect(job.failure).toMatchObject({ name: 'LeaseHeldError' });
    expect(rehearsal.simulator.restoreJobCount()).toBe(0);
    expect(await jobs.lease(lease.target)).toMatchObject({ owner: 'somebody else' });
  });
});

describe('what Atlas does wrong', () => {
  it('a restore that fails is told with its target and never verified', async () => {
    const { job, at } = await play(runbookText(), {
      world: worldWith({ name: 'orders-drill', restores: { fails: true } }),
    });
    expect(job).toMatchObject({
      status: 'FAILED',
      verdict: 'failed',
      failure: { name: 'RestoreFailedError' },
    });
    expect(job.failure?.changed).toContain('orders-drill');
    expect(job.checks).toEqual([]);
    await expectEnded(at, job);
  });

  it('a restore that never ends runs into its limit, and the report says that it goes on', async () => {
    const { job, at } = await play(runbookText({ timeouts: '{ restore: 30m }' }), {
      world: worldWith({ name: 'orders-drill', restores: { seconds: 90_000 } }),
    });
    expect(job.failure).toMatchObject({ name: 'RestoreTimeLimitError' });
    expect(job.failure?.changed).toMatch(/goes on and overwrites .*orders-drill/);
    await expectEnded(at, job);
  });

  it.each([
    ['a lost reply', { lostReply: true }],
    ['a 500 after the effect', { status: 500, afterEffect: true }],
    ['nonsense after the effect', { nonsense: true }],
    ['half a reply', { truncate: true }],
  ])('%s to the request to restore leads to exactly one restore', async (_case, fault) => {
    const { job, at } = await play(runbookText(), {
      faults: [{ operation: 'createBackupRestoreJob', count: 1, ...fault }],
    });
    expect(job.failure).toBeUndefined();
    expect(job).toMatchObject({ status: 'SUCCEEDED', verdict: 'passed' });
    expect(at.simulator.restoreJobCount()).toBe(1);
    const types = (await at.jobs.timeline(job.jobId)).map(({ type }) => type);
    expect(types).toContain('restore-adopted');
    await expectEnded(at, job);
  });

  it.each([
    ['a reset before the effect', { reset: true }],
    ['a 500 before the effect', { status: 500 }],
  ])(
    '%s is not known to be one: the restore is asked for once, and may have been done',
    async (_case, fault) => {
      const { job, at } = await play(runbookText(), {
        faults: [{ operation: 'createBackupRestoreJob', ...fault }],
      });
      expect(job).toMatchObject({
        status: 'FAILED',
        restoreGoesOn: true,
        failure: { name: 'RestoreUnsettledError', unsure: true },
      });
      expect(job.failure?.changed).toMatch(/orders-drill may have been overwritten by the request of/);
      expect(job.failure?.next).toMatch(/no other job may work on the target before/);
      expect(
        at.simulator.requests().filter(({ operation }) => operation === 'createBackupRestoreJob'),
      ).toHaveLength(1);
      await expectEnded(at, job);
    },
  );

  it('a list of restore jobs that is behind leads to no second request', async () => {
    const at = (rehearsal = await openRehearsal({
      faults: [{ operation: 'createBackupRestoreJob', lostReply: true }],
    }));
    const job = await at.run((await at.start(runbookText())).jobId, {
      context: { ...at.context, atlas: withRestoreJobs(at, () => undefined) },
    });
    expect(at.simulator.restoreJobCount()).toBe(1);
    expect(job.failure).toMatchObject({ name: 'RestoreUnsettledError' });
    expect(job.failure?.changed).toMatch(/orders-drill may have been overwritten/);
    const types = (await at.jobs.timeline(job.jobId)).map(({ type }) => type);
    expect(types).toContain('restore-untraced');
    await expectEnded(at, job);
  });

  it('the id in the reply is kept, whatever else the reply leaves out', async () => {
    const at = (rehearsal = await openRehearsal());
    const { restoreJobs } = at.atlas;
    const atlas = {
      ...at.atlas,
      restoreJobs: {
        ...restoreJobs,
        createBackupRestoreJob: async (params: Parameters<typeof restoreJobs.createBackupRestoreJob>[0]) => ({
          id: (await restoreJobs.createBackupRestoreJob(params)).id,
        }),
      },
    };
    const job = await at.run((await at.start(runbookText())).jobId, { context: { ...at.context, atlas } });
    expect(job).toMatchObject({ status: 'SUCCEEDED', verdict: 'passed' });
    expect(at.simulator.restoreJobCount()).toBe(1);
  });

  it('a restore job that does not tell its target is followed after a lost reply, and proves nothing', async () => {
    const at = (rehearsal = await openRehearsal({
      faults: [{ operation: 'createBackupRestoreJob', lostReply: true }],
    }));
    const atlas = withRestoreJobs(at, (job) => ({
      ...job,
      targetClusterName: undefined,
      targetGroupId: undefined,
    }));
    const job = await at.run((await at.start(runbookText())).jobId, { context: { ...at.context, atlas } });
    expect(job).toMatchObject({ status: 'SUCCEEDED', verdict: 'inconclusive', restoreAssumed: true });
    expect(at.simulator.restoreJobCount()).toBe(1);
  });

  it('a restore of the same snapshot from before is never taken for ours', async () => {
    rehearsal = await openRehearsal();
    const first = await rehearsal.run((await rehearsal.start(runbookText())).jobId);
    const snapshot = first.atlas.snapshotId ?? '';
    await rehearsal.close();

    rehearsal = await openRehearsal({
      faults: [{ operation: 'createBackupRestoreJob', after: 1, count: 1, lostReply: true }],
    });
    const text = runbookText({ recoveryPoint: `{ snapshot: ${snapshot} }`, objectives: '{}' });
    const one = await rehearsal.run((await rehearsal.start(text)).jobId);
    const two = await rehearsal.run((await rehearsal.start(text)).jobId);
    expect([one.status, two.status]).toEqual(['SUCCEEDED', 'SUCCEEDED']);
    expect(rehearsal.simulator.restoreJobs().map(({ id }) => id)).toEqual([
      one.atlas.restoreJobId,
      two.atlas.restoreJobId,
    ]);
  });

  it('a restore job that Atlas no longer knows is confirmed by the event log, and proves nothing', async () => {
    const { job, at } = await play(runbookText(), { faults: [GONE] });
    expect(job).toMatchObject({ status: 'SUCCEEDED', verdict: 'inconclusive' });
    expect(outcomes(job)).toMatchObject({ 'restore-job-finished': 'unknown', 'restore-event': 'pass' });
    await expectEnded(at, job);
  });

  it('a restore of which nothing is known any more ends inconclusive, with advice about the target', async () => {
    const { job, at } = await play(runbookText(), {
      faults: [GONE, { operation: 'listGroupEvents', status: 403 }],
    });
    expect(job).toMatchObject({
      status: 'FAILED',
      verdict: 'inconclusive',
      failure: { name: 'RestoreOutcomeUnknownError', unsure: true },
    });
    expect(job.failure?.changed).toMatch(
      /orders-drill may have been overwritten by restore job [a-f0-9]{24}/,
    );
    expect(job.failure?.next).toMatch(/Check the data of .*orders-drill/);
    expect(headline(buildReport(job, await at.jobs.timeline(job.jobId), job.endedAt ?? ''))).toMatch(
      /inconclusive: Atlas no longer knows the restore of orders onto orders-drill, and how it ended/,
    );
    await expectEnded(at, job);
  });

  it('a restore that failed while its job was gone is told by the event log', async () => {
    const { job } = await play(runbookText(), {
      world: worldWith({ name: 'orders-drill', restores: { fails: true } }),
      faults: [GONE],
    });
    expect(job).toMatchObject({
      status: 'FAILED',
      verdict: 'failed',
      failure: { name: 'RestoreFailedError' },
    });
    expect(job.failure?.message).toContain('CPS_RESTORE_FAILED');
  });

  it('a restore job that is not known for a moment, long after its request, ends no job', async () => {
    const { job } = await play(runbookText(), {
      world: worldWith({ name: 'orders-drill', restores: { seconds: 7200 } }),
      faults: [{ ...GONE, after: 3, count: 2 }],
    });
    expect(job.failure).toBeUndefined();
    expect(job.missingSince).toBeUndefined();
    expect(outcomes(job)).toMatchObject({ 'restore-job-finished': 'pass' });
  });

  it('another restore onto the target fails the verification, and is named', async () => {
    const at = (rehearsal = await openRehearsal());
    const { jobId } = await at.start(runbookText());
    let late: string | undefined;
    at.when('restore-finished', async () => {
      at.clock.advance(120);
      const { runbook, recoveryPoint } = asRestore(await at.jobs.get(jobId));
      const backups = await backupsOf(runbook.source, at.atlas);
      const { id } = await backups.startRestore({
        delivery: 'automated',
        snapshotId: recoveryPoint?.snapshot?.id ?? '',
        ...(runbook.target !== undefined && { target: runbook.target }),
      });
      late = id;
    });
    const job = await at.run(jobId);
    expect(late).toBeDefined();
    expect(job).toMatchObject({
      status: 'FAILED',
      verdict: 'failed',
      failure: { name: 'VerificationFailedError' },
    });
    expect(outcomes(job)).toMatchObject({ 'no-other-restore': 'fail' });
    const event = (await at.jobs.timeline(jobId)).find(({ type }) => type === 'other-restore-found');
    expect(event?.message).toContain(late);
    await expectEnded(at, job);
  });

  it.each([
    ['is behind', () => undefined],
    ['does not tell targets', (one: AtlasRestoreJob) => ({ ...one, targetClusterName: undefined })],
  ])('a list of restore jobs that %s proves no absence of another restore', async (_how, show) => {
    const at = (rehearsal = await openRehearsal());
    const { jobId } = await at.start(runbookText());
    // One that was there before is known by its id.
    const job = await at.run(jobId, { context: { ...at.context, atlas: withRestoreJobs(at, show) } });
    const outcome = show({ id: '' }) === undefined ? 'unknown' : 'pass';
    expect(outcomes(job)).toMatchObject({ 'no-other-restore': outcome });
  });

  it('a restore job that Atlas does not know at first is looked for again', async () => {
    const late = {
      operation: 'getBackupRestoreJob',
      status: 404,
      errorCode: 'RESTORE_JOB_NOT_FOUND',
      count: 2,
    };
    const { job, at } = await play(runbookText(), { faults: [late] });
    expect(job).toMatchObject({ status: 'SUCCEEDED', verdict: 'passed' });
    expect(at.simulator.restoreJobCount()).toBe(1);
  });

  it('an Atlas that does not answer for a while does not end a restore that is under way', async () => {
    const { job, at } = await play(runbookText(), {
      world: worldWith({ name: 'orders-drill', restores: { seconds: 7200 } }),
      faults: [{ operation: 'getBackupRestoreJob', status: 500, after: 2, count: 40 }],
    });
    expect(job).toMatchObject({
      status: 'SUCCEEDED',
      verdict: 'failed',
      objectives: { rto: { met: false } },
    });
    expect(at.simulator.restoreJobCount()).toBe(1);
    const types = (await at.jobs.timeline(job.jobId)).map(({ type }) => type);
    expect(types.filter((type) => type === 'restore-unseen')).toHaveLength(1);
  });

  it('answers of "not yet" are followed by further requests, and a lost reply by none', async () => {
    const { job, at } = await play(runbookText(), {
      faults: [
        {
          operation: 'createBackupRestoreJob',
          count: 3,
          status: 409,
          errorCode: 'ATLAS_CLUSTER_RESTORE_IN_PROGRESS',
        },
        { operation: 'createBackupRestoreJob', count: 1, lostReply: true },
      ],
    });
    expect(job).toMatchObject({ status: 'SUCCEEDED', restoreAttempts: 4 });
    expect(at.simulator.restoreJobCount()).toBe(1);
  });

  it('the guards look again before a request that Atlas throttled is sent once more', async () => {
    const looks = (at: Rehearsal) =>
      at.simulator.requests().filter(({ operation }) => operation === 'listBackupRestoreJobs').length;
    const plain = await play(runbookText());
    const without = looks(plain.at);
    await plain.at.close();
    const { job, at } = await play(runbookText(), {
      faults: [{ operation: 'createBackupRestoreJob', count: 12, status: 429, errorCode: 'RATE_LIMITED' }],
    });
    expect(job.status).toBe('SUCCEEDED');
    expect(looks(at)).toBeGreaterThan(without);
  });

  it.each([['leave'], ['follow']])(
    'a cancel right after a lost request claims no more than is known: %s',
    async (onCancel) => {
      rehearsal = await openRehearsal({
        faults: [{ operation: 'createBackupRestoreJob', count: 1, reset: true }],
      });
      const { jobs, clock } = rehearsal;
      const { jobId } = await rehearsal.start(runbookText({ onCancel }));
      rehearsal.when('restore-reply-lost', async () => {
        await cancelJob(jobId, { by: 'tester', reason: 'wrong night' }, jobs, clock);
      });
      const job = await rehearsal.run(jobId);
      expect(job.status).toBe('CANCELLED');
      expect(job.failure?.unsure).toBe(true);
      expect(job.failure?.changed).toMatch(/orders-drill may have been overwritten/);
      await expectEnded(rehearsal, job);
    },
  );

  it('a restore that finished while nobody looked is verified, however late that is', async () => {
    rehearsal = await openRehearsal();
    const { clock } = rehearsal;
    const { jobId } = await rehearsal.start(runbookText({ objectives: '{}' }));
    rehearsal.when('restore-started', () => {
      clock.advance(30 * 3600);
      return Promise.resolve();
    });
    const job = await rehearsal.run(jobId);
    expect(job.failure).toBeUndefined();
    expect(job.status).toBe('SUCCEEDED');
  });

  it('"not yet" is waited for, "never" stops the job with a remedy', async () => {
    const later = await play(runbookText(), {
      faults: [
        {
          operation: 'createBackupRestoreJob',
          count: 2,
          status: 409,
          errorCode: 'ATLAS_CLUSTER_RESTORE_IN_PROGRESS',
        },
      ],
    });
    expect(later.job).toMatchObject({ status: 'SUCCEEDED', restoreAttempts: 3 });
    expect(later.at.simulator.restoreJobCount()).toBe(1);
    await later.at.close();

    const never = await play(runbookText(), {
      faults: [{ operation: 'createBackupRestoreJob', status: 409, errorCode: 'RESTORE_INITIATION_FAILED' }],
    });
    expect(never.job.failure).toMatchObject({ name: 'RestoreRefusedError' });
    expect(never.job.failure?.message).toContain('RESTORE_INITIATION_FAILED');
    expect(never.job.failure?.next).toBeTruthy();
    await expectEnded(never.at, never.job);
  });

  it('a storm of 429, 503 and resets on every read is weathered', async () => {
    const { job, at } = await play(runbookText(), {
      faults: [
        {
          operation: 'getBackupRestoreJob',
          status: 429,
          errorCode: 'RATE_LIMITED',
          retryAfter: 2,
          probability: 0.4,
        },
        { operation: 'listBackupSnapshots', status: 503, probability: 0.5 },
        { operation: 'getCluster', reset: true, probability: 0.3 },
      ],
    });
    expect(job.failure).toBeUndefined();
    expect(job.status).toBe('SUCCEEDED');
    expect(at.simulator.restoreJobCount()).toBe(1);
  });

  it.each([
    ['guards', { operation: 'listBackupRestoreJobs', status: 403 }, 'FAILED'],
    ['alerts', { operation: 'listAlerts', status: 403 }, 'SUCCEEDED'],
    ['events', { operation: 'listGroupEvents', status: 403 }, 'SUCCEEDED'],
  ])('what the credentials may not see is unknown: %s', async (what, fault, status) => {
    const { job } = await play(runbookText(), { faults: [fault] });
    expect(job.status).toBe(status);
    if (what === 'guards') {
      expect(job.failure).toMatchObject({ name: 'GuardsFailedError' });
      expect(job.failure?.next).toContain('guards.unknown');
    } else expect(job.verdict).toBe('inconclusive');
  });

  it('an alert that opens on the target fails the verification', async () => {
    rehearsal = await openRehearsal();
    const { jobId } = await rehearsal.start(runbookText());
    const { baseUrl } = rehearsal.simulator;
    const alert = { project: '5e2f1c0a9d3b7a4c8e6f0a02', cluster: 'orders-drill', eventType: 'NO_PRIMARY' };
    rehearsal.when('restore-started', async () => {
      await fetch(`${baseUrl}/simulator/alerts`, { method: 'POST', body: JSON.stringify(alert) });
    });
    const job = await rehearsal.run(jobId);
    expect(job).toMatchObject({ status: 'FAILED', failure: { name: 'VerificationFailedError' } });
    expect(job.failure?.message).toContain('NO_PRIMARY');
  });
});

describe('what a runbook may ask for', () => {
  it('a fresh snapshot is asked for once, even where the list of snapshots is behind', async () => {
    const at = (rehearsal = await openRehearsal({
      faults: [{ operation: 'takeSnapshots', lostReply: true }],
    }));
    const { snapshots } = at.atlas;
    const atlas: AtlasClient = {
      ...at.atlas,
      snapshots: {
        ...snapshots,
        async *listBackupSnapshots(params) {
          for await (const one of snapshots.listBackupSnapshots(params))
            if (one.description?.startsWith('Lifeboat') !== true) yield one;
        },
      },
    };
    const { jobId } = await at.start(runbookText({ recoveryPoint: '{ fresh: {} }' }));
    const job = await at.run(jobId, { context: { ...at.context, atlas } });
    expect(job.failure).toMatchObject({ name: 'SnapshotUnsettledError' });
    expect(job.failure?.changed).toContain('An on-demand snapshot of');
    const asked = at.simulator.requests().filter(({ operation }) => operation === 'takeSnapshots');
    expect(asked).toHaveLength(1);
    await expectEnded(at, job);
  });

  it('a fresh snapshot that Atlas refused for now is asked for again', async () => {
    const { job, at } = await play(runbookText({ recoveryPoint: '{ fresh: {} }' }), {
      faults: [{ operation: 'takeSnapshots', count: 6, status: 429, errorCode: 'RATE_LIMITED' }],
    });
    expect(job.status).toBe('SUCCEEDED');
    const asked = at.simulator.requests().filter(({ operation }) => operation === 'takeSnapshots');
    expect(asked).toHaveLength(7);
  });

  it('a fresh snapshot is taken once, waited for, and its time is left out of the RTO', async () => {
    const { job, at } = await play(runbookText({ recoveryPoint: '{ fresh: { retentionDays: 2 } }' }), {
      faults: [{ operation: 'takeSnapshots', count: 1, lostReply: true }],
    });
    expect(job.failure).toBeUndefined();
    expect(job).toMatchObject({ status: 'SUCCEEDED', verdict: 'passed', rpoSeconds: 0 });
    const asked = at.simulator.requests().filter(({ operation }) => operation === 'takeSnapshots');
    expect(asked).toHaveLength(1);
    const total = (Date.parse(job.endedAt ?? '') - Date.parse(job.startedAt ?? '')) / 1000;
    expect(job.rtoSeconds).toBeLessThan(total - 60);
  });

  it('a point in time is restored, and one outside the window is refused', async () => {
    const seconds = Date.parse('2026-08-09T12:00:00Z') / 1000;
    const inside = await play(
      runbookText({ delivery: 'pointInTime', recoveryPoint: `{ pointInTime: { utcSeconds: ${seconds} } }` }),
    );
    expect(inside.job.failure).toBeUndefined();
    expect(inside.job).toMatchObject({ status: 'SUCCEEDED', rpoSeconds: 15 * 3600 });
    await inside.at.close();
    const outside = await play(
      runbookText({ delivery: 'pointInTime', recoveryPoint: '{ pointInTime: { utcSeconds: 1790000000 } }' }),
    );
    expect(outside.job.failure).toMatchObject({ name: 'GuardsFailedError' });
  });

  it('an instant older than the restore window is refused by a guard, before Atlas is asked', async () => {
    const seconds = Date.parse('2026-07-21T03:00:00Z') / 1000;
    const { job, at } = await play(
      runbookText({ delivery: 'pointInTime', recoveryPoint: `{ pointInTime: { utcSeconds: ${seconds} } }` }),
    );
    expect(job.failure).toMatchObject({ name: 'GuardsFailedError' });
    expect(job.guards.find(({ outcome }) => outcome === 'fail')?.name).toBe('point-in-time-in-window');
    expect(at.simulator.restoreJobCount()).toBe(0);
  });

  it('a download ends with a link that is written nowhere', async () => {
    const { job, at } = await play(runbookText({ kind: 'restore', target: '', delivery: 'download' }));
    expect(job.failure).toBeUndefined();
    expect(job).toMatchObject({ status: 'SUCCEEDED', verdict: 'passed' });
    expect(job.atlas.downloadExpiresAt).toBeTruthy();
    const everything = JSON.stringify([job, await at.jobs.timeline(job.jobId), at.reports]);
    expect(everything).not.toMatch(/https?:\/\/[^"]*tar\.gz/);
  });

  it('a missed objective fails the verdict, not the job', async () => {
    const { job } = await play(runbookText({ objectives: '{ rto: 1s, rpo: 24h }' }));
    expect(job).toMatchObject({ status: 'SUCCEEDED', verdict: 'failed' });
    expect(asRestore(job).objectives).toMatchObject({
      rto: { met: false, objectiveSeconds: 1 },
      rpo: { met: true },
    });
  });

  it('a cancelled download is cancelled in Atlas; a cancelled restore is followed to its end, or left to go on', async () => {
    for (const [parts, expected] of [
      [{ kind: 'restore', target: '', delivery: 'download' }, /was cancelled in Atlas/],
      [{ onCancel: 'follow' }, /orders-drill was overwritten/],
      [{ onCancel: 'leave' }, /goes on and overwrites/],
    ] as const) {
      rehearsal = await openRehearsal();
      const { jobs, clock } = rehearsal;
      const { jobId } = await rehearsal.start(runbookText(parts));
      rehearsal.when('restore-started', async () => {
        await cancelJob(jobId, { by: 'tester', reason: 'wrong night' }, jobs, clock);
      });
      const job = await rehearsal.run(jobId);
      expect(job).toMatchObject({
        status: 'CANCELLED',
        verdict: 'failed',
        failure: { name: 'JobCancelledError' },
      });
      expect(job.failure?.changed).toMatch(expected);
      expect(job.failure?.unsure).toBeUndefined();
      await expectEnded(rehearsal, job);
      await rehearsal.close();
    }
  });
});
