import { describe, expect, it } from 'vitest';
import { supportAccess } from '../../../core/steps/support-access.ts';
import { carryOut, changesOf, loseReply, READER } from './changing.ts';
import { stepContext, twoProjects, withAtlas } from './checking.ts';

const world = twoProjects();
const access = 'CLUSTER_DATABASE_LOGS';
const settings = (more: object = {}) => supportAccess.with.parse({ access, ...more });
const NOW = '2026-08-10T03:00:00.000Z';
/** The job may take 24 hours and began an hour ago. */
const began = { startedAt: '2026-08-10T02:00:00.000Z' };
const DEADLINE = '2026-08-11T02:00:00.000Z';

describe('support-access', () => {
  it('lasts as long as the runbook says, within the deadline of the job', async () => {
    await withAtlas({ world }, async (rehearsal) => {
      const answer = await carryOut(supportAccess, settings({ for: '4h' }), rehearsal);
      expect(answer).toMatchObject({
        outcome: 'done',
        evidence: { access, until: '2026-08-10T07:00:00.000Z', cutToDeadline: false },
      });
      expect(changesOf(rehearsal)).toEqual(['grantMongoEmployeeAccess']);
    });
  });

  it.each([
    ['is cut to the deadline', { for: '3d' }, DEADLINE, true],
    ['ends at the deadline when nothing is said', {}, DEADLINE, false],
    ['goes beyond it only when it may', { for: '3d', beyondJob: true }, '2026-08-13T03:00:00.000Z', false],
  ])('%s', async (_what, more, until, cutToDeadline) => {
    await withAtlas({ world }, async (rehearsal) => {
      const context = stepContext(rehearsal, began);
      const answer = await carryOut(supportAccess, settings(more), rehearsal, context);
      expect(answer).toMatchObject({ outcome: 'done', evidence: { until, cutToDeadline } });
      expect(answer.message).toContain(cutToDeadline ? 'the deadline of the job' : until);
    });
  });

  it('lets nobody in when the time is over', async () => {
    await withAtlas({ world }, async (rehearsal) => {
      const context = stepContext(rehearsal, { startedAt: '2026-08-09T02:00:00.000Z' });
      const answer = await carryOut(supportAccess, settings({ for: '4h' }), rehearsal, context);
      expect(answer.outcome).toBe('failed');
      expect(changesOf(rehearsal)).toEqual([]);
    });
  });

  it('ends at the same time though the reply is lost and it is sent again', async () => {
    await withAtlas({ world, ...loseReply('grantMongoEmployeeAccess') }, async (rehearsal) => {
      const answer = await carryOut(supportAccess, settings({ for: '4h' }), rehearsal);
      expect(Date.parse(NOW)).toBeLessThan(rehearsal.clock.now());
      expect(answer).toMatchObject({ outcome: 'done', evidence: { until: '2026-08-10T07:00:00.000Z' } });
    });
  });

  it('names the role that is missing', async () => {
    await withAtlas({ world: { ...world, ...READER } }, async (rehearsal) => {
      const answer = await carryOut(supportAccess, settings(), rehearsal);
      expect(answer).toMatchObject({ outcome: 'failed' });
      expect(answer.message).toContain('Project Support Access Manager');
    });
  });

  it('needs an end of its own to go beyond the job', () => {
    const { error } = supportAccess.with.safeParse({ access, beyondJob: true });
    expect(error?.issues.map(({ path }) => path)).toEqual([['for']]);
  });
});
