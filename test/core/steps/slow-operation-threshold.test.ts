import { describe, expect, it } from 'vitest';
import { slowOperationThreshold } from '../../../core/steps/slow-operation-threshold.ts';
import { changesOf } from './changing.ts';
import { DRILLS, PRODUCTION, stepContext, twoProjects, withAtlas } from './checking.ts';

const world = twoProjects();

describe('slow-operation-threshold', () => {
  it('is switched on in the project of the target', async () => {
    await withAtlas({ world }, async (rehearsal) => {
      const answer = await slowOperationThreshold.send?.({}, stepContext(rehearsal));
      expect(answer).toMatchObject({ outcome: 'done', evidence: { project: DRILLS } });
    });
  });

  it('of a download is never switched on in the source unless the runbook says so', async () => {
    await withAtlas({ world }, async (rehearsal) => {
      const { target, ...download } = stepContext(rehearsal);
      expect(target).toBeDefined();
      const answer = await slowOperationThreshold.send?.({}, download);
      expect(answer?.outcome).toBe('failed');
      expect(answer?.message).toContain('no target');
      expect(changesOf(rehearsal)).toEqual([]);
      const named = await slowOperationThreshold.send?.({ project: PRODUCTION }, download);
      expect(named).toMatchObject({ outcome: 'done', evidence: { project: PRODUCTION } });
    });
  });
});
