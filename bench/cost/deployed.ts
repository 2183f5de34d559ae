import { copyFile, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readWorkflow } from '../../workflows/workflow.ts';
import { deploy, RUNBOOKS, WORLD_SEED, type Deployment } from '../../test/deploy/deployment.ts';
import { JOB_SEED } from '../../test/deploy/embedded.ts';
import { functionLogs, type LogLine } from '../../test/deploy/function-logs.ts';
import { startJob } from '../../test/deploy/jobs.ts';
import { installMiniStack, MiniStackMissingError } from '../../test/deploy/ministack.ts';
import { stopPrograms, until } from '../../test/deploy/programs.ts';
import { createProgress } from '../../test/deploy/progress.ts';
import { courseOf, endOfExecution, executionOf, historyOnAws, machineOf } from '../../test/deploy/states.ts';
import { countJob } from './counted-job.ts';
import type { Counts } from './counts.ts';
import { unitsOf, type TableCall } from './table-units.ts';

/** The runbook of the drill, which is deployed alone. */
const RUNBOOK = 'drill.yaml';

/** A drill on the emulator, and the same one on the embedded engine. */
export interface DeployedDrill {
  readonly deployed: Counts;
  readonly embedded: Counts;
  /** Whether both went through the same states in the same order, apart from how often they waited. */
  readonly sameCourse: boolean;
}

/**
 * Deploys the stack to MiniStack, runs a drill there and one on the embedded engine, and counts.
 *
 * @returns why not, where MiniStack is not to be had.
 */
export async function countDeployedDrill(): Promise<DeployedDrill | { readonly skipped: string }> {
  const work = await mkdtemp(join(tmpdir(), 'lifeboat-cost-'));
  try {
    await installMiniStack(work);
    const deployed = await countOnMiniStack(work);
    const text = await readFile(join(RUNBOOKS, RUNBOOK), 'utf8');
    const { counts } = await countJob(text, { seed: WORLD_SEED });
    const states = readWorkflow('restore');
    const [there, here] = [deployed, counts].map(({ entered }) => courseOf(entered, states).join());
    return { deployed, embedded: counts, sameCourse: there === here };
  } catch (error) {
    if (error instanceof MiniStackMissingError) return { skipped: error.message };
    throw error;
  } finally {
    await stopPrograms();
    await rm(work, { recursive: true, force: true });
  }
}

async function countOnMiniStack(work: string): Promise<Counts> {
  const runbooks = join(work, 'runbooks');
  await mkdir(runbooks);
  await copyFile(join(RUNBOOKS, RUNBOOK), join(runbooks, RUNBOOK));
  const tableCallsFile = join(work, 'table-calls.jsonl');
  const deployment = await deploy(work, createProgress(), { runbooks, tableCallsFile });
  const { api, people, sfn } = deployment;
  const body = { name: 'orders-deployed-drill', seed: JOB_SEED };
  const { jobId } = await startJob(api, people.operate, body, 'counted');
  const execution = executionOf(await machineOf(sfn, 'restore'), jobId);
  await until('the drill has ended', 300, async () => {
    const status = await endOfExecution(sfn, execution);
    if (status !== 'RUNNING' && status !== 'SUCCEEDED') throw new Error(`The drill has ${String(status)}.`);
    return status === 'RUNNING' ? undefined : status;
  });
  const lines = await allLogs(deployment);
  const { entered, retries } = await historyOnAws(sfn, execution);
  const calls = await readTableCalls(tableCallsFile);
  const transitions = entered.length + retries;
  return { entered, transitions, retries, ...countLogs(lines), table: unitsOf(calls), httpRequests: 1 };
}

/** The logs, once what follows the table's stream has told of the end, too. */
function allLogs({ ministack }: Deployment): Promise<LogLine[]> {
  return until('the drill was counted', 60, async () => {
    const lines = await functionLogs(ministack);
    return lines.some(({ text }) => text.includes('"VerdictsPassed":1')) ? lines : undefined;
  });
}

function countLogs(lines: readonly LogLine[]) {
  const reports = lines.filter(({ text, group }) => text.startsWith('REPORT') && !group.includes('Watch'));
  const taskCalls = reports.filter(({ group }) => group.includes('Tasks')).length;
  return {
    taskCalls,
    otherCalls: reports.length - taskCalls,
    functions: new Set(reports.map(({ group }) => group)).size,
    handlerMilliseconds: reports.reduce(
      (sum, { text }) => sum + Number(/Duration: ([\d.]+) ms/.exec(text)?.[1] ?? 0),
      0,
    ),
    atlasCalls: lines.reduce((sum, { text }) => sum + requestsIn(text), 0),
  };
}

/** How many requests to Atlas a line of metrics tells of. */
function requestsIn(text: string): number {
  const values = /"AtlasRequests":(\[[\d,]+\]|\d+)/.exec(text)?.[1];
  return values === undefined
    ? 0
    : [JSON.parse(values) as number | number[]].flat().reduce((sum, one) => sum + one, 0);
}

async function readTableCalls(file: string): Promise<TableCall[]> {
  const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as TableCall);
}
