import { describe, expect, it } from 'vitest';
import { pinFcv } from '../../../core/steps/pin-fcv.ts';
import { unpinFcv } from '../../../core/steps/unpin-fcv.ts';
import { pinnedUntil } from '../../../core/steps/shared/version-pin.ts';
import type { Rehearsal } from '../../support/rehearsal.ts';
import { carryOut, changesOf, loseReply, READER } from './changing.ts';
import { DRILLS, stepContext, twoProjects, withAtlas } from './checking.ts';

const world = twoProjects();
const settings = pinFcv.with.parse({ for: '2d' });
const pinOf = ({ atlas }: Rehearsal) => pinnedUntil({ project: DRILLS, cluster: 'orders-drill' }, atlas);

describe('unpin-fcv', () => {
  it('unpins the version, and says when it was not pinned', async () => {
    await withAtlas({ world }, async (rehearsal) => {
      await carryOut(pinFcv, settings, rehearsal);
      const first = await carryOut(unpinFcv, {}, rehearsal);
      expect(first.message).toContain('is no longer pinned');
      expect(await pinOf(rehearsal)).toBeUndefined();
      const second = await carryOut(unpinFcv, {}, rehearsal);
      expect(second).toMatchObject({ outcome: 'done', evidence: { already: true } });
      expect(changesOf(rehearsal)).toHaveLength(2);
    });
  });

  it('undoes nothing that the job was to do and never sent', async () => {
    await withAtlas({ world }, async (rehearsal) => {
      await carryOut(pinFcv, settings, rehearsal);
      const context = stepContext(rehearsal);
      const planned = { use: 'pin-fcv', with: {}, sent: false };
      const job = { ...context.job, before: [planned] };
      const answer = await unpinFcv.send?.({}, { ...context, job });
      expect(answer?.outcome).toBe('done');
      expect(answer?.message).toContain('nothing to undo');
      expect(await pinOf(rehearsal)).toBeDefined();
      const sent = { ...job, before: [{ ...planned, sent: true }] };
      const undone = await unpinFcv.send?.({}, { ...context, job: sent });
      expect(undone?.message).not.toContain('nothing to undo');
      expect(await pinOf(rehearsal)).toBeUndefined();
    });
  });

  it('unpins once though the reply is lost', async () => {
    await withAtlas({ world, ...loseReply('unpinFeatureCompatibilityVersion') }, async (rehearsal) => {
      await carryOut(pinFcv, settings, rehearsal);
      const answer = await carryOut(unpinFcv, {}, rehearsal);
      expect(answer).toMatchObject({ outcome: 'done', evidence: { already: true } });
      expect(changesOf(rehearsal)).toHaveLength(2);
    });
  });

  it('names the role that is missing', async () => {
    const forbidden = {
      operation: 'unpinFeatureCompatibilityVersion',
      status: 403,
      errorCode: 'USER_UNAUTHORIZED',
    };
    await withAtlas({ world, faults: [forbidden] }, async (rehearsal) => {
      await carryOut(pinFcv, settings, rehearsal);
      const answer = await carryOut(unpinFcv, {}, rehearsal);
      expect(answer).toMatchObject({ outcome: 'failed' });
      expect(answer.message).toContain('Project Owner');
    });
  });

  it('may look but not change: what is not pinned needs no right to unpin it', async () => {
    await withAtlas({ world: { ...world, ...READER } }, async (rehearsal) => {
      expect(await carryOut(unpinFcv, {}, rehearsal)).toMatchObject({ outcome: 'done' });
    });
  });
});
