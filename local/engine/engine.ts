import './promise-with-resolvers.ts';
import { setMaxListeners } from 'node:events';
import { StateMachine } from 'aws-local-stepfunctions';
import { z } from 'zod';
import type { Random } from '../../core/random.ts';
import type { Task, TaskContext, TaskOutput } from '../../core/tasks/context.ts';
import type { PacedClock } from '../scaled-clock.ts';
import { localize } from './localize.ts';
import { eachOf, itemsOf, mapsOf } from './map-items.ts';
import { startedHandlers } from './started-workflow.ts';
import { retrying, withTimeout } from './retrying.ts';
import { tokenTask, waitForToken } from './token-wait.ts';
import { turns } from './turns.ts';
import type { Workflow, WorkflowState } from './workflow-file.ts';

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

type Handlers = Record<string, (input: unknown) => Promise<unknown>>;
type StateInput = Parameters<StateMachine['run']>[0];
type Overrides = NonNullable<NonNullable<Parameters<StateMachine['run']>[1]>['overrides']>;

/** Seconds, about as long as a timer holds. Every task of ours has a limit of its own. */
const UNLIMITED = 2_000_000;

/**
 * Tasks that this process works on at once. Any more would share its one processor, and a thousand that begin together would all
 * be over their time limits, and be tried again on top of it.
 */
const inTurn = turns(64);

/** The files are ours, and tests check them; doing it again takes 0.1 s for each job. */
const UNCHECKED = { validationOptions: { noValidate: true } };

const inputSchema = z.looseObject({
  jobId: z.string(),
  drill: z.string().optional(),
  waitSeconds: z.number().optional(),
  caught: z.object({ Error: z.string(), Cause: z.string() }).optional(),
});

/** Every task by the name of its state. */
export type Tasks = Readonly<Record<string, Task>>;

/** What an execution runs on. */
export interface Ground {
  readonly context: TaskContext;
  readonly clock: PacedClock;
  readonly signal: AbortSignal;
  readonly random: Random | undefined;
}

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

  return async (input, ground) => {
    const { clock, signal } = ground;
    const running = new Set<Promise<unknown>>();
    const sleep = (seconds: number) => clock.sleep(seconds * 1000, signal);
    const handlers = {
      ...taskHandlers(workflow, tasks, ground, sleep),
      ...tokenHandlers(workflow, tasks, ground),
      ...startedHandlers(workflow, ground, drills),
      ...waitHandlers(waits, sleep),
      ...mapHandlers(maps, ground),
    };
    const overrides = { taskResourceLocalHandlers: guardAll(handlers, signal, running) } as Overrides;
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
    const outcome = await Promise.race([interrupted, ended]);
    over.abort();
    await Promise.allSettled(running);
    return outcome;
  };
}

/** Each Map, with all of its items; what comes of an item is in its records, and its own states deal with it. */
function mapHandlers(
  maps: readonly (readonly [ReturnType<typeof mapsOf>[number], Execute])[],
  ground: Ground,
): Handlers {
  const handler = (map: ReturnType<typeof mapsOf>[number], execute: Execute) => async (input: unknown) => {
    const { items, atOnce } = itemsOf(map, inputSchema.parse(throughJson(input)));
    // Each item listens for itself, and so does each of its waits.
    setMaxListeners(0, ground.signal);
    await eachOf(items, atOnce, (item) => execute(item, ground));
    return input;
  };
  return Object.fromEntries(maps.map(([map, execute]) => [map.name, handler(map, execute)]));
}

/** Sleeps seconds of the clock that the job runs on. */
type Sleep = (seconds: number) => Promise<void>;

/** Each task with the retries and the time limit that its state in the workflow gives it. */
function taskHandlers(workflow: Workflow, tasks: Tasks, { context, random }: Ground, sleep: Sleep): Handlers {
  const handler = (name: string, task: Task) => (input: unknown) => {
    const { jobId, drill, caught } = inputSchema.parse(throughJson(input));
    const given = { jobId, ...(drill !== undefined && { drill }), ...(caught && { caught }) };
    const { Retry = [], TimeoutSeconds = UNLIMITED } = workflow.States[name] ?? {};
    const attempt = async () => {
      const output = await inTurn(() => withTimeout(TimeoutSeconds, task(given, context)));
      return throughJson(output) as TaskOutput;
    };
    return retrying(Retry, attempt, sleep, random);
  };
  // Those of the other workflows would take room in every job.
  const own = Object.entries(tasks).filter(([name]) => name in workflow.States);
  return Object.fromEntries(own.map(([name, task]) => [name, handler(name, task)]));
}

/** Each state that sleeps until people have decided; what it sleeps on is the job's clock, too. */
function tokenHandlers(workflow: Workflow, tasks: Tasks, on: Ground): Handlers {
  const handler = (state: WorkflowState, task: Task) => async (input: unknown) => {
    const { jobId, waitSeconds = 0 } = inputSchema.parse(throughJson(input));
    const sleep = (seconds: number) => on.clock.sleep(seconds * 1000, on.signal);
    await waitForToken({
      jobId,
      seconds: waitSeconds,
      deliver: (given, context) =>
        retrying(
          state.Retry ?? [],
          async () => throughJson(await task(given, context)) as TaskOutput,
          sleep,
          on.random,
        ),
      ...on,
    });
    return input;
  };
  return Object.fromEntries(
    Object.entries(workflow.States).flatMap(([name, state]) => {
      const task = tasks[tokenTask(state) ?? ''];
      return task === undefined ? [] : [[name, handler(state, task)]];
    }),
  );
}

function waitHandlers(waits: readonly string[], sleep: Sleep): Handlers {
  const wait = async (input: unknown) => {
    await sleep(inputSchema.parse(input).waitSeconds ?? 0);
    return input;
  };
  return Object.fromEntries(waits.map((name) => [name, wait]));
}

/**
 * Once asked to stop, a handler neither starts nor ends any more: the engine would otherwise take an interrupted wait
 * for a failed task, retry it, and go on into the clean-up.
 */
function guardAll(handlers: Handlers, signal: AbortSignal, running: Set<Promise<unknown>>): Handlers {
  const never = () => new Promise<never>(() => undefined);
  const guard = (handler: Handlers[string]) => async (input: unknown) => {
    if (isAborted(signal)) return never();
    const work = handler(input);
    running.add(work);
    try {
      return await work;
    } catch (error) {
      if (isAborted(signal)) return await never();
      throw error;
    } finally {
      running.delete(work);
    }
  };
  return Object.fromEntries(Object.entries(handlers).map(([name, handler]) => [name, guard(handler)]));
}

/** Asked afresh each time: the signal may have changed while a task was under way. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}

/** The engine hands state over by reference; on AWS it travels as JSON. So it does here. */
function throughJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
