import { expect, it, onTestFinished } from 'vitest';
import { cancelJob } from '../../../core/commands/cancel-job.ts';
import { recordBreakGlass } from '../../../core/commands/start-job.ts';
import type { BreakGlass } from '../../../core/jobs/job.ts';
import type { JobStore } from '../../../core/jobs/store.ts';
import { openRehearsal, runbookText, type Rehearsal } from '../../support/rehearsal.ts';

const NOTIFIED = runbookText({
  notify: '[{ webhook: { url: https://ops.example.com/hook }, on: [started, succeeded, cancelled] }]',
});

async function rehearse(): Promise<Rehearsal> {
  const rehearsal = await openRehearsal();
  onTestFinished(() => rehearsal.close());
  return rehearsal;
}

/** The history of a process that dies before the first event of a type is written: what it wrote before stays. */
function dyingBefore(type: string, jobs: JobStore): JobStore {
  let isDead = false;
  return {
    ...jobs,
    append(jobId, event) {
      if (isDead || event.type !== type) return jobs.append(jobId, event);
      isDead = true;
      return Promise.reject(new Error('The process died.'));
    },
  };
}

async function countOf(type: string, jobId: string, { jobs }: Rehearsal): Promise<number> {
  return (await jobs.timeline(jobId)).filter((event) => event.type === type).length;
}

it('records a message that was sent, and whose process died before it had recorded that', async () => {
  const rehearsal = await rehearse();
  const { jobId } = await rehearsal.start(NOTIFIED);
  const { context } = rehearsal;
  await rehearsal.run(jobId, { context: { ...context, jobs: dyingBefore('notice-sent', context.jobs) } });
  expect(await countOf('notice-sent', jobId, rehearsal)).toBe(2);
});

it('records a request to cancel, also when nobody asks again', async () => {
  const rehearsal = await rehearse();
  const request = { by: 'tester', reason: 'enough' };
  for (const isAskedAgain of [false, true]) {
    const { jobId } = await rehearsal.start(NOTIFIED);
    const dying = dyingBefore('cancel-requested', rehearsal.jobs);
    await expect(cancelJob(jobId, request, dying, rehearsal.clock)).rejects.toThrow('died');
    if (isAskedAgain) await cancelJob(jobId, request, dying, rehearsal.clock);
    else expect((await rehearsal.run(jobId)).status).toBe('CANCELLED');
    expect(await countOf('cancel-requested', jobId, rehearsal)).toBe(1);
    if (isAskedAgain) await rehearsal.run(jobId);
  }
});

it('records that the policy of this process was added to that of the job', async () => {
  const rehearsal = await rehearse();
  const { jobId } = await rehearsal.start(NOTIFIED);
  const policy = { protectedClusters: [], hash: 'a'.repeat(64) };
  const jobs = dyingBefore('policy-applied', rehearsal.context.jobs);
  await rehearsal.run(jobId, { context: { ...rehearsal.context, policy, jobs } });
  expect((await rehearsal.jobs.get(jobId)).policy.hash).toBe(policy.hash);
  expect(await countOf('policy-applied', jobId, rehearsal)).toBe(1);
});

it.each([
  ['that goes on', 'restore', 'SUCCEEDED'],
  ['that is refused', 'drill', 'FAILED'],
])('records that one person alone answers for a job %s', async (_what, kind, status) => {
  const rehearsal = await rehearse();
  const policy = { protectedClusters: [], breakGlass: true };
  const job = await rehearsal.start(runbookText({ kind }), policy);
  const breakGlass: BreakGlass = {
    at: job.createdAt,
    by: { type: 'cli', who: 'tester' },
    cluster: '5e2f1c0a9d3b7a4c8e6f0a02/orders-drill',
    reason: 'The night is short.',
    bypassed: [],
  };
  const broken = await rehearsal.jobs.save({ ...job, breakGlass });
  await expect(recordBreakGlass(broken, dyingBefore('break-glass', rehearsal.jobs))).rejects.toThrow('died');
  expect((await rehearsal.run(job.jobId)).status).toBe(status);
  expect(await countOf('break-glass', job.jobId, rehearsal)).toBe(1);
});
