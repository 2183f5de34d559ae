import { describe, expect, it } from 'vitest';
import { backupsOf } from '../../../core/backups/backups-of.ts';
import { measurements, type MeasurementsWith } from '../../../core/steps/measurements.ts';
import type { StepAnswer } from '../../../core/steps/protocol/step-answer.ts';
import type { StepContext } from '../../../core/steps/protocol/step-context.ts';
import type { WorldFile } from '../../../simulator/world-schema.ts';
import type { Rehearsal } from '../../support/rehearsal.ts';
import { answerOf, DRILLS, PRODUCTION, stepContext, twoProjects, withAtlas } from './checking.ts';

type Cluster = NonNullable<WorldFile['projects'][number]['clusters']>[number];

const databases = [
  { name: 'shop', collections: 12, views: 2, indexes: 30, objects: 1_000_000 },
  { name: 'stock', collections: 3, views: 0, indexes: 5, objects: 40_000 },
];

function world(orders: Partial<Cluster> = {}, drill: Partial<Cluster> = {}) {
  return twoProjects(
    { clusters: [{ name: 'orders', scheduledDays: 10, databases, ...orders }] },
    { clusters: [{ name: 'orders-drill', databases: [{ name: 'scratch', objects: 5 }], ...drill }] },
  );
}

const settings = (written: Record<string, unknown> = {}): MeasurementsWith =>
  measurements.with.parse({ tolerance: 1, ...written });

/**
 * Restores a snapshot of `orders` into `orders-drill` and gives what a step of verify then sees.
 *
 * @param age hours that the snapshot is old at least.
 */
async function restore(rehearsal: Rehearsal, age = 0): Promise<StepContext> {
  const { atlas, clock } = rehearsal;
  const backups = await backupsOf({ project: PRODUCTION, cluster: 'orders' }, atlas);
  const snapshot = (await backups.snapshots())
    .filter((one) => one.status === 'completed' && clock.now() - timeOf(one) >= age * 3_600_000)
    .sort((one, other) => timeOf(other) - timeOf(one))[0];
  if (snapshot?.createdAt === undefined) throw new Error('The practice world has no such snapshot.');
  const source = { groupId: PRODUCTION, clusterName: 'orders' };
  const { id } = await atlas.restoreJobs.createBackupRestoreJob({
    ...source,
    body: {
      deliveryType: 'automated',
      snapshotId: snapshot.id,
      targetClusterName: 'orders-drill',
      targetGroupId: DRILLS,
    },
  });
  for (;;) {
    clock.advance(60);
    const job = await atlas.restoreJobs.getBackupRestoreJob({ ...source, restoreJobId: id });
    if (job.finishedAt === undefined) continue;
    return stepContext(rehearsal, {
      recoveryPoint: { chosenBy: 'latest', time: snapshot.createdAt },
      atlas: { restoreFinishedAt: job.finishedAt },
    });
  }
}

function timeOf({ createdAt = '' }: { readonly createdAt?: string | undefined }): number {
  return Date.parse(createdAt);
}

/** Looks again for as long as the step asks for it. */
async function look(
  wanted: MeasurementsWith,
  context: StepContext,
  { clock }: Rehearsal,
): Promise<StepAnswer> {
  for (;;) {
    const now = new Date(clock.now()).toISOString();
    const answer = await answerOf(measurements, wanted, { ...context, now });
    if (answer.outcome !== 'wait') return answer;
    clock.advance(answer.waitSeconds ?? 0);
  }
}

describe('measurements', () => {
  it('passes where the restored databases are what the source had at the recovery point', async () => {
    await withAtlas({ world: world() }, async (rehearsal) => {
      const answer = await look(settings(), await restore(rehearsal), rehearsal);
      expect(answer).toMatchObject({
        outcome: 'done',
        evidence: { databases: 2, same: 10, missing: 'none', different: 'none', unknown: 'none' },
      });
    });
  });

  it('compares with the recovery point, not with the source as it is now', async () => {
    const growing = databases.map((one) => ({ ...one, growthPerDay: 0.2 }));
    await withAtlas({ world: world({ databases: growing }) }, async (rehearsal) => {
      const context = await restore(rehearsal, 72);
      expect(await look(settings(), context, rehearsal)).toMatchObject({ outcome: 'done' });
      const job = { ...context.job, dataOf: context.now };
      const answer = await look(settings(), { ...context, job }, rehearsal);
      expect(answer.outcome).toBe('failed');
      expect(answer.evidence?.different).toMatch(/shop objects: \d+, was \d+ \(-/);
    });
  });

  it('fails where documents are lost, unless the tolerance covers them', async () => {
    const lossy = world({}, { restores: { loses: 0.04 } });
    await withAtlas({ world: lossy }, async (rehearsal) => {
      const context = await restore(rehearsal);
      const strict = await look(settings({ tolerance: 3 }), context, rehearsal);
      expect(strict.outcome).toBe('failed');
      expect(strict.message).toContain('more than 3 % apart: shop objects');
      expect(await look(settings({ tolerance: 5 }), context, rehearsal)).toMatchObject({ outcome: 'done' });
      const structure = settings({ measures: ['collections', 'indexes', 'views'] });
      expect(await look(structure, context, rehearsal)).toMatchObject({
        outcome: 'done',
        evidence: { same: 6 },
      });
    });
  });

  it('misses a database that the source had at the recovery point', async () => {
    const orders = { name: 'orders', scheduledDays: 10, databases: databases.slice(0, 1) };
    const clusters = [orders, { name: 'orders-whole', databases }];
    await withAtlas({ world: twoProjects({ clusters }) }, async (rehearsal) => {
      const context = await restore(rehearsal);
      const source = { project: PRODUCTION, cluster: 'orders-whole' };
      const answer = await look(settings(), { ...context, source }, rehearsal);
      expect(answer).toMatchObject({ outcome: 'failed', evidence: { missing: 'stock', different: 'none' } });
    });
  });

  it('does not know of a database that the source has lost with its measurements', async () => {
    const orders = { name: 'orders', scheduledDays: 10, databases };
    const clusters = [orders, { name: 'orders-dropped' }];
    await withAtlas({ world: twoProjects({ clusters }) }, async (rehearsal) => {
      const context = await restore(rehearsal);
      rehearsal.clock.advance(120);
      const source = { project: PRODUCTION, cluster: 'orders-dropped' };
      const now = new Date(rehearsal.clock.now()).toISOString();
      const answer = await answerOf(measurements, settings(), { ...context, source, now });
      expect(answer.outcome).toBe('unknown');
      expect(answer.evidence?.unknown).toContain('stock objects (no value on the source)');
    });
  });

  it('adds up the shards of a sharded cluster', async () => {
    const sharded = { kind: 'sharded', shards: 3, instanceSize: 'M40', diskGB: 80 } as const;
    await withAtlas({ world: world(sharded, sharded) }, async (rehearsal) => {
      const answer = await look(settings(), await restore(rehearsal), rehearsal);
      expect(answer).toMatchObject({ outcome: 'done', evidence: { databases: 2, same: 10 } });
    });
  });

  it.each(['none', 'nulls'] as const)(
    'is unknown, not zero, where the source has no values (%s)',
    async (kind) => {
      await withAtlas({ world: world({ measurements: kind }) }, async (rehearsal) => {
        const answer = await look(settings(), await restore(rehearsal), rehearsal);
        expect(answer).toMatchObject({ outcome: 'unknown', evidence: { same: 0, different: 'none' } });
        expect(answer.evidence?.unknown).toContain('shop objects (no value on the source)');
      });
    },
  );

  it('waits for values of the target, and then says that there are none', async () => {
    await withAtlas({ world: world({}, { measurements: 'none' }) }, async (rehearsal) => {
      const context = await restore(rehearsal);
      const wanted = settings({ wait: '30m' });
      expect(await answerOf(measurements, wanted, context)).toMatchObject({
        outcome: 'wait',
        waitSeconds: 60,
      });
      const answer = await look(wanted, context, rehearsal);
      const waited = rehearsal.clock.now() - Date.parse(context.job.doneAt ?? '');
      expect(waited).toBeGreaterThanOrEqual(30 * 60_000);
      expect(waited).toBeLessThan(32 * 60_000);
      expect(answer.outcome).toBe('unknown');
      expect(answer.evidence?.unknown).toContain('shop objects (no value on the target)');
    });
  });

  it('waits for a database that Atlas does not list on the target yet', async () => {
    const orders = { name: 'orders', scheduledDays: 10, databases: databases.slice(0, 1) };
    const clusters = [orders, { name: 'orders-whole', databases }];
    await withAtlas({ world: twoProjects({ clusters }) }, async (rehearsal) => {
      const context = await restore(rehearsal);
      const source = { project: PRODUCTION, cluster: 'orders-whole' };
      rehearsal.clock.advance(30 * 60);
      const now = new Date(rehearsal.clock.now()).toISOString();
      const early = await answerOf(measurements, settings(), { ...context, source, now });
      expect(early.outcome).toBe('wait');
      const late = await answerOf(measurements, settings({ wait: '20m' }), { ...context, source, now });
      expect(late).toMatchObject({ outcome: 'failed', evidence: { missing: 'stock' } });
    });
  });

  it('does not take what was on the target before the restore for what was restored', async () => {
    await withAtlas({ world: world({}, { databases }) }, async (rehearsal) => {
      // Atlas looked at the target at three sharp, and the restore finished a second later.
      rehearsal.clock.advance(30);
      const context = stepContext(rehearsal, {
        recoveryPoint: { chosenBy: 'latest', time: '2026-08-09T12:00:00.000Z' },
        atlas: { restoreFinishedAt: '2026-08-10T03:00:01.000Z' },
      });
      const answer = await answerOf(measurements, settings(), context);
      expect(answer.outcome).toBe('wait');
    });
  });

  it('misses a database that the runbook names and nobody has', async () => {
    await withAtlas({ world: world() }, async (rehearsal) => {
      const wanted = settings({ databases: ['shop', 'ghost'], wait: '5m' });
      const answer = await look(wanted, await restore(rehearsal), rehearsal);
      expect(answer).toMatchObject({
        outcome: 'unknown',
        evidence: { unknown: 'ghost (on neither cluster)' },
      });
    });
  });

  it('knows nothing without an instant to compare with, or without processes', async () => {
    await withAtlas({ world: world() }, async (rehearsal) => {
      const context = stepContext(rehearsal);
      expect(await answerOf(measurements, settings(), context)).toMatchObject({ outcome: 'unknown' });
      const job = { ...context.job, dataOf: context.now };
      const source = { project: PRODUCTION, cluster: 'flexible' };
      const answer = await answerOf(measurements, settings(), { ...context, job, source });
      expect(answer.outcome).toBe('unknown');
      expect(answer.message).toContain(`no process that holds data of ${PRODUCTION}/flexible`);
    });
  });
});
