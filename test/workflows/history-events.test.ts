import { describe, expect, it, onTestFinished } from 'vitest';
import type { AtlasClient } from '../../core/atlas/client.ts';
import type { Task } from '../../core/tasks/context.ts';
import { TASKS } from '../../core/tasks/tasks.ts';
import { workflowOf, type Job } from '../../core/jobs/job.ts';
import { readWorkflow } from '../../workflows/workflow.ts';
import { enteredHere } from '../deploy/states.ts';
import { erasing, openAsking } from '../support/approving.ts';
import { openNight } from '../support/cutovers.ts';
import { historyEvents, MOST_HISTORY_EVENTS } from '../support/history-events.ts';
import { memoryJobs } from '../support/memory-jobs.ts';
import { unchangingAtlas } from '../support/unchanging-atlas.ts';
import { openRehearsal, runbookText, worldWith, type Rehearsal } from '../support/rehearsal.ts';

const DAY = 86_400;
const WEEK = 7 * DAY;
const LIMITS = '{ job: 9d, restore: 8d }';

/**
 * Runs a job, and counts the events that its execution would leave behind on AWS. The history is one in memory: a week has thousands of
 * looks.
 */
async function counted(
  at: Rehearsal,
  jobId: string,
): Promise<{ readonly job: Job; readonly events: number }> {
  let calls = 0;
  const counting = (task: Task): Task => {
    return (input, context) => {
      calls += 1;
      return task(input, context);
    };
  };
  const tasks = Object.fromEntries(Object.entries(TASKS).map(([name, task]) => [name, counting(task)]));
  const { jobs, put } = memoryJobs();
  const begun = await at.jobs.get(jobId);
  put(begun);
  const context = { ...at.context, jobs, atlas: quietInBetween(at) };
  const entered = await enteredHere(() => at.run(jobId, { tasks, context }));
  const workflow = readWorkflow(workflowOf(begun.kind));
  // What waits for people calls a task of another name.
  const works = entered.filter((name) => name in TASKS || name.startsWith('Await')).length;
  expect(calls).toBeGreaterThan(0);
  return { job: await jobs.get(jobId), events: historyEvents(workflow, entered, Math.max(0, calls - works)) };
}

/** In every one of these weeks, what happens in Atlas happens in its first hour or after six and a half days. */
function quietInBetween({ atlas, clock }: Rehearsal): AtlasClient {
  const now = clock.now();
  return unchangingAtlas(atlas, clock, now + 3_600_000, now + 6.5 * DAY * 1_000);
}

const secondsOf = ({ startedAt, endedAt }: Job) =>
  (Date.parse(endedAt ?? '') - Date.parse(startedAt ?? '')) / 1000;

describe('a job of a week leaves fewer events than Step Functions takes', () => {
  it('when a restore takes that long and nothing was known of it', async () => {
    const at = await openRehearsal({
      world: worldWith({ name: 'orders-drill', restores: { seconds: WEEK } }),
    });
    onTestFinished(() => at.close());
    const parts = { kind: 'restore', objectives: '{ rto: 8d, rpo: 24h }', timeouts: LIMITS };
    const { jobId } = await at.start(runbookText(parts));
    const { job, events } = await counted(at, jobId);
    expect(job.status).toBe('SUCCEEDED');
    expect(secondsOf(job)).toBeGreaterThan(WEEK);
    // A look every five minutes is about 18,000.
    expect(events).toBeGreaterThan(15_000);
    expect(events).toBeLessThan(MOST_HISTORY_EVENTS);
  });

  it('when a migration is not ready for that long', async () => {
    const { at, jobId } = await openNight({
      parts: { timeouts: '{ job: 9d, ready: 8d }', approval: '{ within: 1h }' },
      world: { migration: { readyAfter: WEEK } },
      approved: false,
    });
    const { job, events } = await counted(at, jobId);
    expect(job).toMatchObject({ status: 'FAILED', failure: { name: 'ApprovalExpiredError' } });
    expect(secondsOf(job)).toBeGreaterThan(WEEK);
    expect(events).toBeGreaterThan(15_000);
    expect(events).toBeLessThan(MOST_HISTORY_EVENTS);
  });

  it('when people do not answer for that long, asleep but for a look each hour', async () => {
    const { at, jobId } = await openAsking(erasing({ approval: '{ within: 7d }', timeouts: LIMITS }));
    const { job, events } = await counted(at, jobId);
    expect(job).toMatchObject({ status: 'FAILED', failure: { name: 'ApprovalExpiredError' } });
    expect(secondsOf(job)).toBeGreaterThanOrEqual(WEEK);
    expect(events).toBeLessThan(5_000);
  });
});

describe('the count of events', () => {
  it('is that of a round of waiting: nine', () => {
    const workflow = readWorkflow('restore');
    const round = ['WaitForRestore', 'FollowRestore', 'IsRestoreFinished'];
    const rounds = (count: number) => Array.from({ length: count }, () => round).flat();
    expect(historyEvents(workflow, rounds(11)) - historyEvents(workflow, rounds(10))).toBe(9);
    expect(historyEvents(workflow, round, 2) - historyEvents(workflow, round)).toBe(6);
    expect(historyEvents(workflow, ['AwaitApproval', 'JobFailed'])).toBe(2 + 6 + 1);
  });

  it('has a rule for every state of every workflow that is its own execution', () => {
    for (const name of ['restore', 'cutover', 'pipeline'] as const) {
      const workflow = readWorkflow(name);
      expect(() => historyEvents(workflow, Object.keys(workflow.States))).not.toThrow();
    }
  });
});
