import { describe, expect, it } from 'vitest';
import { cancelJob } from '../../core/commands/cancel-job.ts';
import { sideOf } from '../../core/jobs/cutover-record.ts';
import {
  blindAfterRequest,
  openNight,
  runSeeing,
  TARGET,
  type Night,
  type NightOptions,
} from '../support/cutovers.ts';

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
  ])(
    'after %s ends before the cutover, with writes resumed where they were stopped',
    async (event, posted) => {
      const night = await cancelledAfter(event, { parts: { cleanup: CLEANUP } });
      const job = await night.run();
      expect(job).toMatchObject({ status: 'CANCELLED', failure: { name: 'JobCancelledError' } });
      expect(job.failure?.next).toBe('Run the runbook again when you are ready.');
      expect(night.requests()).toBe(0);
      expect(night.posted()).toEqual(posted);
      expect(sideOf(job.cutover)).toBe('before');
      expect(await night.at.jobs.lease(TARGET)).toBeUndefined();
    },
  );

  it('after writes were stopped says what to do when they could not be resumed', async () => {
    const night = await cancelledAfter('writes-stopped', {
      faults: [{ operation: 'inbox', status: 403, after: 1, count: 1 }],
    });
    const job = await night.run();
    expect(job).toMatchObject({ status: 'CANCELLED', failure: { name: 'JobCancelledError' } });
    expect(await night.types()).toContain('writes-not-resumed');
    expect(job.failure?.next).toMatch(/^Let the application write to the source again by hand/);
  });

  it.each([
    ['cutover-accepted', 'cutover-complete', ['stop', 'tidy']],
    ['cutover-complete', 'cutover-complete', ['stop', 'tidy']],
    ['cutover-verified', 'cutover-complete', ['stop', 'tidy']],
    ['writes-switched', 'cutover-complete', ['stop', 'switch', 'tidy']],
    ['snapshot-requested', 'cutover-complete', ['stop', 'switch', 'tidy']],
  ])(
    'after %s follows what Atlas does not take back to its end, and resumes nothing',
    async (event, last, posted) => {
      const night = await cancelledAfter(event, { parts: { cleanup: CLEANUP } });
      const job = await night.run();
      expect(job).toMatchObject({ status: 'CANCELLED', failure: { name: 'JobCancelledError' } });
      expect(job.failure?.changed).toContain(`was cut over into ${TARGET}`);
      expect(job.failure?.next).toContain(
        posted.includes('switch') ? 'the application writes to the target' : 'writes are still stopped',
      );
      expect(await night.types()).toContain(last);
      expect(night.cutovers()).toBe(1);
      expect(night.posted()).toEqual(posted);
      expect(sideOf(job.cutover)).toBe('after');
      expect(await night.at.jobs.lease(TARGET)).toBeUndefined();
    },
  );

  it.each([
    ['carried out', { lostReply: true }, 'after', ['stop']],
    ['never arrived', { reset: true }, 'before', ['stop', 'resume']],
  ])(
    'while it is not known what became of the request, which %s, waits until it is',
    async (_case, fault, side, posted) => {
      const night = await cancelledAfter('cutover-reply-lost', {
        faults: [{ operation: 'cutoverMigration', ...fault }],
      });
      const job = await night.run();
      expect(job).toMatchObject({ status: 'CANCELLED', failure: { name: 'JobCancelledError' } });
      expect(job.failure?.unsure).toBeUndefined();
      expect(job.failure?.next).toContain(side === 'after' ? 'rollback procedure' : 'Run the runbook again');
      expect(night.requests()).toBe(1);
      expect(night.posted()).toEqual(posted);
      expect(sideOf(job.cutover)).toBe(side);
    },
  );

  it('of a migration that then fails tells so, and not to run the runbook again', async () => {
    const night = await cancelledAfter('cutover-accepted', {
      world: { migration: { fails: 'afterCutover' } },
    });
    const job = await night.run();
    expect(job).toMatchObject({ status: 'CANCELLED', cutover: { status: 'FAILED' } });
    expect(job.failure?.changed).toContain('failed during its cutover');
    expect(job.failure?.next).toContain('rollback procedure');
  });

  it('tells to look in Atlas first where what became of the request was never found out', async () => {
    const night = await cancelledAfter('cutover-reply-lost', {
      faults: [{ operation: 'cutoverMigration', lostReply: true }],
    });
    const job = await runSeeing(night, blindAfterRequest(night));
    expect(sideOf(job.cutover)).toBe('unknown');
    expect(job.failure?.next).toMatch(/^Look at live migration .*: writes are still stopped\.$/);
  });
});
