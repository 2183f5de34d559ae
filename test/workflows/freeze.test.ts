import { describe, expect, it, onTestFinished } from 'vitest';
import { changeFreeze } from '../../core/commands/freeze.ts';
import { isRestoreJob } from '../../core/jobs/job.ts';
import { NO_POLICY } from '../../core/policy/policy.ts';
import { campaignText, fleet } from '../support/campaigns.ts';
import { openNight } from '../support/cutovers.ts';
import { openRehearsal, runbookText, type Rehearsal, type RehearsalOptions } from '../support/rehearsal.ts';

async function open(options: RehearsalOptions = {}): Promise<Rehearsal> {
  const at = await openRehearsal(options);
  onTestFinished(() => at.close());
  return at;
}

async function freeze({ jobs, clock }: Rehearsal): Promise<void> {
  const by = { type: 'cli', who: 'anna' } as const;
  await changeFreeze({ act: 'freeze', by, reason: 'Atlas has an incident' }, jobs, clock);
}

describe('while the installation is frozen', () => {
  it('no job is started', async () => {
    const at = await open();
    await freeze(at);
    await expect(at.start(runbookText())).rejects.toMatchObject({
      name: 'FrozenError',
      message: expect.stringContaining('by anna: Atlas has an incident') as string,
    });
    expect((await at.jobs.list({ by: 'all' }, { limit: 1 })).jobs).toEqual([]);
  });

  it('a job under way stops before it asks Atlas to restore, and says that nothing was overwritten', async () => {
    const at = await open();
    const { jobId } = await at.start(runbookText());
    at.when('recovery-point-chosen', () => freeze(at));
    const job = await at.run(jobId);
    expect(job).toMatchObject({ status: 'FAILED', failure: { name: 'FrozenError' } });
    expect(job.failure?.changed).toContain('No cluster was overwritten');
    expect(at.simulator.restoreJobCount()).toBe(0);
    expect(isRestoreJob(job) && job.restoreIntent).toBeFalsy();
  });

  it('takes no fresh snapshot', async () => {
    const at = await open();
    const { jobId } = await at.start(runbookText({ recoveryPoint: '{ fresh: { retentionDays: 1 } }' }));
    at.when('guards-passed', () => freeze(at));
    const job = await at.run(jobId);
    expect(job.failure?.name).toBe('FrozenError');
    expect(isRestoreJob(job) && job.snapshotIntent === undefined).toBe(true);
  });

  it('what Atlas was asked for is followed to its end, verified and reported', async () => {
    const at = await open();
    const { jobId } = await at.start(runbookText());
    at.when('restore-started', () => freeze(at));
    expect(await at.run(jobId)).toMatchObject({ status: 'SUCCEEDED', verdict: 'passed' });
    expect(at.reports).toHaveLength(1);
  });

  it('a step that changes something is not carried out, but for clean-up', async () => {
    const at = await open();
    const hook = (name: string) =>
      `[{ name: ${name}, use: webhook, with: { url: 'https://ops.example.com/${name}' } }]`;
    const { jobId } = await at.start(runbookText({ after: hook('open'), cleanup: hook('tidy') }));
    at.when('restore-finished', () => freeze(at));
    const job = await at.run(jobId);
    expect(job.failure?.name).toBe('FrozenError');
    expect(job.failure?.message).toContain('Step "open" of after was not carried out.');
    expect(job.steps['after/open']?.status).not.toBe('done');
    expect(job.steps['cleanup/tidy']?.status).toBe('done');
  });

  it('a cutover that has stopped writes is not asked for, and lets them go on', async () => {
    const night = await openNight();
    night.at.when('writes-stopped', () => freeze(night.at));
    const job = await night.run();
    expect(job.failure?.name).toBe('FrozenError');
    expect(job.cutover.intent).toBeUndefined();
    expect(night.posted()).toEqual(['stop', 'resume']);
  });

  it('a cutover that Atlas was asked for is finished, with writes on the target and a first snapshot', async () => {
    const night = await openNight();
    night.at.when('cutover-accepted', () => freeze(night.at));
    const job = await night.run();
    expect(job).toMatchObject({ status: 'SUCCEEDED', verdict: 'passed' });
    expect(night.posted()).toEqual(['stop', 'switch']);
    expect(job.phases.snapshot?.endedAt).toBeDefined();
  });

  it('begins no further drill of a campaign', async () => {
    const at = await open({ world: fleet() });
    const { jobId } = await at.start(campaignText());
    at.when('guards-passed', () => freeze(at));
    const job = await at.run(jobId);
    expect(job).toMatchObject({ status: 'FAILED', verdict: 'failed' });
    expect(at.simulator.restoreJobCount()).toBe(0);
    const said = (await at.jobs.timeline(jobId)).filter(({ type }) => type === 'drill-not-started');
    expect(said[0]?.message).toContain('Frozen since');
  });

  it('a policy that allows everything changes nothing about it', async () => {
    const at = await open();
    await freeze(at);
    await expect(at.start(runbookText(), { ...NO_POLICY, breakGlass: true })).rejects.toThrow('Frozen since');
  });
});
