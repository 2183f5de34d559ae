import './promise-with-resolvers.ts';
import { setMaxListeners } from 'node:events';
import { StateMachine } from 'aws-local-stepfunctions';
import type { Random } from '../../core/random.ts';
import type { TaskContext } from '../../core/tasks/context.ts';
import type { PacedClock } from '../scaled-clock.ts';
import {
  guarded,
  inputSchema,
  taskHandlers,
  throughJson,
  tokenHandlers,
  waitHandlers,
  type Ground,
  type Handlers,
  type Tasks,
} from './handlers.ts';
import { localize } from './localize.ts';
import { eachOf, itemsOf, mapsOf } from './map-items.ts';
import { startedHandlers } from './started-workflow.ts';
import type { Workflow } from './workflow-file.ts';

/** How an execution stopped: the workflow ran to an end, or the process was asked to stop and the job can go on later. */
export type Outcome = 'ended' | 'interrupted';

/** Runs one kind of workflow on this machine. */
export interface Engine {
  /**
   * Runs the workflow for a job from the top. The tasks find what is done already in the job's record.
   *
   * @param clock what waits and retries are slept on.
   * @param signal asks it to stop where it is; the task under way is finished first.
   * @param random draws the jitter of retries; the machine's own without it.
   */
  run(
    jobId: string,
    context: TaskContext,
    clock: PacedClock,
    signal: AbortSignal,
    random?: Random,
  ): Promise<Outcome>;
}

type StateInput = Parameters<StateMachine['run']>[0];
type Overrides = NonNullable<NonNullable<Parameters<StateMachine['run']>[1]>['overrides']>;

/** The files are ours, and tests check them; doing it again takes 0.1 s for each job. */
const UNCHECKED = { validationOptions: { noValidate: true } };

/** Runs a state machine once. */
type Execute = (input: Readonly<Record<string, unknown>>, ground: Ground) => Promise<Outcome>;

/**
 * An engine for a workflow, which it takes as it is.
 *
 * @param drills the engine of the workflow that a campaign starts for each of its drills.
 */
export function createEngine(workflow: Workflow, tasks: Tasks, drills?: Engine): Engine {
  const execute = createExecute(workflow, tasks, drills);
  return {
    run: (jobId, context, clock, signal, random) => execute({ jobId }, { context, clock, signal, random }),
  };
}

function createExecute(workflow: Workflow, tasks: Tasks, drills: Engine | undefined): Execute {
  const { definition, waits } = localize(workflow);
  const machine = new StateMachine(definition as ConstructorParameters<typeof StateMachine>[0], UNCHECKED);
  const maps = mapsOf(workflow).map((map) => [map, createExecute(map.processor, tasks, drills)] as const);
  const handlers = {
    ...taskHandlers(workflow, tasks),
    ...tokenHandlers(workflow, tasks),
    ...startedHandlers(workflow, drills),
    ...waitHandlers(waits),
    ...mapHandlers(maps),
  };

  return async (input, ground) => {
    const { signal } = ground;
    const running = new Set<Promise<unknown>>();
    const overrides = { taskResourceLocalHandlers: guarded(handlers, ground, running) } as Overrides;
    const execution = machine.run(throughJson(input) as StateInput, { overrides });
    const over = new AbortController();
    const interrupted = new Promise<Outcome>((resolve) => {
      const stop = () => {
        execution.abort();
        resolve('interrupted');
      };
      if (signal.aborted) stop();
      else signal.addEventListener('abort', stop, { once: true, signal: over.signal });
    });
    // A workflow that ends in Fail rejects; the job's record says how it ended, so the rejection tells nothing new.
    const ended = execution.result.then(
      (): Outcome => 'ended',
      (): Outcome => 'ended',
    );
    void letGo(execution.eventLogs);
    const outcome = await Promise.race([interrupted, ended]);
    over.abort();
    await Promise.allSettled(running);
    return outcome;
  };
}

/** The engine keeps each of its events until somebody takes it, which would be until the job ends. */
async function letGo(events: AsyncIterator<unknown>): Promise<void> {
  while ((await events.next()).done !== true);
}

/** Each Map, with all of its items; what comes of an item is in its records, and its own states deal with it. */
function mapHandlers(maps: readonly (readonly [ReturnType<typeof mapsOf>[number], Execute])[]): Handlers {
  const handler =
    (map: ReturnType<typeof mapsOf>[number], execute: Execute) => async (input: unknown, on: Ground) => {
      const { items, atOnce } = itemsOf(map, inputSchema.parse(throughJson(input)));
      // Each item listens for itself, and so does each of its waits.
      setMaxListeners(0, on.signal);
      await eachOf(items, atOnce, (item) => execute(item, on));
      return input;
    };
  return Object.fromEntries(maps.map(([map, execute]) => [map.name, handler(map, execute)]));
}
