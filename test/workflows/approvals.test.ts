import { describe, expect, it } from 'vitest';
import { cancelJob } from '../../core/commands/cancel-job.ts';
import type { DecisionRequest } from '../../core/commands/decide-job.ts';
import { openRequest } from '../../core/jobs/approvals/open-request.ts';
import { TASKS } from '../../core/tasks/tasks.ts';
import { erasing, openAsking, TARGET, type Asking } from '../support/approving.ts';
import { runbookText } from '../support/rehearsal.ts';

const OTHER_JOB = '01KAJ3W0Q4X9GZ5M1T2R8C7B6A';

/** What holds for a job that was stopped before its restore. */
async function expectNothingRestored({ at, jobId }: Asking): Promise<void> {
  expect(at.simulator.restoreJobCount()).toBe(0);
  expect(await at.jobs.lease(TARGET)).toBeUndefined();
  const job = await at.jobs.get(jobId);
  expect(job.failure?.changed).toContain('No cluster was overwritten.');
}

describe('a restore onto a protected cluster', () => {
  it('waits for somebody else, tells what it would do, and goes on with their approval', async () => {
    const opened = await openAsking(erasing());
    const { at, jobId } = opened;
    at.when('approval-wanted', async () => {
      expect(at.simulator.restoreJobCount()).toBe(0);
      await opened.say('anna');
    });
    const job = await at.run(jobId);
    expect(job.failure).toBeUndefined();
    expect(job).toMatchObject({ status: 'SUCCEEDED', verdict: 'passed' });
    expect(await opened.types()).toEqual([
      'job-started',
      'guards-passed',
      'recovery-point-chosen',
      'guards-passed',
      'approval-wanted',
      'approval-given',
      'approval-approved',
      'restore-started',
      'restore-finished',
      'restore-verified',
      'job-succeeded',
    ]);
    const request = job.approvals.job;
    expect(request).toMatchObject({ number: 1, outcome: 'approved', rule: { count: 1 } });
    expect(request?.plan.erases).toBe(TARGET);
    expect(request?.plan.action).toContain(`onto ${TARGET}`);
    expect(request?.plan.recoveryPoint?.snapshotId).toBe(
      job.atlas.snapshotId ?? at.simulator.restoreJobs()[0]?.snapshotId,
    );
    expect(request?.plan.guards).toContainEqual({ name: 'target-idle', outcome: 'pass' });
    expect(request?.decisions).toMatchObject([{ by: { who: 'anna' }, reason: 'looked at it' }]);
    const { approval, restore, recoveryPoint } = job.phases;
    expect(approval?.endedAt).toBe(request?.endedAt);
    expect(recoveryPoint?.endedAt).toBe(approval?.startedAt);
    expect(Date.parse(restore?.startedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(approval?.endedAt ?? ''));
  });

  it('waits also where the runbook protects it, or the target is the source', async () => {
    const source = '5e2f1c0a9d3b7a4c8e6f0a01/orders';
    for (const parts of [
      { guards: `{ confirmErase: erase ${TARGET}, protectedClusters: [5e2f1c0a9d3b7a4c8e6f0a02/*] }` },
      {
        target: `{ project: 5e2f1c0a9d3b7a4c8e6f0a01, cluster: orders }`,
        guards: `{ confirmErase: erase ${source} }`,
      },
    ]) {
      const opened = await openAsking(erasing(parts), {}, { protectedClusters: [] });
      const job = await opened.at.run(opened.jobId);
      expect(job.failure?.name).toBe('ApprovalExpiredError');
      expect(job.failure?.message).toContain(`Approval of job ${opened.jobId} by`);
      expect(opened.at.simulator.restoreJobCount()).toBe(0);
    }
  });

  it('asks nobody where nothing is protected and the runbook does not say so', async () => {
    const opened = await openAsking(runbookText(), {}, { protectedClusters: [] });
    const job = await opened.at.run(opened.jobId);
    expect(job).toMatchObject({ status: 'SUCCEEDED', approvals: {} });
    expect(job.phases.approval).toBeUndefined();
  });

  it('ends before anything is changed when one says no', async () => {
    const opened = await openAsking(erasing());
    opened.at.when('approval-wanted', async () => {
      await opened.say('anna', { decision: 'reject', reason: 'the order team still writes' });
    });
    const job = await opened.at.run(opened.jobId);
    expect(job).toMatchObject({ status: 'FAILED', failure: { name: 'ApprovalRejectedError' } });
    expect(job.failure?.message).toContain('anna said no: the order team still writes.');
    expect(job.approvals.job?.outcome).toBe('rejected');
    expect(await opened.types()).toContain('approval-denied');
    await expectNothingRestored(opened);
  });

  it('takes silence for a no when the time is over, and keeps its target until then', async () => {
    const opened = await openAsking(erasing({ approval: '{ within: 90m }' }));
    const { at, jobId } = opened;
    const left: number[] = [];
    const tasks = {
      ...TASKS,
      AwaitDecision: async (...args: Parameters<typeof TASKS.AwaitDecision>) => {
        const lease = await at.jobs.lease(TARGET);
        left.push((Date.parse(lease?.expiresAt ?? '') - at.clock.now()) / 1000);
        return TASKS.AwaitDecision(...args);
      },
    };
    const job = await at.run(jobId, { tasks });
    expect(job).toMatchObject({ status: 'FAILED', failure: { name: 'ApprovalExpiredError' } });
    expect(job.failure?.message).toContain('Silence means no.');
    const request = job.approvals.job;
    expect(Date.parse(request?.endedAt ?? '') - Date.parse(request?.requestedAt ?? '')).toBe(90 * 60_000);
    expect(at.clock.sleeps.filter((seconds) => seconds > 300)).toEqual([3600, 1800]);
    expect(Math.min(...left)).toBeGreaterThan(0);
    await expectNothingRestored(opened);
  });

  it('is over at the limit of the job when that comes first', async () => {
    const opened = await openAsking(erasing({ timeouts: '{ job: 30m }' }));
    const job = await opened.at.run(opened.jobId);
    expect(job.failure?.name).toBe('JobTimeLimitError');
    expect((Date.parse(job.endedAt ?? '') - Date.parse(job.startedAt ?? '')) / 1000).toBeLessThan(1810);
    await expectNothingRestored(opened);
  });

  it('is cancelled while it waits', async () => {
    const opened = await openAsking(erasing());
    const { at, jobId } = opened;
    at.when('approval-wanted', async () => {
      await cancelJob(jobId, { by: 'tester', reason: 'wrong night' }, at.jobs, at.clock);
    });
    const job = await at.run(jobId);
    expect(job).toMatchObject({ status: 'CANCELLED', cancel: { reason: 'wrong night' } });
    expect(at.clock.sleeps.filter((seconds) => seconds > 300)).toEqual([]);
    await expectNothingRestored(opened);
    await expect(opened.say('anna')).rejects.toMatchObject({ because: 'late' });
  });
});

describe('who may approve', () => {
  it('two people, each once, and never the one who started it', async () => {
    const opened = await openAsking(erasing({ approval: '{ count: 2, from: [anna, ben, tester] }' }));
    const refused: string[] = [];
    const tryAs = async (who: string, changes: Partial<DecisionRequest> = {}) => {
      await opened.say(who, changes).catch((error: unknown) => {
        refused.push((error as { because: string }).because);
      });
    };
    opened.at.when('approval-wanted', async () => {
      await tryAs('Tester');
      await tryAs('carl');
      await tryAs('anna', { plan: 'f'.repeat(64) });
      await tryAs('anna');
      await tryAs('ANNA');
      await tryAs('ben', { played: true });
      expect(openRequest(await opened.at.jobs.get(opened.jobId))?.request.decisions).toHaveLength(1);
      await tryAs('ben');
    });
    const job = await opened.at.run(opened.jobId);
    expect(job.status).toBe('SUCCEEDED');
    expect(refused).toEqual(['own-job', 'not-an-approver', 'other-plan', 'decided-already', 'played']);
    await tryAs('dora');
    expect(refused.at(-1)).toBe('late');
    const timeline = await opened.at.jobs.timeline(opened.jobId);
    const told = timeline.filter(({ type }) => type === 'approval-refused').map(({ data }) => data?.because);
    expect(told).toEqual(refused);
    expect(timeline.filter(({ type }) => type === 'approval-given').map(({ data }) => data?.by)).toEqual([
      'anna',
      'ben',
    ]);
  });

  it('refuses before anybody was asked', async () => {
    const opened = await openAsking(erasing());
    await expect(opened.say('anna', { plan: 'f'.repeat(64) })).rejects.toMatchObject({
      name: 'ApprovalRefusedError',
      because: 'not-asked',
    });
    expect(await opened.types()).toEqual(['approval-refused']);
  });

  it('takes the beginning of the hash of the plan, but not that of another job', async () => {
    const opened = await openAsking(erasing());
    opened.at.when('approval-wanted', async () => {
      const asked = openRequest(await opened.at.jobs.get(opened.jobId));
      const hash = asked?.request.plan.hash ?? '';
      await expect(opened.say('anna', { plan: hash.slice(0, 7) })).rejects.toMatchObject({
        because: 'other-plan',
      });
      await opened.say('anna', { plan: hash.slice(0, 8).toUpperCase() });
    });
    expect((await opened.at.run(opened.jobId)).approvals.job?.outcome).toBe('approved');
  });

  it('does not count, and shows, what was written into the record past the rules', async () => {
    const opened = await openAsking(erasing({ approval: '{ within: 2h }' }));
    const { at, jobId } = opened;
    at.when('approval-wanted', async () => {
      const job = await at.jobs.get(jobId);
      const request = job.approvals.job;
      if (request === undefined) throw new Error('nothing was asked');
      const forged = (who: string, plan: string) => ({
        decision: 'approve' as const,
        by: { type: 'cli' as const, who },
        reason: 'trust me',
        at: request.requestedAt,
        plan,
      });
      const decisions = [forged('tester', request.plan.hash), forged('mallory', OTHER_JOB)];
      await at.jobs.save({ ...job, approvals: { job: { ...request, decisions, outcome: 'approved' } } });
    });
    const job = await at.run(jobId);
    expect(job.failure?.name).toBe('ApprovalExpiredError');
    const timeline = await at.jobs.timeline(jobId);
    const told = timeline.filter(({ type }) => type === 'approval-refused').map(({ data }) => data?.because);
    expect(told).toEqual(['own-job', 'other-plan']);
    await expectNothingRestored(opened);
  });
});
