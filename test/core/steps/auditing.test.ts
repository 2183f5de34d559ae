import { describe, expect, it } from 'vitest';
import { auditing } from '../../../core/steps/auditing.ts';
import { answerOf, DRILLS, PRODUCTION, stepContext, twoProjects, withAtlas } from './checking.ts';

const audited = { enabled: true, filter: '{"atype":"authenticate"}' };

describe('auditing', () => {
  it.each([
    ['both audit the same', audited, { ...audited, filter: '{ "atype": "authenticate" }' }, 'done'],
    ['the source audits nothing', undefined, audited, 'done'],
    ['the target audits nothing', audited, undefined, 'failed'],
    [
      'the target audits something else',
      audited,
      { ...audited, filter: '{"atype":"dropDatabase"}' },
      'failed',
    ],
  ] as const)('where %s', async (_case, source, target, outcome) => {
    const world = twoProjects(
      source === undefined ? {} : { auditing: source },
      target === undefined ? {} : { auditing: target },
    );
    await withAtlas({ world }, async (rehearsal) => {
      const answer = await answerOf(auditing, {}, stepContext(rehearsal));
      expect(answer.outcome).toBe(outcome);
      expect(answer.evidence?.gaps === 'none').toBe(outcome === 'done');
    });
  });

  it.each([
    ['source', PRODUCTION, 'unknown'],
    ['target', DRILLS, 'failed'],
  ])(
    'takes nothing for granted where Atlas leaves out whether the %s audits',
    async (_side, silent, outcome) => {
      const world = twoProjects({ auditing: audited }, { auditing: audited });
      await withAtlas({ world }, async (rehearsal) => {
        const context = stepContext(rehearsal);
        const getGroupAuditLog = async ({ groupId }: { groupId: string }) => {
          const { enabled, ...rest } = await context.atlas.auditing.getGroupAuditLog({ groupId });
          return groupId === silent ? rest : { ...rest, enabled };
        };
        const atlas = { ...context.atlas, auditing: { ...context.atlas.auditing, getGroupAuditLog } };
        expect((await answerOf(auditing, {}, { ...context, atlas })).outcome).toBe(outcome);
      });
    },
  );
});
