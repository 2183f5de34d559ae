import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isCampaignJob } from '../../core/jobs/job.ts';
import type { Task } from '../../core/tasks/context.ts';
import { TASKS } from '../../core/tasks/tasks.ts';
import { readWorkflow, withItems } from '../../workflows/workflow.ts';
import { campaignText, fleet, FLEET, POOL } from '../support/campaigns.ts';
import { fails, play, type Scenario } from './scenario.ts';
import { transitionsOf, watchTransitions, type Watch } from './transitions.ts';

const TARGETS = `[{ project: ${POOL}, cluster: drill-one }]`;
const sourcesOf = (...names: readonly string[]) =>
  `{ clusters: [${names.map((cluster) => `{ project: ${FLEET}, cluster: ${cluster} }`).join(', ')}] }`;

/** A campaign whose one drill stops at its guards, which is soon. */
const campaign = (parts: Record<string, string> = {}): Scenario => ({
  text: campaignText({ sources: sourcesOf('accounts'), targets: TARGETS, ...parts }),
  options: { world: fleet({ accounts: { version: '8.2.1' } }) },
});

/** Fails in the workflow of the campaign alone, and not in those of its drills. */
function failsInCampaign(task: Task): Task {
  return async (input, context) => {
    const isCampaign = isCampaignJob(await context.jobs.get(input.jobId));
    return (isCampaign ? fails : task)(input, context);
  };
}

/** Says that a drill is under way still, for its first two deliveries. */
function endsLater(): Task {
  let left = 2;
  return async (input, context) => {
    if (left === 0) return TASKS.EndDrill(input, context);
    left -= 1;
    return { ...input, next: 'wait', waitSeconds: 30 };
  };
}

const SCENARIOS: Readonly<Record<string, Scenario>> = {
  'all is well': { ...campaign(), options: { world: fleet() } },
  'another job works on the target for a while': {
    ...campaign(),
    happens: async ({ clock, jobs }) => {
      const at = (seconds: number) => new Date(clock.now() + seconds * 1000).toISOString();
      const lease = { target: `${POOL}/drill-one`, owner: 'somebody', expiresAt: at(300) };
      await jobs.takeLease(lease, at(0));
    },
  },
  'a drill fails, and whoever is to be told cannot be reached for a while': {
    ...campaign({ notify: '[{ webhook: { url: "https://ops.example.com/jobs" }, on: [failed] }]' }),
    options: { ...campaign().options, faults: [{ operation: 'inbox', status: 503, count: 3 }] },
  },
  'it is run again after it has ended': {
    ...campaign(),
    happens: async (at, jobId) => {
      await at.run(jobId);
    },
  },
  'it is run again after its drills have ended': {
    ...campaign(),
    happens: async (at, jobId) => {
      const CleanUp = failsInCampaign(TASKS.CleanUp);
      const CloseJob = failsInCampaign(TASKS.CloseJob);
      await at.run(jobId, { tasks: { ...TASKS, JudgeCampaign: fails, CleanUp, CloseJob } });
    },
  },
  'it is resumed after it had failed': {
    ...campaign(),
    happens: async ({ jobs }, jobId) => {
      const job = await jobs.get(jobId);
      const failure = { name: 'TimeLimitError', message: 'It failed.', at: job.createdAt };
      await jobs.save({ ...job, status: 'RUNNING', failure });
    },
  },
  'it is resumed after it had failed, and its drills are not judged': {
    ...campaign(),
    happens: async ({ jobs, context }, jobId) => {
      await TASKS.OpenJob({ jobId }, context);
      await TASKS.ListSources({ jobId }, context);
      const job = await jobs.get(jobId);
      const failure = { name: 'TimeLimitError', message: 'It failed.', at: job.createdAt };
      await jobs.save({ ...job, failure });
    },
  },
  'a drill that was begun before is under way': { ...campaign(), tasks: { EndDrill: endsLater() } },
  'its messages and its report cannot be written': {
    ...campaign(),
    tasks: {
      SendNotices: failsInCampaign(TASKS.SendNotices),
      WriteReport: failsInCampaign(TASKS.WriteReport),
    },
  },
  ...Object.fromEntries(
    ['OpenJob', 'ListSources', 'StartDrill', 'EndDrill', 'JudgeCampaign'].map((name) => [
      `${name} fails`,
      { ...campaign(), tasks: { [name]: fails } },
    ]),
  ),
};

/** On one machine a Map has nothing to fail with; on AWS it can be more than Step Functions takes. */
const NEVER_HERE = ['RunDrills, failed → CloseJob'];

const workflow = readWorkflow('campaign');
let watch: Watch;
beforeAll(() => {
  watch = watchTransitions(['ListSources', 'StartDrill']);
});
afterAll(() => {
  watch.stop();
});

describe('a campaign comes to its end, with a report', () => {
  it.each(Object.entries(SCENARIOS))('when %s', async (_, scenario) => {
    await play(scenario, ({ job, at }) => {
      expect(['SUCCEEDED', 'FAILED']).toContain(job.status);
      expect(at.reports.at(-1)?.jobId === job.jobId).toBe(scenario.tasks?.WriteReport === undefined);
      const clusters = at.simulator.restoreJobs().map(({ source }) => source.cluster);
      expect(new Set(clusters).size).toBe(clusters.length);
    });
  });
});

describe('campaign.asl.yaml', () => {
  it('is taken through every branch by these scenarios, those of its drills included', () => {
    const all = withItems(workflow).flatMap(transitionsOf);
    const taken = watch.taken();
    expect(all.filter((one) => !taken.has(one))).toEqual(NEVER_HERE);
  });
});
