import { describe, expect, it } from 'vitest';
import { verifyChain } from '../../core/jobs/chain.ts';
import { TASKS } from '../../core/tasks/tasks.ts';
import { openRehearsal, runbookText, type Rehearsal } from '../support/rehearsal.ts';
import { doomed, type CrashPoint } from './crashing.ts';
import { twice, twiceAtOnce } from './deliveries.ts';

const SCENARIOS = {
  'a drill': runbookText(),
  'a drill with a fresh snapshot': runbookText({ recoveryPoint: '{ fresh: {} }' }),
  'a flex drill': runbookText({
    source: '{ project: 5e2f1c0a9d3b7a4c8e6f0a01, cluster: sessions }',
    target: '{ project: 5e2f1c0a9d3b7a4c8e6f0a02, cluster: sessions-drill }',
  }),
} as const;

/** What must hold once a job has ended, whatever happened on the way. */
async function expectOneRestore(at: Rehearsal, jobId: string): Promise<void> {
  const job = await at.jobs.get(jobId);
  const timeline = await at.jobs.timeline(jobId);
  expect(job.failure).toBeUndefined();
  expect(job).toMatchObject({ status: 'SUCCEEDED', verdict: 'passed' });
  expect(at.simulator.restoreJobs().map(({ id }) => id)).toEqual([job.atlas.restoreJobId]);
  expect(verifyChain(timeline)).toMatchObject({ ok: true });
  const types = timeline.map(({ type }) => type);
  for (const milestone of [
    'job-started',
    'recovery-point-chosen',
    'restore-started',
    'restore-finished',
    'job-succeeded',
  ]) {
    expect(types.filter((type) => type === milestone)).toEqual([milestone]);
  }
  expect(at.reports.at(-1)).toMatchObject({ status: 'SUCCEEDED', chain: { intact: true } });
  expect(await at.jobs.lease('5e2f1c0a9d3b7a4c8e6f0a02/orders-drill')).toBeUndefined();
}

async function countChanges(text: string): Promise<readonly string[]> {
  const at = await openRehearsal();
  try {
    const { jobId } = await at.start(text);
    const living = doomed(at.context);
    await at.run(jobId, { context: living.context });
    return living.changes;
  } finally {
    await at.close();
  }
}

async function crashAndResume(text: string, point: CrashPoint): Promise<void> {
  const at = await openRehearsal();
  try {
    const { jobId } = await at.start(text);
    const process = doomed(at.context, point);
    await Promise.race([at.run(jobId, { context: process.context }), process.dead]);
    await at.run(jobId);
    await expectOneRestore(at, jobId);
  } finally {
    await at.close();
  }
}

describe.each(Object.entries(SCENARIOS))('%s', (_name, text) => {
  it('killed before and after every change it makes, and resumed, restores exactly once', async () => {
    const changes = await countChanges(text);
    expect(changes.length).toBeGreaterThan(15);
    for (let change = 1; change <= changes.length; change += 1) {
      await crashAndResume(text, { change, side: 'before' });
      await crashAndResume(text, { change, side: 'after' });
    }
  }, 240_000);

  it.each([
    ['twice, one after the other', twice],
    ['twice at the same time', twiceAtOnce],
  ])('with every task delivered %s restores exactly once', async (_way, deliver) => {
    const at = await openRehearsal();
    try {
      const { jobId } = await at.start(text);
      const tasks = Object.fromEntries(Object.entries(TASKS).map(([name, task]) => [name, deliver(task)]));
      await at.run(jobId, { tasks });
      await expectOneRestore(at, jobId);
    } finally {
      await at.close();
    }
  });
});
