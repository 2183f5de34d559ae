import type { Random } from '../../core/random.ts';
import type { TaskContext } from '../../core/tasks/context.ts';
import type { PacedClock } from '../scaled-clock.ts';
import type { Ground, Handlers } from './handlers.ts';
import { valueAt } from './map-items.ts';
import type { Workflow } from './workflow-file.ts';

const RESOURCE = 'arn:aws:states:::states:startExecution.sync:2';

/** Runs the workflow of another job to its end. */
interface OtherEngine {
  run(
    jobId: string,
    context: TaskContext,
    clock: PacedClock,
    signal: AbortSignal,
    random?: Random,
  ): Promise<unknown>;
}

/** Each state that starts the workflow of another job and waits for it; it fails when that job did not succeed. */
export function startedHandlers({ States }: Workflow, other: OtherEngine | undefined): Handlers {
  const handler = (path: string) => async (input: unknown, on: Ground) => {
    const jobId = String(valueAt(path, input as Readonly<Record<string, unknown>>));
    if (other === undefined) throw new TypeError(`Nothing here runs job ${jobId}.`);
    // It runs on the same as the one that starts it.
    await other.run(jobId, on.context, on.clock, on.signal, on.random);
    const { status } = await on.context.jobs.get(jobId);
    if (status === 'SUCCEEDED') return input;
    throw Object.assign(new Error(`Job ${jobId} is ${status}.`), { name: 'States.TaskFailed' });
  };
  return Object.fromEntries(
    Object.entries(States).flatMap(([name, { Resource, Parameters }]) =>
      Resource === RESOURCE ? [[name, handler(Parameters?.Input?.['jobId.$'] ?? '')]] : [],
    ),
  );
}
