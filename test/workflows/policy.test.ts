import { describe, expect, it, onTestFinished } from 'vitest';
import { parsePolicy } from '../../core/policy/parse-policy.ts';
import type { Policy } from '../../core/policy/policy.ts';
import { openAsking, TARGET } from '../support/approving.ts';
import { campaignText, fleet } from '../support/campaigns.ts';
import { openRehearsal, runbookText } from '../support/rehearsal.ts';

const policyOf = (text: string): Policy => parsePolicy(text, 'policy.yaml').policy;
const ASKING = policyOf(`approvals: [{ targets: ['${TARGET}'], count: 2 }]`);

describe('a policy that requires approvals', () => {
  it('makes a drill wait for as many people as it says, whatever its runbook says', async () => {
    const opened = await openAsking(runbookText(), {}, ASKING);
    const { at, jobId } = opened;
    at.when('approval-wanted', async () => {
      await opened.say('anna');
      expect(at.simulator.restoreJobCount()).toBe(0);
      await opened.say('ben');
    });
    const job = await at.run(jobId);
    expect(job).toMatchObject({ status: 'SUCCEEDED', approvals: { job: { rule: { count: 2 } } } });
    expect(job.policy).toMatchObject({ hash: ASKING.hash, approvals: [{ count: 2 }] });
  });

  it('binds a job that was started where there was none, and says so in its timeline', async () => {
    const opened = await openAsking(runbookText(), {}, { protectedClusters: [] });
    const { at, jobId } = opened;
    const job = await at.run(jobId, { context: { ...at.context, policy: ASKING } });
    expect(job).toMatchObject({ status: 'FAILED', failure: { name: 'ApprovalExpiredError' } });
    expect(at.simulator.restoreJobCount()).toBe(0);
    expect((await opened.types()).filter((type) => type === 'policy-applied')).toHaveLength(1);
    expect(job.policy.hash).toBe(ASKING.hash);
  });

  it('still binds a job that a process without one goes on with', async () => {
    const { at, jobId } = await openAsking(runbookText(), {}, ASKING);
    const job = await at.run(jobId);
    expect(job.failure?.name).toBe('ApprovalExpiredError');
    expect(at.simulator.restoreJobCount()).toBe(0);
  });

  it('binds each drill of a campaign', async () => {
    const at = await openRehearsal({ world: fleet() });
    onTestFinished(() => at.close());
    const { jobId } = await at.start(campaignText(), policyOf("approvals: [{ targets: ['*'], within: 1h }]"));
    const job = await at.run(jobId);
    expect(job.verdict).toBe('failed');
    expect(at.simulator.restoreJobCount()).toBe(0);
    const { jobs } = await at.jobs.list({ by: 'kind', kind: 'drill' }, { limit: 10 });
    expect(jobs.length).toBeGreaterThan(1);
    for (const drill of jobs) {
      expect((await at.jobs.get(drill.jobId)).failure?.name).toBe('ApprovalExpiredError');
    }
  });
});

describe('a policy of kept runbooks', () => {
  it('stops a job of another runbook before its restore, where it was started without one', async () => {
    const { at, jobId } = await openAsking(runbookText(), {}, { protectedClusters: [] });
    const context = { ...at.context, policy: policyOf('runbooks: kept') };
    const job = await at.run(jobId, { context });
    expect(job).toMatchObject({ status: 'FAILED', failure: { name: 'PolicyRefusedError' } });
    expect(job.failure?.changed).toContain('No cluster was overwritten');
    expect(at.simulator.restoreJobCount()).toBe(0);
  });

  it('lets a job go on whose restore Atlas was asked for before', async () => {
    const { at, jobId } = await openAsking(runbookText(), {}, { protectedClusters: [] });
    const context = { ...at.context };
    at.when('restore-started', () => {
      Object.assign(context, { policy: policyOf('runbooks: kept') });
      return Promise.resolve();
    });
    expect(await at.run(jobId, { context })).toMatchObject({ status: 'SUCCEEDED', verdict: 'passed' });
  });
});

it('the channels of a policy are notified of jobs beside those of the runbook', async () => {
  const policy = policyOf('notify: [{ webhook: { url: https://ops.example.com/hook }, on: [succeeded] }]');
  const { at, jobId } = await openAsking(runbookText(), {}, policy);
  const job = await at.run(jobId);
  expect(job.notices).toMatchObject({ 'succeeded@1': { outcome: 'sent' } });
});
