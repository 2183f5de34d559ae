import { expect, it } from 'vitest';
import { cancelJob } from '../../../core/commands/cancel-job.ts';
import { JobConflictError } from '../../../core/jobs/errors.ts';
import type { JobStore } from '../../../core/jobs/store.ts';
import type { Task } from '../../../core/tasks/context.ts';
import { amend } from '../../../core/tasks/amend.ts';
import { TASKS } from '../../../core/tasks/tasks.ts';
import { erasing, openAsking, type Asking } from '../../support/approving.ts';
import { openRehearsal, runbookText } from '../../support/rehearsal.ts';
import { asRestore } from '../../support/restores.ts';

/** The history, into which somebody else writes just before each of the first `writes` of a task. */
function raced(jobs: JobStore, writes: number, other: () => Promise<unknown>): JobStore {
  let left = writes;
  return {
    ...jobs,
    save: async (job) => {
      if (left > 0) {
        left -= 1;
        await other();
      }
      return jobs.save(job);
    },
  };
}

async function touch(jobs: JobStore, jobId: string): Promise<void> {
  await jobs.save(await jobs.get(jobId));
}

/** A job whose people have been asked. */
async function asked(): Promise<Asking> {
  const asking = await openAsking(erasing());
  const { at, jobId } = asking;
  for (const name of ['OpenJob', 'CheckTarget', 'ChooseRecoveryPoint', 'CheckRecoveryPoint'] as const)
    await TASKS[name]({ jobId }, at.context);
  expect(await TASKS.CheckApproval({ jobId }, at.context)).toMatchObject({ next: 'ask' });
  return asking;
}

it('an approval that is written while AwaitDecision keeps its token is found, and the token is kept', async () => {
  const { at, jobId, ...people } = await asked();
  const jobs = raced(at.jobs, 1, () => people.say('approver'));
  const way = await TASKS.AwaitDecision({ jobId, taskToken: 'a-token' }, { ...at.context, jobs });
  expect(way.next).toBe('go');
  expect((await at.jobs.get(jobId)).taskToken).toBe('a-token');
});

it('an approval that is written while people are asked is not lost', async () => {
  const { at, jobId, ...people } = await asked();
  await people.say('approver');
  const jobs = raced(at.jobs, 3, () => touch(at.jobs, jobId));
  expect(await TASKS.CheckApproval({ jobId }, { ...at.context, jobs })).toMatchObject({ next: 'go' });
});

it.each(['OpenJob', 'CheckTarget', 'ChooseRecoveryPoint', 'CheckRecoveryPoint', 'CloseJob'] as const)(
  '%s writes what it found, though somebody else writes the job at the same moment',
  async (name) => {
    const at = await openRehearsal();
    try {
      const { jobId } = await at.start(runbookText());
      for (const before of ['OpenJob', 'CheckTarget', 'ChooseRecoveryPoint'] as const) {
        if (before === name) break;
        await TASKS[before]({ jobId }, at.context);
      }
      const { version } = await at.jobs.get(jobId);
      const jobs = raced(at.jobs, 2, () => touch(at.jobs, jobId));
      const task: Task = TASKS[name];
      await task({ jobId }, { ...at.context, jobs });
      // The two writes of somebody else, and those of the task.
      expect((await at.jobs.get(jobId)).version).toBeGreaterThan(version + 2);
    } finally {
      await at.close();
    }
  },
);

it('a task that loses every time leaves it to the workflow to try again later', async () => {
  const { at, jobId } = await asked();
  const jobs = raced(at.jobs, Infinity, () => touch(at.jobs, jobId));
  const lost = TASKS.AwaitDecision({ jobId, taskToken: 'a-token' }, { ...at.context, jobs });
  await expect(lost).rejects.toMatchObject({
    name: 'RetryableTaskError',
    cause: expect.any(JobConflictError) as unknown,
  });
});

it('the id of a restore that Atlas has just begun is kept, though somebody cancels the job at that moment', async () => {
  const at = await openRehearsal();
  try {
    const { jobId } = await at.start(runbookText());
    for (const name of ['OpenJob', 'CheckTarget', 'ChooseRecoveryPoint', 'CheckRecoveryPoint'] as const)
      await TASKS[name]({ jobId }, at.context);
    let isCancelled = false;
    const jobs: JobStore = {
      ...at.jobs,
      save: async (job) => {
        if (!isCancelled && asRestore(job).atlas.restoreJobId !== undefined) {
          isCancelled = true;
          await cancelJob(jobId, { by: 'tester', reason: 'wrong night' }, at.jobs, at.clock);
        }
        return at.jobs.save(job);
      },
    };
    await TASKS.StartRestore({ jobId }, { ...at.context, jobs });
    const job = asRestore(await at.jobs.get(jobId));
    expect(job.cancel).toMatchObject({ by: 'tester' });
    expect(job.atlas.restoreJobId).toMatch(/^[0-9a-f]{24}$/);
    expect(await at.jobs.timeline(jobId)).toContainEqual(
      expect.objectContaining({ type: 'restore-started' }),
    );
  } finally {
    await at.close();
  }
});

it('what was seen too late changes nothing of a job that another process has closed meanwhile', async () => {
  const at = await openRehearsal();
  try {
    const { jobId } = await at.start(runbookText());
    const job = asRestore(await at.jobs.get(jobId));
    const closed = await at.jobs.save({ ...job, status: 'FAILED', verdict: 'failed' });
    const seen = await amend(job, (current) => ({ ...current, restoreAttempts: 9 }), at.context);
    expect(seen).toEqual(closed);
    expect(await at.jobs.get(jobId)).toEqual(closed);
  } finally {
    await at.close();
  }
});
