import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { verifyChain } from '../../core/jobs/chain.ts';
import { workflowOf, type Job } from '../../core/jobs/job.ts';
import type { Report } from '../../core/report/report.ts';
import { readWorkflow } from '../../workflows/workflow.ts';
import { get } from './api.ts';
import type { Deployment } from './deployment.ts';
import type { EmbeddedRun } from './embedded.ts';
import { answered, followJob } from './jobs.ts';
import type { Play } from './plays.ts';
import { until } from './programs.ts';
import type { Progress } from './progress.ts';
import { courseOf, endOfExecution, executionOf, historyOnAws, machineOf, waitsIn } from './states.ts';

/** Seconds that a job may take: several times what it does on a quiet machine. */
const PATIENCE = 400;

/** What jobs are played with. */
export interface Playing {
  readonly deployment: Deployment;
  /** What the embedded engine makes of the same runbooks, by the name of the play. */
  readonly twins: Promise<Readonly<Record<string, EmbeddedRun>>>;
  readonly progress: Progress;
}

/**
 * Plays a job to its end, and checks what it leaves behind.
 *
 * @returns how often its workflow waited.
 */
export async function play(played: Play, { deployment, twins, progress }: Playing): Promise<number> {
  const { what } = played;
  const { sfn } = deployment;
  const job = await progress.check(`${what}: has done its work`, () => playToEnd(played, deployment));
  if (job === undefined) return 0;
  const workflow = workflowOf(job.kind);
  const execution = executionOf(await machineOf(sfn, workflow), job.jobId);
  await progress.check(`${what}: its execution has succeeded, after the report and the last notice`, () =>
    waitForEnd(execution, deployment),
  );
  await progress.check(`${what}: its history in DynamoDB is whole, and the report says the same`, () =>
    checkHistory(job, deployment),
  );
  const states = readWorkflow(workflow);
  const { entered } = await historyOnAws(sfn, execution);
  await progress.check(`${what}: went the way that it goes in the embedded engine`, async () => {
    const twin = (await twins)[what];
    ok(twin !== undefined);
    deepEqual(courseOf(entered, states), courseOf(twin.entered, states));
    deepEqual(outcomeOf(job), outcomeOf(twin.job));
  });
  return waitsIn(entered, states);
}

async function playToEnd({ begin }: Play, deployment: Deployment): Promise<Job> {
  const jobId = await begin(deployment);
  const job = await followJob(deployment.api, deployment.people, jobId, PATIENCE);
  equal(job.status, 'SUCCEEDED', JSON.stringify(job.failure));
  equal(job.verdict, 'passed', JSON.stringify(job.checks));
  return job;
}

async function waitForEnd(execution: string, { sfn }: Deployment): Promise<void> {
  const status = await until('the execution has ended', PATIENCE, async () => {
    const now = await endOfExecution(sfn, execution);
    return now === 'RUNNING' ? undefined : now;
  });
  equal(status, 'SUCCEEDED');
}

/** What has to be the same wherever a job runs; times and ids are not. */
function outcomeOf({ status, verdict, checks, guards, steps, approvals }: Job): object {
  const outcomes = (results: Job['checks']) => results.map(({ name, outcome }) => `${name} ${outcome}`);
  return {
    status,
    verdict,
    checks: outcomes(checks),
    guards: outcomes(guards),
    steps: Object.entries(steps).map(([name, step]) => `${name} ${step.status}`),
    approvals: Object.entries(approvals).map(([gate, { outcome }]) => `${gate} ${outcome ?? 'open'}`),
  };
}

async function checkHistory({ jobId }: Job, { api, jobs, people }: Deployment): Promise<void> {
  const job = await jobs.get(jobId);
  equal(job.status, 'SUCCEEDED');
  const timeline = await jobs.timeline(jobId);
  const chain = verifyChain(timeline);
  ok(chain.ok, JSON.stringify(chain));
  ok(timeline.length > 5, `The timeline has ${timeline.length} events.`);
  const read = (what: string) => api.as(people.read, get(`/v1/jobs/${jobId}/${what}`));
  deepEqual(answered(await read('timeline'), 200), { jobId, events: timeline });
  const report = answered(await read('report'), 200) as Report;
  deepEqual(report.chain, { count: timeline.length, lastHash: chain.lastHash, intact: true, fault: null });
  const page = await read('report.html');
  match(page.text, /^<!doctype html>/i);
  ok(page.text.includes(chain.lastHash), 'The page names another hash.');
}
