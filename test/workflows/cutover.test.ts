import { describe, expect, it } from 'vitest';
import { verifyChain } from '../../core/jobs/chain.ts';
import { sideOf } from '../../core/jobs/cutover-record.ts';
import type { CutoverJob } from '../../core/jobs/job.ts';
import { rollbackOf } from '../../core/jobs/rollback-of.ts';
import { writeStopSeconds } from '../../core/jobs/write-stop.ts';
import { PRACTICE_IDS as IDS } from '../../simulator/practice-ids.ts';
import { openNight, TARGET, type Night, type NightOptions } from '../support/cutovers.ts';

const HOUR = 3600;

async function play(options: NightOptions): Promise<{ readonly job: CutoverJob; readonly night: Night }> {
  const night = await openNight(options);
  return { job: await night.run(), night };
}

/** What holds for every job that has ended, however it ended. */
async function expectEnded({ at, jobId }: Night, job: CutoverJob): Promise<void> {
  const timeline = await at.jobs.timeline(jobId);
  expect(verifyChain(timeline)).toMatchObject({ ok: true });
  expect(timeline.at(-1)?.type).toBe(`job-${job.status.toLowerCase()}`);
  expect(at.reports.map((report) => report.jobId)).toEqual([jobId]);
  expect(await at.jobs.lease(TARGET)).toBeUndefined();
}

/** What holds for a job that never came to stop writes. */
async function expectUntouched(night: Night, job: CutoverJob): Promise<void> {
  expect(night.requests()).toBe(0);
  expect(night.posted()).toEqual([]);
  expect(night.at.simulator.changes()).toEqual([]);
  expect(sideOf(job.cutover)).toBe('before');
  expect(job.failure?.changed).toContain('was not cut over: the source is what it was');
  await expectEnded(night, job);
}

describe('a migration night', () => {
  it('stops writes, cuts over once, verifies, switches, and takes the first snapshot', async () => {
    const verify = '[{ name: same contents, use: measurements, with: { tolerance: 1 } }]';
    const { job, night } = await play({ parts: { verify } });
    expect(job.failure).toBeUndefined();
    expect(job).toMatchObject({ status: 'SUCCEEDED', verdict: 'passed', rtoSeconds: null, rpoSeconds: null });
    expect(await night.types()).toEqual([
      'job-started',
      'guards-passed',
      'migration-status',
      'migration-status',
      'migration-ready',
      'guards-passed',
      'approval-wanted',
      'approval-given',
      'approval-approved',
      'step-done',
      'writes-stopped',
      'lag-low',
      'lag-low',
      'lag-low',
      'cutover-accepted',
      'cutover-complete',
      'cutover-verified',
      'step-done',
      'step-done',
      'writes-switched',
      'snapshot-requested',
      'snapshot-completed',
      'job-succeeded',
    ]);
    expect(night.requests()).toBe(1);
    expect(night.posted()).toEqual(['stop', 'switch']);
    expect(night.at.simulator.changes().map(({ operation }) => operation)).toEqual([
      'cutoverMigration',
      'takeSnapshots',
    ]);
    expect(job.checks.map(({ name, outcome }) => [name, outcome])).toEqual([
      ['migration-complete', 'pass'],
      ['target-idle', 'pass'],
      ['no-new-alert', 'pass'],
      ['same contents', 'pass'],
    ]);
    expect(Object.keys(job.phases)).toEqual([
      'guard',
      'migration',
      'approval',
      'writeStop',
      'cutover',
      'verify',
      'snapshot',
    ]);
    expect(Object.values(job.phases).every(({ endedAt }) => endedAt !== undefined)).toBe(true);
    expect(sideOf(job.cutover)).toBe('after');
    await expectEnded(night, job);
  });

  it('measures the write stop to the second, from the first request to stop to the last to switch', async () => {
    const { job, night } = await play({});
    const [stop, switched] = night.at.simulator.inbox().map(({ at }) => Date.parse(at));
    expect(writeStopSeconds(job)).toBe(Math.round(((switched ?? 0) - (stop ?? 0)) / 1000));
    expect(job.cutover.writesStoppedAt).toBe(job.steps['stopWrites/stop']?.sentAt);
    expect(job.cutover.writesBackAt).toBe(job.steps['switchWrites/switch']?.endedAt);
  });

  it('takes the word of a person for the write stop, and counts it from there', async () => {
    const stopWrites =
      '[{ name: read-only, use: approval, with: { prompt: The shop is read-only. } }, { name: drained, use: webhook, with: { url: https://shop.example.com/writes } }]';
    const { job, night } = await play({ parts: { stopWrites } });
    expect(job.status).toBe('SUCCEEDED');
    expect(job.cutover.writesStoppedAt).toBe(job.steps['stopWrites/read-only']?.endedAt);
    expect(night.posted()).toEqual(['drained', 'switch']);
  });

  it('compares with the figures of the runbook where the source is not in Atlas', async () => {
    const verify =
      '[{ name: as counted, use: measurements, with: { tolerance: 1, expected: [{ database: shop, objects: 4200000, indexes: 31 }] } }]';
    const { job } = await play({ parts: { source: '', verify } });
    expect(job).toMatchObject({ status: 'SUCCEEDED', verdict: 'passed' });
    expect(job.checks.at(-1)?.evidence).toMatchObject({ databases: 1, same: 2 });
  });

  it('fails after the cutover where documents are missing, and lets nobody write', async () => {
    const verify = '[{ name: same contents, use: measurements, with: { tolerance: 1 } }]';
    const { job, night } = await play({ parts: { verify }, world: { migration: { loses: 0.1 } } });
    expect(job).toMatchObject({ status: 'FAILED', failure: { name: 'StepFailedError' } });
    expect(job.failure?.changed).toContain(`was cut over into ${TARGET}`);
    expect(night.posted()).toEqual(['stop']);
    expect(await night.types()).toContain('resume-skipped');
    expect(writeStopSeconds(job)).toBeNull();
    expect(rollbackOf(job, '2026-08-10T09:00:00.000Z')).toBe(
      `after of ${IDS.ordersMigrationId}: back to ${IDS.productionId}/orders`,
    );
    await expectEnded(night, job);
  });

  it('waits for the target to settle, and takes the snapshot once Atlas lets it', async () => {
    const { job, night } = await play({
      faults: [
        { operation: 'takeSnapshots', status: 400, errorCode: 'UNFINISHED_ON_DEMAND_SNAPSHOT', count: 1 },
        { operation: 'getCluster', status: 503, after: 3, count: 4 },
      ],
    });
    expect(job.failure).toBeUndefined();
    expect(
      night.at.simulator.changes().filter(({ operation }) => operation === 'takeSnapshots'),
    ).toHaveLength(1);
  });

  it('takes one snapshot, also when the answer is lost', async () => {
    const { job, night } = await play({
      faults: [{ operation: 'takeSnapshots', lostReply: true, count: 1 }],
    });
    expect(job.status).toBe('SUCCEEDED');
    expect(
      night.at.simulator.changes().filter(({ operation }) => operation === 'takeSnapshots'),
    ).toHaveLength(1);
  });

  it.each([
    ['fails', { onDemandSnapshots: { fails: true } }, {}, 'SnapshotFailedError'],
    [
      'takes too long',
      { onDemandSnapshots: { seconds: 9000 } },
      { timeouts: '{ snapshot: 1h }' },
      'SnapshotTimeLimitError',
    ],
  ])(
    'says so when the snapshot %s; the application writes to the target by then',
    async (_case, target, parts, name) => {
      const { job, night } = await play({ world: { target }, parts });
      expect(job).toMatchObject({ status: 'FAILED', failure: { name } });
      expect(night.posted()).toEqual(['stop', 'switch']);
      expect(await night.types()).not.toContain('resume-skipped');
      await expectEnded(night, job);
    },
  );
});

describe('a migration that can not be cut over', () => {
  it('is left alone when it was cut over already, which the job says', async () => {
    const { job, night } = await play({
      world: { migration: { history: [{ from: 0, status: 'COMPLETE', ready: false, lag: null }] } },
    });
    expect(job).toMatchObject({ status: 'FAILED', failure: { name: 'MigrationCutOverError' } });
    expect(job.failure?.message).toContain('has been cut over already');
    expect(job.failure?.changed).toContain('Lifeboat changed nothing in Atlas');
    expect(night.requests()).toBe(0);
    expect(night.posted()).toEqual([]);
    await expectEnded(night, job);
  });

  it.each([
    ['it failed', { history: [{ from: 0, status: 'FAILED' }] }, {}, 'MigrationFailedError'],
    ['it fails on the way', { fails: 'beforeReady' }, {}, 'MigrationFailedError'],
    ['it expired', { history: [{ from: 0, status: 'EXPIRED' }] }, {}, 'MigrationExpiredError'],
    ['it never gets ready', { readyAfter: 9e9 }, { timeouts: '{ ready: 6h }' }, 'MigrationTimeLimitError'],
    ['there is none', { id: IDS.liveMigrationId }, {}, 'MigrationNotFoundError'],
    [
      'its status is new to us',
      { history: [{ from: 0, status: 'NEW', ready: true }] },
      { timeouts: '{ ready: 1h }' },
      'MigrationTimeLimitError',
    ],
  ] as const)('stops the job before anything is touched: %s', async (_case, migration, parts, name) => {
    const { job, night } = await play({ world: { migration: migration as object }, parts });
    expect(job).toMatchObject({ status: 'FAILED', verdict: 'failed', failure: { name } });
    await expectUntouched(night, job);
  });

  it.each([
    ['the target is paused', { target: { paused: true } }, {}, 'target-not-paused'],
    ['the target is busy', { target: { state: 'UPDATING' } }, {}, 'target-idle'],
    [
      'the target is the source',
      {},
      { source: `{ project: ${IDS.platformId}, cluster: orders }` },
      'target-is-not-source',
    ],
    [
      'the project is not allowed',
      {},
      { guards: `{ allowedProjects: [${IDS.drillsId}] }` },
      'target-project-allowed',
    ],
  ] as const)('is stopped by a guard: %s', async (_case, world, parts, guard) => {
    const { job, night } = await play({ world: world, parts: parts });
    expect(job.failure?.name).toBe('GuardsFailedError');
    expect(job.guards.filter(({ outcome }) => outcome === 'fail').map(({ name }) => name)).toEqual([guard]);
    await expectUntouched(night, job);
  });

  it('is not cut over unseen, whatever the runbook says of guards that could not look', async () => {
    const faults = [{ operation: 'getGroupLiveMigration', status: 403, errorCode: 'USER_UNAUTHORIZED' }];
    const { job, night } = await play({ faults, parts: { guards: '{ unknown: continue }' } });
    expect(job.failure?.name).toBe('GuardsFailedError');
    expect(job.failure?.message).toContain('migration');
    await expectUntouched(night, job);
  });

  it('was ready, and is not when people are to be asked: it is looked at again, and then given up', async () => {
    const night = await openNight({ world: { migration: { history: [{ from: 700, ready: false }] } } });
    night.at.when('migration-ready', () => {
      night.at.clock.advance(200);
      return Promise.resolve();
    });
    const job = await night.run();
    expect(job).toMatchObject({ status: 'FAILED', failure: { name: 'MigrationNotReadyError' } });
    await expectUntouched(night, job);
  });

  it('comes and goes while people are asked, and is cut over all the same', async () => {
    const history = [
      { from: 620, ready: false },
      { from: 640, ready: true },
    ];
    const { job, night } = await play({ world: { migration: { history } } });
    expect(job.failure).toBeUndefined();
    expect(night.cutovers()).toBe(1);
  });

  it('expires while people think about it; they were warned as the time ran down', async () => {
    const night = await openNight({
      world: { migration: { readyAfter: 0 } },
      parts: { approval: '{ within: 130h }', timeouts: '{ job: 14d }' },
      approved: false,
    });
    const job = await night.run();
    expect(job.failure?.name).toBe('MigrationExpiredError');
    const timeline = await night.at.jobs.timeline(night.jobId);
    const warnings = timeline.filter(({ type }) => type === 'migration-expiring');
    expect(warnings.map(({ data }) => data?.hoursLeft)).toEqual([48, 24, 12, 6, 1]);
    for (const { at, data } of warnings) {
      const left = 120 - (Date.parse(at) - Date.parse(job.cutover.readyAt ?? '')) / 1000 / HOUR;
      expect(left).toBeLessThanOrEqual(Number(data?.hoursLeft));
      expect(left).toBeGreaterThan(Number(data?.hoursLeft) - 1.1);
    }
    await expectUntouched(night, job);
  }, 60_000);
});

describe('people', () => {
  it('are always asked, and silence means no', async () => {
    const { job, night } = await play({ approved: false });
    expect(job).toMatchObject({ status: 'FAILED', failure: { name: 'ApprovalExpiredError' } });
    await expectUntouched(night, job);
  });

  it('are asked again when a guard sees something else than they approved', async () => {
    const { job, night } = await play({
      parts: { guards: '{ unknown: continue }' },
      // The target is read once early and once at the last look; then it can't be read for one look.
      faults: [{ operation: 'getCluster', status: 403, errorCode: 'USER_UNAUTHORIZED', after: 2, count: 1 }],
    });
    expect(job.failure).toBeUndefined();
    // Once for the plan that stood first, once without the guard, and once with it again.
    expect(job.approvals.job?.number).toBe(3);
    expect(night.cutovers()).toBe(1);
  });
});
