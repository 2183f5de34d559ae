import { describe, expect, it } from 'vitest';
import { verifyChain } from '../../core/jobs/chain.ts';
import { TASKS } from '../../core/tasks/tasks.ts';
import {
  asPipeline,
  pipelineText,
  pipelineWorld,
  WITH_EXPORT,
  type PipelineWorld,
} from '../support/pipelines.ts';
import { openRehearsal, type Rehearsal } from '../support/rehearsal.ts';
import { doomed, type CrashPoint } from './crashing.ts';
import { twice, twiceAtOnce } from './deliveries.ts';

interface Scenario {
  readonly world: PipelineWorld;
  readonly text: string;
  readonly follows: 'pipeline' | 'exports';
  /** How often the pipeline is let go on. */
  readonly resumes: number;
}

const SCENARIOS: Readonly<Record<string, Scenario>> = {
  'a paused pipeline': {
    world: { pipeline: { state: 'PAUSED' }, run: { waits: true, seconds: 120 } },
    text: pipelineText({ resume: 'true', floor: '{ documents: 10 }', keptFor: '1d' }),
    follows: 'pipeline',
    resumes: 1,
  },
  'a withdrawn pipeline': {
    world: { project: { pipelinesWithdrawn: 404 }, export: { queued: 30, seconds: 120 } },
    text: pipelineText({ ...WITH_EXPORT, resume: 'true' }),
    follows: 'exports',
    resumes: 0,
  },
};

const open = ({ world }: Scenario) => openRehearsal({ world: pipelineWorld(world) });
const resumesIn = ({ simulator }: Rehearsal) =>
  simulator.changes().filter(({ operation }) => operation === 'resumePipeline').length;

/** What must hold once the job has ended, whatever happened on the way. */
async function expectFollowed(at: Rehearsal, jobId: string, { follows }: Scenario): Promise<void> {
  const job = asPipeline(await at.jobs.get(jobId));
  expect(job.failure).toBeUndefined();
  expect(job).toMatchObject({ status: 'SUCCEEDED', verdict: 'passed', run: { follows } });
  const timeline = await at.jobs.timeline(jobId);
  expect(verifyChain(timeline)).toMatchObject({ ok: true });
  const types = timeline.map(({ type }) => type);
  for (const milestone of ['job-started', 'guards-passed', 'run-done', 'run-verified', 'job-succeeded'])
    expect(types.filter((type) => type === milestone)).toEqual([milestone]);
  expect(new Set(job.checks.map(({ name }) => name)).size).toBe(job.checks.length);
  expect(at.reports.at(-1)).toMatchObject({ status: 'SUCCEEDED', chain: { intact: true } });
}

async function changesOf(scenario: Scenario): Promise<readonly string[]> {
  const at = await open(scenario);
  try {
    const { jobId } = await at.start(scenario.text);
    const living = doomed(at.context);
    await at.run(jobId, { context: living.context });
    await expectFollowed(at, jobId, scenario);
    expect(resumesIn(at)).toBe(scenario.resumes);
    return living.changes;
  } finally {
    await at.close();
  }
}

async function crashAndResume(scenario: Scenario, point: CrashPoint): Promise<void> {
  const at = await open(scenario);
  try {
    const { jobId } = await at.start(scenario.text);
    const process = doomed(at.context, point);
    await Promise.race([at.run(jobId, { context: process.context }), process.dead]);
    await at.run(jobId);
    await expectFollowed(at, jobId, scenario);
    // Asked again where the process died before Atlas's answer was written down.
    expect(resumesIn(at)).toBeGreaterThanOrEqual(scenario.resumes);
    expect(resumesIn(at)).toBeLessThanOrEqual(2 * scenario.resumes);
  } finally {
    await at.close();
  }
}

describe.each(Object.entries(SCENARIOS))('%s', (_name, scenario) => {
  // To die before a change is to die after the one before it: nothing else outlives the process.
  it('is followed to its end by a job killed after every change that it makes', async () => {
    const changes = await changesOf(scenario);
    expect(changes.length).toBeGreaterThan(10);
    for (let change = 1; change <= changes.length; change += 1)
      await crashAndResume(scenario, { change, side: 'after' });
  }, 240_000);

  it.each([
    ['twice, one after the other', twice],
    ['twice at the same time', twiceAtOnce],
  ])('is followed once with every task delivered %s', async (_way, deliver) => {
    const at = await open(scenario);
    try {
      const { jobId } = await at.start(scenario.text);
      const tasks = Object.fromEntries(Object.entries(TASKS).map(([name, task]) => [name, deliver(task)]));
      await at.run(jobId, { tasks });
      await expectFollowed(at, jobId, scenario);
      expect(resumesIn(at)).toBe(scenario.resumes);
    } finally {
      await at.close();
    }
  });
});
