import type { workflowOf as WorkflowOf } from '../../core/jobs/job.ts';
import { workflowOf } from '../../core/jobs/job.ts';
import { seededRandom } from '../../core/random.ts';
import { createEngine, type Engine } from '../../local/engine/engine.ts';
import type { Tasks } from '../../local/engine/engine.ts';
import { readWorkflow } from '../../workflows/workflow.ts';
import { runIn } from './stage/process-timers.ts';
import { processOf, type Process } from './stage/process.ts';

/** Runs the workflow of a job in a process, until it ends or the process dies. */
export type Run = (jobId: string, process: Process) => Promise<void>;

const NAMES: readonly ReturnType<typeof WorkflowOf>[] = ['restore', 'cutover', 'pipeline', 'campaign'];
const runners = new Map<Tasks, Run>();

/** What runs jobs with these tasks. It is built once: that takes its time. */
export function runnerOf(tasks: Tasks): Run {
  const found = runners.get(tasks) ?? buildRunner(tasks);
  runners.set(tasks, found);
  return found;
}

function buildRunner(tasks: Tasks): Run {
  const delivered = inProcesses(tasks);
  const engines = new Map<string, Engine>();
  for (const name of NAMES)
    engines.set(name, createEngine(readWorkflow(name), delivered, engines.get('restore')));
  return async (jobId, process) => {
    const { context, clock, signal } = process;
    const { kind } = await context.jobs.get(jobId);
    const engine = engines.get(workflowOf(kind));
    await runIn(process, async () => engine?.run(jobId, context, clock, signal, seededRandom(1)));
  };
}

/** The tasks, each run as a delivery of the process that its context belongs to. */
function inProcesses(tasks: Tasks): Tasks {
  return Object.fromEntries(
    Object.entries(tasks).map(([name, task]) => [
      name,
      (input, context) => processOf(context).deliver(name, task, input),
    ]),
  );
}
