import { describe, expect, it } from 'vitest';
import { verifyChain } from '../../core/jobs/chain.ts';
import type { TaskContext } from '../../core/tasks/context.ts';
import { stepTasks } from '../../core/tasks/run-steps.ts';
import { TASKS } from '../../core/tasks/tasks.ts';
import type { StepLibrary } from '../../core/steps/library.ts';
import type { StepAnswer } from '../../core/steps/step.ts';
import { done, practiceStep, practiceSteps, type StagedSteps } from '../support/practice-steps.ts';
import { openRehearsal, runbookText, type Rehearsal } from '../support/rehearsal.ts';
import { doomed } from './crashing.ts';
import { twice, twiceAtOnce } from './deliveries.ts';

const PROJECT = '5e2f1c0a9d3b7a4c8e6f0a02';
const NAMES = ['check', 'pin', 'check again', 'switch', 'tidy'] as const;
const STEPS: StagedSteps = {
  ready: [practiceStep('check')],
  before: [practiceStep('pin')],
  verify: [practiceStep('check again')],
  after: [practiceStep('switch')],
  cleanup: [practiceStep('tidy')],
};

/**
 * Steps whose change is a real one, so that a process can die just before and just after it. `pin` is looked at after
 * it was sent, the others are done by sending.
 */
function realChanges(): StepLibrary {
  const { library } = practiceSteps({
    check: { look: [done()] },
    'check again': { look: [done()] },
    pin: { send: [done()], look: [done('It is pinned.')] },
    switch: { send: [done()] },
    tidy: { send: [done()] },
  });
  const changing = (use: string) => ({
    ...library.works[use],
    async send(
      _settings: unknown,
      { atlas }: TaskContext | { atlas: TaskContext['atlas'] },
    ): Promise<StepAnswer> {
      await atlas.performanceAdvisor.enableManagedSlowMs({ groupId: PROJECT });
      return done();
    },
  });
  const works = {
    ...library.works,
    pin: changing('pin'),
    switch: changing('switch'),
    tidy: changing('tidy'),
  };
  return { ...library, works };
}

const tasks = { ...TASKS, ...stepTasks(realChanges()) };

function changesSent(at: Rehearsal): number {
  return at.simulator.requests().filter(({ operation }) => operation === 'enableManagedSlowMs').length;
}

/** What must hold once the job has ended, whatever happened on the way. */
async function expectAllDone(at: Rehearsal, jobId: string): Promise<void> {
  const job = await at.jobs.get(jobId);
  expect(job.failure).toBeUndefined();
  expect(job).toMatchObject({ status: 'SUCCEEDED', verdict: 'passed' });
  expect(at.simulator.restoreJobs().map(({ id }) => id)).toEqual([job.atlas.restoreJobId]);
  expect(Object.values(job.steps).map(({ status }) => status)).toEqual(NAMES.map(() => 'done'));
  expect(job.checks.filter(({ name }) => name === 'check again')).toHaveLength(1);
  const timeline = await at.jobs.timeline(jobId);
  expect(verifyChain(timeline)).toMatchObject({ ok: true });
  const told = timeline.filter(({ type }) => type === 'step-done').map(({ data }) => data?.step);
  expect(told).toEqual(NAMES);
  expect(at.reports.at(-1)?.steps.map(({ stage }) => stage)).toEqual(Object.keys(STEPS));
}

async function countChanges(): Promise<readonly string[]> {
  const at = await openRehearsal();
  try {
    const { jobId } = await at.start(runbookText(), undefined, STEPS);
    const living = doomed(at.context);
    await at.run(jobId, { tasks, context: living.context });
    await expectAllDone(at, jobId);
    expect(changesSent(at)).toBe(3);
    return living.changes;
  } finally {
    await at.close();
  }
}

async function crashAndResume(change: number, changes: readonly string[]): Promise<void> {
  const at = await openRehearsal();
  try {
    const { jobId } = await at.start(runbookText(), undefined, STEPS);
    const process = doomed(at.context, { change, side: 'after' });
    await Promise.race([at.run(jobId, { tasks, context: process.context }), process.dead]);
    await at.run(jobId, { tasks });
    await expectAllDone(at, jobId);
    // Sent again only where the process died between sending and writing down what came back.
    const unsettled = changes[change - 1] === 'enableManagedSlowMs';
    expect(changesSent(at)).toBe(unsettled ? 4 : 3);
  } finally {
    await at.close();
  }
}

describe('a drill with steps in every stage', () => {
  // To die before a change is to die after the one before it: nothing else outlives the process.
  it('killed after every change it makes, and resumed, is done all the same', async () => {
    const changes = await countChanges();
    expect(changes.filter((change) => change === 'enableManagedSlowMs')).toHaveLength(3);
    for (let change = 1; change <= changes.length; change += 1) {
      await crashAndResume(change, changes);
    }
  }, 240_000);

  it.each([
    ['twice, one after the other', twice],
    ['twice at the same time', twiceAtOnce],
  ])('with every task delivered %s makes each change once', async (_way, deliver) => {
    const at = await openRehearsal();
    try {
      const { jobId } = await at.start(runbookText(), undefined, STEPS);
      const doubled = Object.fromEntries(Object.entries(tasks).map(([name, task]) => [name, deliver(task)]));
      await at.run(jobId, { tasks: doubled });
      await expectAllDone(at, jobId);
      expect(changesSent(at)).toBe(3);
    } finally {
      await at.close();
    }
  });
});
