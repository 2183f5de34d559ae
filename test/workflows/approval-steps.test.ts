import { describe, expect, it } from 'vitest';
import { cancelJob } from '../../core/commands/cancel-job.ts';
import { openRequest } from '../../core/jobs/approvals/open-request.ts';
import { erasing, openAsking, TARGET } from '../support/approving.ts';
import { runbookText } from '../support/rehearsal.ts';

const UNPROTECTED = { protectedClusters: [] };

/** A list with one step that asks people. */
function asking({ onFailure = 'stop', timeout = '2h' }: Record<string, string> = {}): string {
  const settings = { prompt: 'The order service is read-only.' };
  return `[{ name: quiet, use: approval, timeout: ${timeout}, onFailure: ${onFailure}, with: ${JSON.stringify(settings)} }]`;
}

describe('a step that asks people', () => {
  it('is done with their approval, and tells them what is about to be erased', async () => {
    const opened = await openAsking(runbookText({ before: asking() }), {}, UNPROTECTED);
    const { at, jobId } = opened;
    at.when('approval-wanted', async () => {
      expect(at.simulator.restoreJobCount()).toBe(0);
      await opened.say('anna');
    });
    const job = await at.run(jobId);
    expect(job.failure).toBeUndefined();
    expect(job).toMatchObject({ status: 'SUCCEEDED', phases: { restore: {} } });
    expect(job.phases.approval).toBeUndefined();
    expect(job.steps['before/quiet']).toMatchObject({
      status: 'done',
      message: 'anna approved it: looked at it.',
      evidence: { decisions: 1 },
    });
    expect(job.approvals['before/quiet']).toMatchObject({
      outcome: 'approved',
      plan: { action: 'The order service is read-only.', erases: TARGET },
    });
    expect(await opened.types()).toContain('step-done');
  });

  it.each(['ready', 'before', 'verify', 'after', 'cleanup'])('has its place in %s', async (stage) => {
    const opened = await openAsking(runbookText({ [stage]: asking() }), {}, UNPROTECTED);
    opened.at.when('approval-wanted', async () => {
      await opened.say('anna');
    });
    const job = await opened.at.run(opened.jobId);
    expect(job.status).toBe('SUCCEEDED');
    expect(job.steps[`${stage}/quiet`]?.status).toBe('done');
  });

  it('fails the job when one says no', async () => {
    const opened = await openAsking(runbookText({ ready: asking() }), {}, UNPROTECTED);
    opened.at.when('approval-wanted', async () => {
      await opened.say('anna', { decision: 'reject', reason: 'it still writes' });
    });
    const job = await opened.at.run(opened.jobId);
    expect(job.failure?.name).toBe('StepFailedError');
    expect(job.failure?.message).toContain('anna said no: it still writes.');
    expect(opened.at.simulator.restoreJobCount()).toBe(0);
  });

  it('takes silence for a no after its timeout, and waits no longer', async () => {
    const opened = await openAsking(runbookText({ before: asking({ timeout: '90m' }) }), {}, UNPROTECTED);
    const job = await opened.at.run(opened.jobId);
    expect(job.failure?.name).toBe('StepTimeoutError');
    expect(job.failure?.message).toContain('Silence means no.');
    expect(job.failure?.next).toContain('from those who are asked');
    expect(job.steps['before/quiet']).toMatchObject({ status: 'failed', seconds: 5400, timedOut: true });
    expect(opened.at.simulator.restoreJobCount()).toBe(0);
  });

  it('lets the job go on without an answer where the runbook only warns', async () => {
    const text = runbookText({ before: asking({ onFailure: 'warn', timeout: '10m' }) });
    const opened = await openAsking(text, {}, UNPROTECTED);
    const job = await opened.at.run(opened.jobId);
    expect(job.status).toBe('SUCCEEDED');
    expect(job.steps['before/quiet']?.status).toBe('warned');
  });

  it('is bound to its own gate: an approval of the job is none of the step', async () => {
    const opened = await openAsking(erasing({ before: asking() }));
    const { at, jobId } = opened;
    let first = '';
    at.when('approval-wanted', async () => {
      first = (await opened.say('anna')).approvals.job?.plan.hash ?? '';
    });
    at.when('approval-approved', () => {
      at.when('approval-wanted', async () => {
        const open = openRequest(await at.jobs.get(jobId));
        expect(open?.gate).toBe('before/quiet');
        await expect(opened.say('anna', { plan: first })).rejects.toMatchObject({ because: 'other-plan' });
        await opened.say('anna');
      });
      return Promise.resolve();
    });
    const job = await at.run(jobId);
    expect(job.status).toBe('SUCCEEDED');
    expect(Object.keys(job.approvals)).toEqual(['job', 'before/quiet']);
  });

  it('of the clean-up still asks after the job was cancelled, and sleeps while it does', async () => {
    const opened = await openAsking(runbookText({ cleanup: asking({ timeout: '30m' }) }), {}, UNPROTECTED);
    const { at, jobId } = opened;
    at.when('restore-started', async () => {
      await cancelJob(jobId, { by: 'tester', reason: 'wrong night' }, at.jobs, at.clock);
    });
    at.when('approval-wanted', async () => {
      await opened.say('anna');
    });
    const job = await at.run(jobId);
    expect(job.status).toBe('CANCELLED');
    expect(job.steps['cleanup/quiet']?.status).toBe('done');
  });

  it('of the clean-up sleeps its time in one piece when nobody answers a job that was cancelled', async () => {
    const opened = await openAsking(runbookText({ cleanup: asking({ timeout: '30m' }) }), {}, UNPROTECTED);
    const { at, jobId } = opened;
    at.when('approval-wanted', async () => {
      await cancelJob(jobId, { by: 'tester', reason: 'wrong night' }, at.jobs, at.clock);
    });
    const job = await at.run(jobId);
    expect(job.steps['cleanup/quiet']).toMatchObject({ status: 'failed', timedOut: true });
    expect(at.clock.sleeps.filter((seconds) => seconds >= 1800)).toEqual([1800]);
  });
});
