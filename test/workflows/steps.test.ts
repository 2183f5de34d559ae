import { afterEach, describe, expect, it } from 'vitest';
import { verifyChain } from '../../core/jobs/chain.ts';
import type { Job } from '../../core/jobs/job.ts';
import type { Stage } from '../../core/runbooks/steps/stages.ts';
import type { Task } from '../../core/tasks/context.ts';
import { stepTasks } from '../../core/tasks/run-steps.ts';
import { TASKS } from '../../core/tasks/tasks.ts';
import {
  done,
  failed,
  later,
  practiceStep,
  practiceSteps,
  type StagedSteps,
  type PracticeSteps,
  type Script,
} from '../support/practice-steps.ts';
import { openRehearsal, runbookText, type Rehearsal, type RehearsalOptions } from '../support/rehearsal.ts';
import { asRestore } from '../support/restores.ts';

let rehearsal: Rehearsal | undefined;

afterEach(async () => {
  await rehearsal?.close();
  rehearsal = undefined;
});

type Scripts = Partial<Record<Stage, Readonly<Record<string, Script>>>>;

/** Runs a drill whose steps play scripts. */
async function play(
  scripts: Scripts,
  parts: Record<string, string> = {},
  options: RehearsalOptions = {},
): Promise<{ job: Job; at: Rehearsal; practice: PracticeSteps; types: string[] }> {
  const at = (rehearsal = await openRehearsal(options));
  const practice = practiceSteps(Object.assign({}, ...Object.values(scripts)) as Record<string, Script>);
  const steps = Object.entries(scripts).map(([stage, own]) => [
    stage,
    Object.keys(own).map((name) => practiceStep(name)),
  ]);
  const { jobId } = await at.start(runbookText(parts), undefined, Object.fromEntries(steps) as StagedSteps);
  const job = await at.run(jobId, { tasks: { ...TASKS, ...stepTasks(practice.library) } });
  const timeline = await at.jobs.timeline(jobId);
  expect(verifyChain(timeline)).toMatchObject({ ok: true });
  expect(timeline.at(-1)?.type).toBe(`job-${job.status.toLowerCase()}`);
  expect(await at.jobs.lease('5e2f1c0a9d3b7a4c8e6f0a02/orders-drill')).toBeUndefined();
  return {
    job,
    at,
    practice,
    types: timeline.map(
      ({ type, data }) => `${type}${data?.step === undefined ? '' : ` ${String(data.step)}`}`,
    ),
  };
}

const passes: Script = { look: [done()] };
const fails: Script = { look: [failed()] };

describe('a drill with steps', () => {
  it('carries each stage out in its place', async () => {
    const { job, practice, types } = await play({
      ready: { alerts: passes, team: passes },
      before: { pin: { send: [done()] }, user: { send: [later(30), done()] } },
      verify: { users: passes },
      after: { index: { send: [done()], look: [later(20), done()] } },
      cleanup: { unpin: { send: [done()] } },
    });
    expect(job.failure).toBeUndefined();
    expect(job).toMatchObject({ status: 'SUCCEEDED', verdict: 'passed' });
    expect(types).toEqual([
      'job-started',
      'guards-passed',
      'step-done alerts',
      'step-done team',
      'recovery-point-chosen',
      'guards-passed',
      'step-done pin',
      'step-done user',
      'restore-started',
      'restore-finished',
      'restore-verified',
      'step-done users',
      'step-done index',
      'step-done unpin',
      'job-succeeded',
    ]);
    expect(practice.calls.filter((call) => call.startsWith('send'))).toEqual([
      'send pin',
      'send user',
      'send user',
      'send index',
      'send unpin',
    ]);
    expect(job.checks.at(-1)).toMatchObject({ name: 'users', outcome: 'pass' });
    const after = job.steps['after/index'];
    const { restoredAt = '' } = asRestore(job);
    expect(Date.parse(restoredAt)).toBeLessThanOrEqual(Date.parse(after?.startedAt ?? ''));
    expect(job.phases.verify?.endedAt).toBe(restoredAt);
  });

  it('has the guards look again after each step of before', async () => {
    const looks = (at: Rehearsal) =>
      at.simulator.requests().filter(({ operation }) => operation === 'listBackupRestoreJobs').length;
    const plain = await play({});
    const without = looks(plain.at);
    await plain.at.close();
    const two = await play({ before: { one: { send: [done()] }, two: { send: [done()] } } });
    expect(looks(two.at)).toBe(without + 2);
  });

  it.each([
    ['ready', 0, /^No cluster was overwritten\. Steps of ready: failed: bad; not begun: next\.$/, []],
    [
      'before',
      0,
      /^No cluster was overwritten\. Steps of before: failed: bad; not begun: next\. Steps of cleanup: done: tidy\.$/,
      ['tidy'],
    ],
    [
      'verify',
      1,
      /orders-drill was overwritten: .* Steps of verify: failed: bad; not begun: next\. Steps of cleanup: done: tidy\.$/,
      ['tidy'],
    ],
    [
      'after',
      1,
      /orders-drill was overwritten: .* Steps of after: failed: bad; not begun: next\. Steps of cleanup: done: tidy\.$/,
      ['tidy'],
    ],
  ] as const)(
    'stops at a failed step of %s, and cleans up what may be changed',
    async (stage, restores, changed, cleaned) => {
      const { job, at, types } = await play({
        [stage]: { bad: fails, next: passes },
        cleanup: { tidy: passes },
      });
      expect(job).toMatchObject({
        status: 'FAILED',
        verdict: 'failed',
        failure: { name: 'StepFailedError' },
      });
      expect(job.failure?.changed).toMatch(changed);
      expect(at.simulator.restoreJobCount()).toBe(restores);
      expect(job.steps[`${stage}/next`]).toBeUndefined();
      expect(types.filter((type) => type.startsWith('step-done'))).toEqual(
        cleaned.map((name) => `step-done ${name}`),
      );
      expect(types.includes('cleanup-skipped')).toBe(cleaned.length === 0);
    },
  );

  it('leaves the clean-up out when the guards let nothing be changed', async () => {
    const { practice, types } = await play(
      { cleanup: { tidy: passes } },
      { guards: '{ protectedClusters: [5e2f1c0a9d3b7a4c8e6f0a02/*] }' },
    );
    expect(practice.calls).toEqual([]);
    expect(types).toEqual(['job-started', 'guards-failed', 'cleanup-skipped', 'job-failed']);
  });

  it('cleans up after a restore that failed, and tells how that went', async () => {
    const faults = [
      { operation: 'createBackupRestoreJob', status: 409, errorCode: 'RESTORE_INITIATION_FAILED' },
    ];
    const { job } = await play(
      { before: { pin: { send: [done()] } }, cleanup: { one: fails, two: passes } },
      {},
      { faults },
    );
    expect(job.failure).toMatchObject({ name: 'RestoreRefusedError' });
    expect(job.failure?.changed).toContain('Steps of before: done: pin.');
    expect(job.failure?.changed).toContain('Steps of cleanup: done: two; failed: one.');
  });

  it('fails by a failed clean-up alone', async () => {
    const { job, at } = await play({ cleanup: { one: fails, two: passes } });
    expect(job).toMatchObject({ status: 'FAILED', failure: { name: 'StepFailedError' } });
    expect(job.failure?.changed).toContain('orders-drill was overwritten: Atlas finished restore job');
    expect(job.failure?.changed).toContain('Steps of cleanup: done: two; failed: one.');
    expect(job.failure?.unsure).toBeUndefined();
    expect(job.steps['cleanup/two']?.status).toBe('done');
    expect(at.reports.at(-1)?.steps.map(({ name, status }) => [name, status])).toEqual([
      ['one', 'failed'],
      ['two', 'done'],
    ]);
  });

  it('waits while a step of before keeps the target busy', async () => {
    rehearsal = await openRehearsal();
    const { clock, context } = rehearsal;
    let busyUntil = 0;
    const practice = practiceSteps({ pin: { send: [() => ((busyUntil = clock.now() + 65_000), done())] } });
    const clusters = {
      ...context.atlas.clusters,
      getCluster: async (params: { groupId: string; clusterName: string }) => {
        const cluster = await context.atlas.clusters.getCluster(params);
        const busy = params.clusterName === 'orders-drill' && clock.now() < busyUntil;
        return { ...cluster, stateName: busy ? 'UPDATING' : cluster.stateName };
      },
    };
    const { jobId } = await rehearsal.start(runbookText(), undefined, { before: [practiceStep('pin')] });
    const job = await rehearsal.run(jobId, {
      tasks: { ...TASKS, ...stepTasks(practice.library) },
      context: { ...context, atlas: { ...context.atlas, clusters } },
    });
    expect(job).toMatchObject({ status: 'SUCCEEDED' });
    expect(clock.sleeps.filter((seconds) => seconds === 10).length).toBeGreaterThanOrEqual(6);
  });

  it('never destroys in a project that holds what is protected', async () => {
    const at = (rehearsal = await openRehearsal());
    const cleanup = '[{ name: nodes, use: delete-search-nodes, confirm: orders-drill }]';
    const { jobId } = await at.start(runbookText({ cleanup }), {
      protectedClusters: ['5e2f1c0a9d3b7a4c8e6f0a02/something-else'],
    });
    const job = await at.run(jobId);
    expect(job.failure).toMatchObject({ name: 'GuardsFailedError' });
    expect(job.failure?.message).toContain('"nodes" (delete-search-nodes) of cleanup destroys');
    expect(at.simulator.requests().map(({ operation }) => operation)).not.toContain(
      'deleteClusterSearchDeployment',
    );
  });
});

it('a job resumed after it had failed begins nothing more, and only cleans up', async () => {
  const at = (rehearsal = await openRehearsal());
  const practice = practiceSteps({ first: passes, tidy: passes });
  const steps = { ready: [practiceStep('first')], cleanup: [practiceStep('tidy')] };
  const { jobId } = await at.start(runbookText(), undefined, steps);
  const job = await at.jobs.get(jobId);
  const failure = { name: 'RestoreFailedError', message: 'It failed.', at: job.createdAt };
  await at.jobs.save({ ...job, status: 'RUNNING', guardsPassedAt: job.createdAt, failure });
  const ended = await at.run(jobId, { tasks: { ...TASKS, ...stepTasks(practice.library) } });
  expect(practice.calls).toEqual(['look tidy']);
  expect(at.simulator.restoreJobCount()).toBe(0);
  expect(ended).toMatchObject({ status: 'FAILED', failure: { name: 'RestoreFailedError' } });
});

it('a step of cleanup whose task was given up after it had ended is told by closing, before the end', async () => {
  const at = (rehearsal = await openRehearsal());
  const practice = practiceSteps({ tidy: passes });
  const { jobId } = await at.start(runbookText(), undefined, { cleanup: [practiceStep('tidy')] });
  const tasks = { ...TASKS, ...stepTasks(practice.library) };
  const once: Task = async (input, context) => {
    const isDone = (await context.jobs.get(jobId)).steps['cleanup/tidy']?.endedAt !== undefined;
    if (isDone) throw new Error('The history is out of reach.');
    return tasks.RunCleanupSteps(input, context);
  };
  await at.run(jobId, { tasks: { ...tasks, RunCleanupSteps: once } });
  const types = (await at.jobs.timeline(jobId)).map(({ type }) => type);
  expect(types.slice(-2)).toEqual(['step-done', 'job-failed']);
});

it('a step of a real kind changes Atlas once, and says so', async () => {
  const at = (rehearsal = await openRehearsal());
  const after = '[{ name: slow operations, use: slow-operation-threshold }]';
  const { jobId } = await at.start(runbookText({ after }));
  const job = await at.run(jobId);
  expect(job.failure).toBeUndefined();
  expect(job.steps['after/slow operations']).toMatchObject({
    use: 'slow-operation-threshold',
    status: 'done',
  });
  const sent = at.simulator.requests().filter(({ operation }) => operation === 'enableManagedSlowMs');
  expect(sent).toHaveLength(1);
});
