import { afterEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseRunbook } from '../../core/runbooks/parse-runbook.ts';
import { cancelJob } from '../../core/commands/cancel-job.ts';
import type { RestoreJob } from '../../core/jobs/job.ts';
import { TASKS } from '../../core/tasks/tasks.ts';
import { asCampaign, campaignText, drillsOf, fleet, FLEET, SOURCES } from '../support/campaigns.ts';
import { openRehearsal, type Rehearsal } from '../support/rehearsal.ts';

let at: Rehearsal | undefined;
afterEach(async () => {
  await at?.close();
  at = undefined;
});

async function open(world = fleet()): Promise<Rehearsal> {
  at = await openRehearsal({ world });
  return at;
}

/** Pairs of drills that worked on one target at the same time. */
function clashes(drills: readonly RestoreJob[]): string[] {
  return drills.flatMap((one) =>
    drills
      .filter(
        (other) => other.jobId > one.jobId && other.runbook.target?.cluster === one.runbook.target?.cluster,
      )
      .filter((other) => one.startedAt! < other.endedAt! && other.startedAt! < one.endedAt!)
      .map((other) => `${one.runbook.source.cluster} and ${other.runbook.source.cluster}`),
  );
}

describe('a campaign', () => {
  it('drills every cluster once, with never two drills on one target', async () => {
    const rehearsal = await open();
    const { jobId } = await rehearsal.start(campaignText());
    const job = asCampaign(await rehearsal.run(jobId));
    expect(job.failure).toBeUndefined();
    expect(job).toMatchObject({ status: 'SUCCEEDED', verdict: 'passed' });
    const drills = await drillsOf(jobId, rehearsal.jobs);
    expect(drills.map(({ runbook }) => runbook.source.cluster).sort()).toEqual(SOURCES);
    expect(drills.every(({ verdict }) => verdict === 'passed')).toBe(true);
    expect(clashes(drills)).toEqual([]);
    expect(new Set(drills.map(({ runbook }) => runbook.target?.cluster)).size).toBe(2);
    const restores = rehearsal.simulator
      .changes()
      .filter(({ operation }) => operation === 'createBackupRestoreJob');
    expect(restores).toHaveLength(6);
    expect(job.campaign.drills?.map(({ outcome }) => outcome?.verdict)).toEqual(Array(6).fill('passed'));
    expect(rehearsal.reports.map((report) => report.kind).sort()).toEqual([
      'campaign',
      ...Array<string>(6).fill('drill'),
    ]);
  });

  it('begins no drill any more once it has ended, also by a process that comes late', async () => {
    const rehearsal = await open();
    const { jobId } = await rehearsal.start(campaignText({ timeouts: '{ job: 1m }' }));
    rehearsal.when('guards-passed', () => {
      rehearsal.clock.advance(90);
      return Promise.resolve();
    });
    const job = asCampaign(await rehearsal.run(jobId));
    expect(job.failure?.name).toBe('DrillsFailedError');
    const drill = job.campaign.drills?.[0]?.jobId ?? '';
    expect(await TASKS.StartDrill({ jobId, drill }, rehearsal.context)).toMatchObject({ next: 'done' });
    await expect(rehearsal.jobs.get(drill)).rejects.toThrow('There is no job');
  });

  it('tells how each drill went when one fails, and fails', async () => {
    const rehearsal = await open(fleet({ catalog: { version: '8.2.1' } }));
    const { jobId } = await rehearsal.start(campaignText());
    const job = asCampaign(await rehearsal.run(jobId));
    expect(job).toMatchObject({
      status: 'FAILED',
      verdict: 'failed',
      failure: { name: 'DrillsFailedError', message: '1 of 6 drills failed: catalog.' },
    });
    const outcomes = Object.fromEntries(job.checks.map(({ name, outcome }) => [name, outcome]));
    expect(outcomes).toMatchObject({ 'drill-of-catalog': 'fail', 'drill-of-fraud': 'pass' });
    expect(await drillsOf(jobId, rehearsal.jobs)).toHaveLength(6);
    const timeline = await rehearsal.jobs.timeline(jobId);
    expect(timeline.filter(({ type }) => type === 'drill-ended')).toHaveLength(6);
    expect(timeline.find(({ type }) => type === 'campaign-judged')?.data).toMatchObject({
      passed: 5,
      failed: 1,
    });
  });

  it('drills the clusters that have its tags when it begins', async () => {
    const rehearsal = await open();
    const tagged = `{ tagged: { projects: [${FLEET}], tags: { tier: gold } } }`;
    const { jobId } = await rehearsal.start(campaignText({ sources: tagged }));
    expect(await rehearsal.run(jobId)).toMatchObject({ status: 'SUCCEEDED', verdict: 'passed' });
    const drilled = (await drillsOf(jobId, rehearsal.jobs)).map(({ runbook }) => runbook.source.cluster);
    expect(drilled.sort()).toEqual(SOURCES.slice(0, 4));
  });

  it('stops at its guards when no cluster has its tags', async () => {
    const rehearsal = await open();
    const tagged = `{ tagged: { projects: [${FLEET}], tags: { tier: bronze } } }`;
    const { jobId } = await rehearsal.start(campaignText({ sources: tagged }));
    expect(await rehearsal.run(jobId)).toMatchObject({
      status: 'FAILED',
      failure: { name: 'GuardsFailedError', changed: 'No cluster was overwritten.' },
    });
  });

  it('runs one drill at a time where the runbook says so', async () => {
    const rehearsal = await open();
    const { jobId } = await rehearsal.start(campaignText({ concurrency: '1' }));
    await rehearsal.run(jobId);
    const drills = (await drillsOf(jobId, rehearsal.jobs)).sort((a, b) =>
      a.startedAt!.localeCompare(b.startedAt!),
    );
    for (const [index, drill] of drills.entries())
      if (index > 0) expect(drill.startedAt! >= drills[index - 1]!.endedAt!).toBe(true);
    expect(drills).toHaveLength(6);
  });

  it('waits for a target that another job works on', async () => {
    const rehearsal = await open();
    const expiresAt = new Date(rehearsal.clock.now() + 7_200_000).toISOString();
    for (const target of ['drill-one', 'drill-two']) {
      const lease = { target: `5e2f1c0a9d3b7a4c8e6f0a02/${target}`, owner: 'somebody', expiresAt };
      await rehearsal.jobs.takeLease(lease, new Date(rehearsal.clock.now()).toISOString());
    }
    const { jobId } = await rehearsal.start(campaignText());
    expect(await rehearsal.run(jobId)).toMatchObject({ status: 'SUCCEEDED', verdict: 'passed' });
    for (const { startedAt } of await drillsOf(jobId, rehearsal.jobs))
      expect(startedAt! >= expiresAt).toBe(true);
  });

  it('begins no drill once its time is over, and says which it left out', async () => {
    const rehearsal = await open(fleet({ 'drill-one': { restores: { seconds: 5000 } } }));
    const { jobId } = await rehearsal.start(campaignText({ concurrency: '1', timeouts: '{ job: 2h }' }));
    const job = asCampaign(await rehearsal.run(jobId));
    expect(job).toMatchObject({ status: 'FAILED', failure: { name: 'DrillsFailedError' } });
    const begun = await drillsOf(jobId, rehearsal.jobs);
    expect(begun.length).toBeGreaterThan(0);
    expect(begun.length).toBeLessThan(6);
    expect(job.checks.filter(({ message }) => message.endsWith('did not begin.'))).toHaveLength(
      6 - begun.length,
    );
    const left = (await rehearsal.jobs.timeline(jobId)).filter(({ type }) => type === 'drill-not-started');
    expect(left[0]?.data).toMatchObject({ failure: 'JobTimeLimitError' });
  });

  it('cancels its drills with itself, and begins no other', async () => {
    const rehearsal = await open();
    const { jobId } = await rehearsal.start(campaignText());
    rehearsal.when('restore-started', async () => {
      await cancelJob(jobId, { by: 'anna', reason: 'the night is over' }, rehearsal.jobs, rehearsal.clock);
    });
    expect(await rehearsal.run(jobId)).toMatchObject({
      status: 'CANCELLED',
      failure: { name: 'JobCancelledError' },
    });
    const drills = await drillsOf(jobId, rehearsal.jobs);
    expect(drills.length).toBeLessThan(6);
    for (const drill of drills) {
      expect(drill.status).toBe('CANCELLED');
      expect(drill.cancel).toMatchObject({ by: 'anna', reason: 'the night is over' });
    }
  });

  it('frees the target of a drill whose record could not be written', async () => {
    const { jobs, context, ...rehearsal } = await open();
    const { jobId } = await rehearsal.start(campaignText());
    await TASKS.OpenJob({ jobId }, context);
    const { drills = [] } = await TASKS.ListSources({ jobId }, context);
    const drill = drills[0]!;
    const create = () => Promise.reject(new Error('The history is out of reach.'));
    await expect(
      TASKS.StartDrill({ jobId, drill }, { ...context, jobs: { ...jobs, create } }),
    ).rejects.toThrow('out of reach');
    const [target] = asCampaign(await jobs.get(jobId)).runbook.targets;
    const lease = `${target!.project}/${target!.cluster}`;
    expect(await jobs.lease(lease)).toMatchObject({ owner: drill });
    await TASKS.EndDrill({ jobId, drill }, context);
    expect(await jobs.lease(lease)).toBeUndefined();
  });

  it('writes drills that people can read, and run by themselves', async () => {
    const rehearsal = await open();
    const drill =
      '{ recoveryPoint: { latest: {} }, verify: [{ name: calm, use: alerts, timeout: 3m, with: { types: [OUTSIDE_METRIC_THRESHOLD] } }] }';
    const parts = { drill, guards: `{ protectedClusters: [${FLEET}/*] }` };
    const { jobId } = await rehearsal.start(campaignText(parts));
    await rehearsal.run(jobId);
    const [one] = await drillsOf(jobId, rehearsal.jobs);
    expect(parse(one!.runbookText)).toMatchObject({ kind: 'drill', name: 'fleet-drill' });
    expect(one!.runbook).toEqual(parseRunbook(one!.runbookText, 'drill.yaml'));
  });
});
