import { describe, expect, it } from 'vitest';
import { events } from '../../../core/steps/events.ts';
import { runbookText } from '../../support/rehearsal.ts';
import { answerOf, stepContext, withAtlas } from './checking.ts';

describe('events', () => {
  it("puts the events of the job's time on both clusters into the evidence, oldest first", async () => {
    await withAtlas({}, async (rehearsal) => {
      const before = stepContext(rehearsal);
      const { jobId } = await rehearsal.start(runbookText());
      await rehearsal.run(jobId);
      const context = { ...before, now: new Date(rehearsal.clock.now()).toISOString() };
      const answer = await answerOf(events, {}, context);
      expect(answer.outcome).toBe('done');
      const told = Object.entries(answer.evidence ?? {}).filter(([key]) => key.startsWith('event '));
      expect(told.length).toBeGreaterThan(0);
      expect(told).toHaveLength(Math.min(20, Number(answer.evidence?.events)));
      const texts = told.map(([, text]) => String(text));
      expect(texts.some((text) => /^2026-\S+ CPS_RESTORE_SUCCESSFUL orders(-drill)?$/.test(text))).toBe(true);
      const instants = texts.map((text) => Date.parse(text.split(' ')[0] ?? ''));
      expect(instants).toEqual([...instants].sort((a, b) => a - b));
      expect(Math.min(...instants)).toBeGreaterThanOrEqual(Date.parse(context.job.createdAt) - 1000);
    });
  });

  it('keeps to the types that are asked for, and finding none is no fault', async () => {
    await withAtlas({}, async (rehearsal) => {
      const answer = await answerOf(events, { types: ['CLUSTER_DELETED'] }, stepContext(rehearsal));
      expect(answer).toMatchObject({ outcome: 'done', evidence: { events: 0 } });
    });
  });
});
