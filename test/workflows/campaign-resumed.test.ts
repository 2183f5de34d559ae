import { describe, expect, it, onTestFinished } from 'vitest';
import { cancelJob } from '../../core/commands/cancel-job.ts';
import { leaseName } from '../../core/jobs/lease-name.ts';
import { isFinal } from '../../core/jobs/status.ts';
import type { Task } from '../../core/tasks/context.ts';
import { TASKS } from '../../core/tasks/tasks.ts';
import { asCampaign, campaignText, drillsOf, fleet } from '../support/campaigns.ts';
import { openRehearsal, type Rehearsal } from '../support/rehearsal.ts';

interface Left {
  readonly at: Rehearsal;
  readonly campaign: string;
  /** The one drill that was begun. */
  readonly drill: string;
}

/** A campaign whose process died when Atlas had begun the restore of its first drill. */
async function diesInDrill(parts: Record<string, string> = {}): Promise<Left> {
  const at = await openRehearsal({ world: fleet() });
  onTestFinished(() => at.close());
  const { context } = at;
  const { jobId } = await at.start(campaignText(parts));
  await TASKS.OpenJob({ jobId }, context);
  const { drills = [] } = await TASKS.ListSources({ jobId }, context);
  const drill = drills[0]!;
  await TASKS.StartDrill({ jobId, drill }, context);
  for (const name of ['OpenJob', 'ChooseRecoveryPoint', 'CheckRecoveryPoint', 'StartRestore'] as const)
    await TASKS[name]({ jobId: drill }, context);
  return { at, campaign: jobId, drill };
}

async function resume({ at, campaign }: Left) {
  const job = asCampaign(await at.run(campaign));
  const drills = await drillsOf(campaign, at.jobs);
  const timeline = await at.jobs.timeline(campaign);
  return { job, drills, types: timeline.map(({ type }) => type) };
}

describe('a campaign that has to stop when it is resumed brings the drills that it had begun to their end', () => {
  it('cancelled with itself, and begins no other', async () => {
    const left = await diesInDrill();
    await cancelJob(left.campaign, { by: 'anna', reason: 'enough' }, left.at.jobs, left.at.clock);
    const { job, drills, types } = await resume(left);
    expect(job).toMatchObject({
      status: 'CANCELLED',
      failure: {
        name: 'JobCancelledError',
        changed: '1 of 6 drills were begun: the targets hold what the last of them restored.',
      },
    });
    expect(job.failure?.unsure).toBeUndefined();
    expect(drills.map(({ jobId, status }) => [jobId, status])).toEqual([[left.drill, 'CANCELLED']]);
    expect(job.campaign.drills?.map(({ outcome }) => outcome?.status)).toEqual([
      'CANCELLED',
      ...Array<undefined>(5).fill(undefined),
    ]);
    expect(types.filter((type) => type === 'drill-ended')).toHaveLength(1);
    expect(types.filter((type) => type === 'drill-not-started')).toHaveLength(5);
    expect(left.at.reports.map(({ kind }) => kind)).toEqual(['drill', 'campaign']);
  });

  it('run on once its time is over, and judged', async () => {
    const left = await diesInDrill({ timeouts: '{ job: 1h }' });
    left.at.clock.advance(7200);
    const { job, drills } = await resume(left);
    expect(job).toMatchObject({ status: 'FAILED', failure: { name: 'JobTimeLimitError' } });
    expect(job.failure?.changed).toContain('1 of 6 drills were begun');
    expect(drills.map(({ jobId, verdict }) => [jobId, verdict])).toEqual([[left.drill, 'passed']]);
    expect(job.checks.filter(({ message }) => message.endsWith('did not begin.'))).toHaveLength(5);
  });

  it('and stays open as long as its clean-up cannot be done', async () => {
    const left = await diesInDrill();
    const { at, campaign, drill } = left;
    await cancelJob(campaign, { by: 'anna', reason: 'enough' }, at.jobs, at.clock);
    const unreachable: Task = () => Promise.reject(new Error('The history is out of reach.'));
    const open = await at.run(campaign, { tasks: { ...TASKS, CleanUp: unreachable } });
    expect(open.status).toBe('RUNNING');
    const { job, drills } = await resume(left);
    expect(job.status).toBe('CANCELLED');
    expect(drills.map(({ jobId, status }) => [jobId, status])).toEqual([[drill, 'CANCELLED']]);
  });

  it('also when its process dies once more on the way', async () => {
    const left = await diesInDrill();
    const { jobs, clock, context } = left.at;
    await cancelJob(left.campaign, { by: 'anna', reason: 'enough' }, jobs, clock);
    const caught = { Error: 'JobCancelledError', Cause: '{"name":"JobCancelledError","message":"Enough."}' };
    const output = await TASKS.CleanUp({ jobId: left.campaign, caught }, context);
    expect(output).toMatchObject({ next: 'again' });
    expect((await jobs.get(left.campaign)).failure).toMatchObject({ unsure: true });
    const { job, drills } = await resume(left);
    expect(job.status).toBe('CANCELLED');
    expect(job.failure?.unsure).toBeUndefined();
    expect(drills.every(({ status }) => isFinal(status))).toBe(true);
  });
});

it('a drill whose workflow broke off is run once more by its campaign', async () => {
  const at = await openRehearsal({ world: fleet() });
  onTestFinished(() => at.close());
  const { jobId } = await at.start(campaignText());
  let left = 1;
  const CloseJob: Task = async (input, context) => {
    if (input.jobId === jobId || left === 0) return TASKS.CloseJob(input, context);
    left -= 1;
    throw new Error('Nobody is there.');
  };
  expect(await at.run(jobId, { tasks: { ...TASKS, CloseJob } })).toMatchObject({
    status: 'SUCCEEDED',
    verdict: 'passed',
  });
  const drills = await drillsOf(jobId, at.jobs);
  expect(drills.map(({ verdict }) => verdict)).toEqual(Array(6).fill('passed'));
});

it('a drill whose workflow broke off while it was closed is closed by its campaign', async () => {
  const at = await openRehearsal({ world: fleet() });
  onTestFinished(() => at.close());
  const { jobId } = await at.start(campaignText());
  let broken: string | undefined;
  const CloseJob: Task = (input, context) => {
    broken ??= input.jobId;
    if (input.jobId !== broken) return TASKS.CloseJob(input, context);
    const append = () => Promise.reject(new Error('The history is out of reach.'));
    return TASKS.CloseJob(input, { ...context, jobs: { ...context.jobs, append } });
  };
  await at.run(jobId, { tasks: { ...TASKS, CloseJob } });
  const drills = await drillsOf(jobId, at.jobs);
  const one = drills.find((drill) => drill.jobId === broken);
  expect(one).toMatchObject({ status: 'SUCCEEDED', verdict: 'passed' });
  expect((await at.jobs.timeline(broken!)).at(-1)).toMatchObject({ type: 'job-succeeded' });
  expect(await at.jobs.lease(leaseName(one!)!)).toBeUndefined();
});
