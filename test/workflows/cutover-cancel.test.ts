import { describe, expect, it } from 'vitest';
import { cancelJob } from '../../core/commands/cancel-job.ts';
import { sideOf } from '../../core/jobs/cutover-record.ts';
import { openNight, TARGET, type Night, type NightOptions } from '../support/cutovers.ts';

/** A night that somebody cancels right after an event. */
async function cancelledAfter(event: string, options: NightOptions = {}): Promise<Night> {
  const night = await openNight(options);
  const { at, jobId } = night;
  at.when(event, async () => {
    await cancelJob(jobId, { by: 'ben', reason: 'not tonight' }, at.jobs, at.clock);
  });
  return night;
}

const CLEANUP = '[{ name: tidy, use: webhook, with: { url: https://shop.example.com/tidy } }]';

describe('a cancel', () => {
  it.each([
    ['job-started', []],
    ['guards-passed', []],
    ['migration-ready', []],
    ['approval-approved', ['tidy']],
    ['writes-stopped', ['stop', 'resume', 'tidy']],
    ['lag-low', ['stop', 'resume', 'tidy']],
  ])('after %s ends before the cutover, with writes resumed where they were stopped', async (event, posted) => {
    const night = await cancelledAfter(event, { parts: { cleanup: CLEANUP } });
    const job = await night.run();
    expect(job).toMatchObject({ status: 'CANCELLED', failure: { name: 'JobCancelledError' } });
    expect(night.requests()).toBe(0);
    expect(night.posted()).toEqual(posted);
    expect(sideOf(job.cutover)).toBe('before');
    expect(await night.at.jobs.lease(TARGET)).toBeUndefined();
  });

  it.each([
    ['cutover-accepted', 'cutover-complete', ['stop', 'tidy']],
    ['cutover-complete', 'cutover-complete', ['stop', 'tidy']],
    ['cutover-verified', 'cutover-complete', ['stop', 'tidy']],
    ['writes-switched', 'cutover-complete', ['stop', 'switch', 'tidy']],
    ['snapshot-requested', 'cutover-complete', ['stop', 'switch', 'tidy']],
  ])('after %s follows what Atlas does not take back to its end, and resumes nothing', async (event, last, posted) => {
    const night = await cancelledAfter(event, { parts: { cleanup: CLEANUP } });
    const job = await night.run();
    expect(job).toMatchObject({ status: 'CANCELLED', failure: { name: 'JobCancelledError' } });
    expect(job.failure?.changed).toContain(`was cut over into ${TARGET}`);
    expect(await night.types()).toContain(last);
    expect(night.cutovers()).toBe(1);
    expect(night.posted()).toEqual(posted);
    expect(sideOf(job.cutover)).toBe('after');
    expect(await night.at.jobs.lease(TARGET)).toBeUndefined();
  });

  it.each([
    ['carried out', { lostReply: true }, 'after', ['stop']],
    ['never arrived', { reset: true }, 'before', ['stop', 'resume']],
  ])('while it is not known what became of the request, which %s, waits until it is', async (_case, fault, side, posted) => {
    const night = await cancelledAfter('cutover-reply-lost', {
      faults: [{ operation: 'cutoverMigration', ...fault }],
    });
    const job = await night.run();
    expect(job).toMatchObject({ status: 'CANCELLED', failure: { name: 'JobCancelledError' } });
    expect(job.failure?.unsure).toBeUndefined();
    expect(night.requests()).toBe(1);
    expect(night.posted()).toEqual(posted);
    expect(sideOf(job.cutover)).toBe(side);
  });
});
