import { expect, it } from 'vitest';
import { decideJob, type DecisionRequest } from '../../../core/commands/decide-job.ts';
import { hashedPlan } from '../../../core/jobs/approvals/plan-hash.ts';
import { planOfJob } from '../../../core/jobs/approvals/plan-of-job.ts';
import { JobConflictError } from '../../../core/jobs/errors.ts';
import type { Job } from '../../../core/jobs/job.ts';
import type { JobStore } from '../../../core/jobs/store.ts';
import type { NewEvent, TimelineEvent } from '../../../core/jobs/timeline.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { sampleJob } from '../jobs/sample-job.ts';

const ASKED = '2026-08-10T03:00:00.000Z';

function asking(changes: Partial<Job> = {}): Job {
  const job = sampleJob({ status: 'RUNNING' });
  const question = { number: 1, rule: { count: 1 }, until: '2026-08-10T07:00:00.000Z' };
  const plan = hashedPlan({ jobId: job.jobId, gate: 'job', ...question }, planOfJob(job));
  const request = {
    ...question,
    plan,
    requestedAt: ASKED,
    decisions: [],
  };
  return { ...job, approvals: { job: request }, ...changes } as Job;
}

/** A store of one job that somebody else writes to before each of the first `conflicts` writes. */
function storeOf(first: Job, conflicts = 0, meanwhile: (job: Job) => Job = (job) => job) {
  let stored = first;
  let left = conflicts;
  const events: NewEvent[] = [];
  const jobs = {
    get: () => Promise.resolve(stored),
    save: (job: Job) => {
      if (left > 0) {
        left -= 1;
        stored = meanwhile({ ...stored, version: stored.version + 1 });
      }
      if (job.version !== stored.version) return Promise.reject(new JobConflictError('told'));
      stored = { ...job, version: job.version + 1 };
      return Promise.resolve(stored);
    },
    append: (_jobId: string, event: NewEvent) => {
      events.push(event);
      return Promise.resolve(event as TimelineEvent);
    },
  } as unknown as JobStore;
  return { jobs, events, job: () => stored };
}

function approval({ approvals }: Job, changes: Partial<DecisionRequest> = {}): DecisionRequest {
  return {
    decision: 'approve',
    by: { type: 'cli', who: 'anna' },
    reason: 'looked at it',
    plan: approvals.job?.plan.hash ?? '',
    ...changes,
  };
}

it('writes the decision though the process that runs the job writes at the same moment', async () => {
  const job = asking();
  const store = storeOf(job, 3);
  const decided = await decideJob(job.jobId, approval(job), store.jobs, manualClock());
  expect(decided.approvals.job?.decisions).toMatchObject([{ by: { who: 'anna' } }]);
  expect(store.events.map(({ type }) => type)).toEqual(['approval-given']);
});

it('gives up when somebody else always writes first, and says nothing of it in the timeline', async () => {
  const job = asking();
  const store = storeOf(job, 100);
  await expect(decideJob(job.jobId, approval(job), store.jobs, manualClock())).rejects.toBeInstanceOf(
    JobConflictError,
  );
  expect(store.events).toEqual([]);
});

it('is judged by the job as it is when it is written: one that was cancelled meanwhile asks nobody', async () => {
  const job = asking();
  const cancel = { at: ASKED, by: 'tester', reason: 'wrong night' };
  const store = storeOf(job, 1, (stored) => ({ ...stored, cancel }));
  await expect(decideJob(job.jobId, approval(job), store.jobs, manualClock())).rejects.toMatchObject({
    name: 'ApprovalRefusedError',
    because: 'late',
  });
  expect(store.job().approvals.job?.decisions).toEqual([]);
  expect(store.events.map(({ type }) => type)).toEqual(['approval-refused']);
});

it('never lies before it was asked, though the clock of this machine is behind', async () => {
  const job = asking();
  const store = storeOf(job);
  const behind = manualClock('2026-08-10T02:59:58.000Z');
  const decided = await decideJob(job.jobId, approval(job), store.jobs, behind);
  expect(decided.approvals.job?.decisions[0]?.at).toBe(ASKED);
});

it.each([
  ['that has ended', { status: 'FAILED' as const }, 'late'],
  ['that never asked', { approvals: {} }, 'not-asked'],
])('is refused, and told, of a job %s', async (_what, changes, because) => {
  const job = asking();
  const store = storeOf({ ...job, ...changes });
  await expect(decideJob(job.jobId, approval(job), store.jobs, manualClock())).rejects.toMatchObject({
    because,
  });
  expect(store.events).toMatchObject([{ type: 'approval-refused', data: { because, by: 'anna' } }]);
});
