import { describe, expect, it, onTestFinished } from 'vitest';
import { cancelJob } from '../../core/commands/cancel-job.ts';
import { clusterName } from '../../core/runbooks/cluster.ts';
import type { Task } from '../../core/tasks/context.ts';
import { TASKS } from '../../core/tasks/tasks.ts';
import { approveAll, nightText, nightWorld } from '../support/cutovers.ts';
import { pipelineText, pipelineWorld } from '../support/pipelines.ts';
import { openRehearsal, runbookText, worldWith, type RehearsalOptions } from '../support/rehearsal.ts';
import { asRestore } from '../support/restores.ts';

const brokenOff: Task = () => Promise.reject(new Error('Nobody is there.'));
const hangs: Task = () =>
  Promise.reject(Object.assign(new Error('It took too long.'), { name: 'States.Timeout' }));

const slow = worldWith({ name: 'orders-drill', restores: { seconds: 3600 } });

it('a job whose clean-up broke off keeps its target, and tells the worst that may be so', async () => {
  const at = await openRehearsal({ world: slow });
  onTestFinished(() => at.close());
  const { jobId } = await at.start(runbookText({ timeouts: '{ restore: 5m }' }));
  const job = asRestore(await at.run(jobId, { tasks: { ...TASKS, CleanUp: brokenOff } }));
  const target = clusterName(job.runbook.target!);
  expect(job).toMatchObject({
    status: 'FAILED',
    restoreGoesOn: true,
    failure: { name: 'RestoreTimeLimitError', unsure: true },
  });
  expect(job.failure?.changed).toContain(`${target} may have been overwritten by restore job`);
  expect(await at.jobs.lease(target)).toMatchObject({ owner: jobId });
});

interface Cancelled {
  readonly text: string;
  readonly options: RehearsalOptions;
  /** The event after which it is cancelled. */
  readonly after: string;
  /** What its failure says of changes. */
  readonly says: RegExp;
  readonly unsure?: true;
}

const CANCELLED: Readonly<Record<string, Cancelled>> = {
  restore: {
    text: runbookText(),
    options: { world: slow },
    after: 'restore-started',
    says: /orders-drill may have been overwritten by restore job \w+, of which it is not known how it ended/,
    unsure: true,
  },
  cutover: {
    text: nightText(),
    options: {
      world: nightWorld(),
      faults: [{ operation: 'cutoverMigration', count: 1, lostReply: true }],
    },
    after: 'cutover-reply-lost',
    says: /is cut over into .* is not known/,
    unsure: true,
  },
  pipeline: {
    text: pipelineText(),
    options: { world: pipelineWorld() },
    after: 'run-progress',
    says: /./,
  },
};

describe('a cancelled job whose clean-up is given up is cancelled all the same, and says what is unsure:', () => {
  const ways = { 'breaks off': brokenOff, hangs };
  const all = Object.entries(CANCELLED).flatMap(([kind, cancelled]) =>
    Object.entries(ways).map(([way, CleanUp]) => ({ kind, way, CleanUp, ...cancelled })),
  );
  it.each(all)('a $kind whose clean-up $way', async ({ text, options, after, says, unsure, CleanUp }) => {
    const at = await openRehearsal(options);
    onTestFinished(() => at.close());
    const { jobId } = await at.start(text);
    approveAll(at, jobId);
    at.when(after, async () => {
      await cancelJob(jobId, { by: 'anna', reason: 'the wrong night' }, at.jobs, at.clock);
    });
    const job = await at.run(jobId, { tasks: { ...TASKS, CleanUp } });
    expect(job).toMatchObject({ status: 'CANCELLED', failure: { name: 'JobCancelledError' } });
    expect(job.failure?.changed).toMatch(says);
    expect(job.failure?.unsure).toBe(unsure);
  });
});
