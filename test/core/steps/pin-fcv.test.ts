import { describe, expect, it } from 'vitest';
import { pinFcv } from '../../../core/steps/pin-fcv.ts';
import { pinnedUntil } from '../../../core/steps/shared/version-pin.ts';
import type { Rehearsal } from '../../support/rehearsal.ts';
import { carryOut, changesOf, loseReply, READER } from './changing.ts';
import { DRILLS, stepContext, twoProjects, withAtlas } from './checking.ts';

const world = twoProjects();
const settings = pinFcv.with.parse({ for: '2d' });
const UNTIL = '2026-08-12T03:00:00.000Z';
const pinOf = ({ atlas }: Rehearsal) => pinnedUntil({ project: DRILLS, cluster: 'orders-drill' }, atlas);

describe('pin-fcv', () => {
  it('pins the version for as long as the runbook says', async () => {
    await withAtlas({ world }, async (rehearsal) => {
      const answer = await carryOut(pinFcv, settings, rehearsal);
      expect(answer).toMatchObject({ outcome: 'done', evidence: { until: UNTIL } });
      expect(await pinOf(rehearsal)).toBe(Date.parse(UNTIL));
    });
  });

  it('says when it was pinned already, and only moves the end of another pin', async () => {
    await withAtlas({ world }, async (rehearsal) => {
      const context = stepContext(rehearsal);
      await carryOut(pinFcv, settings, rehearsal, context);
      const same = await carryOut(pinFcv, settings, rehearsal, context);
      expect(same).toMatchObject({ outcome: 'done', evidence: { already: true } });
      const longer = await carryOut(pinFcv, pinFcv.with.parse({ for: '4d' }), rehearsal, context);
      expect(longer.message).toContain(`it was pinned before, until ${UNTIL}`);
      expect(changesOf(rehearsal)).toHaveLength(2);
    });
  });

  it('changes nothing when the end of a pin cannot be read', async () => {
    await withAtlas({ world }, async (rehearsal) => {
      const context = stepContext(rehearsal);
      const clusters = {
        ...rehearsal.atlas.clusters,
        getCluster: async (path: { groupId: string; clusterName: string }) => ({
          ...(await rehearsal.atlas.clusters.getCluster(path)),
          featureCompatibilityVersionExpirationDate: 'soon',
        }),
      };
      const atlas = { ...rehearsal.atlas, clusters };
      const answer = await pinFcv.send?.(settings, { ...context, atlas });
      expect(answer).toMatchObject({ outcome: 'unknown' });
      expect(changesOf(rehearsal)).toEqual([]);
    });
  });

  it('pins once though the reply is lost', async () => {
    await withAtlas({ world, ...loseReply('pinFeatureCompatibilityVersion') }, async (rehearsal) => {
      const answer = await carryOut(pinFcv, settings, rehearsal);
      expect(answer).toMatchObject({ outcome: 'done', evidence: { until: UNTIL, already: true } });
      expect(changesOf(rehearsal)).toHaveLength(1);
    });
  });

  it('names the role that is missing', async () => {
    await withAtlas({ world: { ...world, ...READER } }, async (rehearsal) => {
      const answer = await carryOut(pinFcv, settings, rehearsal);
      expect(answer).toMatchObject({ outcome: 'failed' });
      expect(answer.message).toContain('Project Owner');
    });
  });

  it('takes four weeks and no longer', () => {
    expect(pinFcv.with.safeParse({ for: '4w' }).success).toBe(true);
    expect(pinFcv.with.safeParse({ for: '29d' }).success).toBe(false);
    expect(pinFcv.with.safeParse({}).success).toBe(false);
  });

  it('reaches Atlas with the full four weeks', async () => {
    await withAtlas({ world }, async (rehearsal) => {
      const answer = await carryOut(pinFcv, pinFcv.with.parse({ for: '4w' }), rehearsal);
      expect(answer).toMatchObject({ outcome: 'done' });
    });
  });
});
