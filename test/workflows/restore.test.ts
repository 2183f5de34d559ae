import { afterEach, describe, expect, it } from 'vitest';
import { verifyChain } from '../../core/jobs/chain.ts';
import type { Job } from '../../core/jobs/job.ts';
import { openRehearsal, runbookText, type Rehearsal, type RehearsalOptions } from '../support/rehearsal.ts';

let rehearsal: Rehearsal | undefined;

async function open(options: RehearsalOptions = {}): Promise<Rehearsal> {
  rehearsal = await openRehearsal(options);
  return rehearsal;
}

afterEach(async () => {
  await rehearsal?.close();
  rehearsal = undefined;
});

async function play(text: string, options: RehearsalOptions = {}): Promise<{ job: Job; at: Rehearsal }> {
  const at = await open(options);
  const { jobId } = await at.start(text);
  return { job: await at.run(jobId), at };
}

async function eventTypes(at: Rehearsal, jobId: string): Promise<string[]> {
  return (await at.jobs.timeline(jobId)).map((event) => event.type);
}

describe('a drill', () => {
  it('restores, verifies, records and reports', async () => {
    const { job, at } = await play(runbookText());

    expect(job.failure).toBeUndefined();
    expect(job).toMatchObject({ status: 'SUCCEEDED', verdict: 'passed' });
    expect(at.simulator.restoreJobs().map(({ id }) => id)).toEqual([job.atlas.restoreJobId]);
    expect(job.rtoSeconds).toBeGreaterThan(60);
    expect(job.rpoSeconds).toBeGreaterThan(0);
    expect(job.guards.map(({ outcome }) => outcome)).not.toContain('fail');
    expect(job.checks.map(({ name, outcome }) => [name, outcome])).toEqual([
      ['restore-job-finished', 'pass'],
      ['target-idle', 'pass'],
      ['no-other-restore', 'pass'],
      ['restore-event', 'pass'],
      ['no-new-alert', 'pass'],
    ]);
    expect(await eventTypes(at, job.jobId)).toEqual([
      'job-started',
      'guards-passed',
      'recovery-point-chosen',
      'guards-passed',
      'restore-started',
      'restore-finished',
      'restore-verified',
      'job-succeeded',
    ]);
    const timeline = await at.jobs.timeline(job.jobId);
    expect(verifyChain(timeline)).toMatchObject({ ok: true, count: 8 });
    expect(at.reports).toHaveLength(1);
    expect(at.reports[0]).toMatchObject({ jobId: job.jobId, chain: { lastHash: timeline.at(-1)?.hash } });
    expect(await at.jobs.lease('5e2f1c0a9d3b7a4c8e6f0a02/orders-drill')).toBeUndefined();
  });

  it.each([
    ['a sharded cluster', 'events', 'events-drill'],
    ['a flex cluster', 'sessions', 'sessions-drill'],
  ])('restores %s', async (_kind, source, target) => {
    const { job, at } = await play(
      runbookText({
        source: `{ project: 5e2f1c0a9d3b7a4c8e6f0a01, cluster: ${source} }`,
        target: `{ project: 5e2f1c0a9d3b7a4c8e6f0a02, cluster: ${target} }`,
      }),
    );
    expect(job.failure).toBeUndefined();
    expect(job).toMatchObject({ status: 'SUCCEEDED', verdict: 'passed' });
    expect(at.simulator.restoreJobCount()).toBe(1);
  });
});
