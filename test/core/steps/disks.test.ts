import { describe, expect, it } from 'vitest';
import { disks, type DisksWith } from '../../../core/steps/disks.ts';
import { pointOf, snapshot } from '../runbooks/fixtures.ts';
import { answerOf, stepContext, twoProjects, withAtlas } from './checking.ts';

const GiB = 1024 ** 3;
const settings = (written: Partial<DisksWith> = {}): DisksWith => disks.with.parse(written);
const ofSize = (gibibytes: number) => ({ recoveryPoint: pointOf(snapshot({ sizeBytes: gibibytes * GiB })) });

describe('disks', () => {
  const world = twoProjects(
    { clusters: [{ name: 'orders', diskGB: 100, usedGB: 60 }] },
    {
      clusters: [
        { name: 'orders-drill', diskGB: 40, usedGB: 18 },
        { name: 'orders-drill-2', diskGB: 10 },
      ],
    },
  );

  it('passes where the snapshot fits into what the target has, once that is erased', async () => {
    await withAtlas({ world }, async (rehearsal) => {
      const answer = await answerOf(disks, settings(), stepContext(rehearsal, ofSize(40)));
      expect(answer).toMatchObject({
        outcome: 'done',
        evidence: {
          partitions: 3,
          roomBytes: 40 * GiB,
          neededBytes: 40 * GiB,
          counted: 'free and used space',
        },
      });
    });
  });

  it.each([
    ['a snapshot larger than the disks', {}, 41],
    ['no room to spare', { spare: 10 }, 37],
    ['too little free space, where only that counts', { count: 'free' }, 23],
  ] as const)('fails with %s', async (_case, written, size) => {
    await withAtlas({ world }, async (rehearsal) => {
      const answer = await answerOf(disks, settings(written), stepContext(rehearsal, ofSize(size)));
      expect(answer.outcome).toBe('failed');
      expect(answer.message).toContain('orders-drill has only room for');
    });
  });

  it('asks Atlas for the measurements of the last hour: older ones say nothing about the room there is', async () => {
    await withAtlas({ world }, async (rehearsal) => {
      const context = stepContext(rehearsal, ofSize(40));
      const windows: number[] = [];
      const monitoring: typeof context.atlas.monitoring = {
        ...context.atlas.monitoring,
        getProcessDiskMeasurements(params) {
          const { start = '', end = '' } = params as { readonly start?: string; readonly end?: string };
          expect(end).toBe(context.now);
          windows.push((Date.parse(end) - Date.parse(start)) / 1000);
          return context.atlas.monitoring.getProcessDiskMeasurements(params);
        },
      };
      await answerOf(disks, settings(), { ...context, atlas: { ...context.atlas, monitoring } });
      expect(new Set(windows)).toEqual(new Set([3600]));
    });
  });

  it('asks for as much as the source holds while no snapshot is chosen', async () => {
    await withAtlas({ world }, async (rehearsal) => {
      const answer = await answerOf(disks, settings(), stepContext(rehearsal));
      expect(answer).toMatchObject({ outcome: 'failed', evidence: { neededBytes: 60 * GiB } });
      expect(answer.message).toContain('/orders needs 60 GiB');
    });
  });

  it('adds up the shards of a sharded cluster', async () => {
    const sharded = { kind: 'sharded', shards: 3, diskGB: 80, usedGB: 36 } as const;
    const of = twoProjects(
      { clusters: [{ name: 'orders', ...sharded }] },
      { clusters: [{ name: 'orders-drill', ...sharded }] },
    );
    await withAtlas({ world: of }, async (rehearsal) => {
      const context = stepContext(rehearsal);
      const answer = await answerOf(disks, settings(), context);
      expect(answer).toMatchObject({
        outcome: 'done',
        evidence: { partitions: 9, roomBytes: 240 * GiB, neededBytes: 36 * GiB },
      });
    });
  });

  it('does not know of room where there is no partition of that name, or no process', async () => {
    await withAtlas({ world }, async (rehearsal) => {
      const context = stepContext(rehearsal, ofSize(1));
      const none = await answerOf(disks, settings({ partitions: ['nvme0n1'] }), context);
      expect(none).toMatchObject({ outcome: 'unknown', evidence: { partitions: 0 } });
      const target = { ...context.target, project: context.source.project, cluster: 'flex' };
      expect(await answerOf(disks, settings(), { ...context, target })).toMatchObject({ outcome: 'unknown' });
    });
  });

  it.each(['none', 'nulls'] as const)(
    'does not take a disk without measurements (%s) for a full one',
    async (kind) => {
      const of = twoProjects({}, { clusters: [{ name: 'orders-drill', measurements: kind }] });
      await withAtlas({ world: of }, async (rehearsal) => {
        const answer = await answerOf(disks, settings(), stepContext(rehearsal, ofSize(1)));
        expect(answer.outcome).toBe('unknown');
        expect(String(answer.evidence?.unmeasured)).toMatch(/:27017 data, .*:27017 data, .*:27017 data/);
      });
    },
  );
});
