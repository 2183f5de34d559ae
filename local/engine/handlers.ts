import { z } from 'zod';
import type { Random } from '../../core/random.ts';
import type { Task, TaskContext, TaskOutput } from '../../core/tasks/context.ts';
import type { PacedClock } from '../scaled-clock.ts';
import { retrying, withTimeout } from './retrying.ts';
import { tokenTask, waitForToken } from './token-wait.ts';
import { turns } from './turns.ts';
import type { Workflow, WorkflowState } from './workflow-file.ts';

/** What does the work of each state that is a task to the engine, for whichever execution comes to it. */
export type Handlers = Readonly<Record<string, (input: unknown, on: Ground) => Promise<unknown>>>;

/** Seconds, about as long as a timer holds. Every task of ours has a limit of its own. */
const UNLIMITED = 2_000_000;

/**
 * Tasks that this process works on at once. Any more would share its one processor, and a thousand that begin together would all
 * be over their time limits, and be tried again on top of it.
 */
const inTurn = turns(24);

/** What states are handed. */
export const inputSchema = z.looseObject({
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

/** Each task with the retries and the time limit that its state in the workflow gives it. */
export function taskHandlers(workflow: Workflow, tasks: Tasks): Handlers {
  const handler = (name: string, task: Task) => (input: unknown, on: Ground) => {
    const { jobId, drill, caught } = inputSchema.parse(throughJson(input));
    const given = { jobId, ...(drill !== undefined && { drill }), ...(caught && { caught }) };
    const { Retry = [], TimeoutSeconds = UNLIMITED } = workflow.States[name] ?? {};
    const attempt = async () => {
      const output = await inTurn(async () => {
        // Asked to stop meanwhile: guarded keeps that from looking like a failure.
        on.signal.throwIfAborted();
        return withTimeout(TimeoutSeconds, task(given, on.context));
      });
      return throughJson(output) as TaskOutput;
    };
    return retrying(Retry, attempt, sleepOn(on), on.random);
  };
  const own = Object.entries(tasks).filter(([name]) => name in workflow.States);
  return Object.fromEntries(own.map(([name, task]) => [name, handler(name, task)]));
}

/** Each state that sleeps until people have decided; what it sleeps on is the job's clock, too. */
export function tokenHandlers(workflow: Workflow, tasks: Tasks): Handlers {
  const handler = (state: WorkflowState, task: Task) => async (input: unknown, on: Ground) => {
    const { jobId, waitSeconds = 0 } = inputSchema.parse(throughJson(input));
    await waitForToken({
      jobId,
      seconds: waitSeconds,
      deliver: (given, context) =>
        retrying(
          state.Retry ?? [],
          async () => throughJson(await task(given, context)) as TaskOutput,
          sleepOn(on),
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

/** Each wait, on the job's clock. */
export function waitHandlers(waits: readonly string[]): Handlers {
  const wait = async (input: unknown, on: Ground) => {
    await sleepOn(on)(inputSchema.parse(input).waitSeconds ?? 0);
    return input;
  };
  return Object.fromEntries(waits.map((name) => [name, wait]));
}

/** Sleeps seconds of the clock that the job runs on. */
function sleepOn({ clock, signal }: Ground): (seconds: number) => Promise<void> {
  return (seconds) => clock.sleep(seconds * 1000, signal);
}

/** What the engine calls for one execution, by the name of the state. */
type Calls = Readonly<Record<string, (input: unknown) => Promise<unknown>>>;

/**
 * The handlers for one execution, each made when its state comes: of a thousand jobs that wait, none keeps one for every state.
 *
 * Once asked to stop, a handler neither starts nor ends any more: the engine would otherwise take an interrupted wait
 * for a failed task, retry it, and go on into the clean-up.
 */
export function guarded(handlers: Handlers, on: Ground, running: Set<Promise<unknown>>): Calls {
  const never = () => new Promise<never>(() => undefined);
  const guard = (handler: Handlers[string]) => async (input: unknown) => {
    if (isAborted(on.signal)) return never();
    const work = handler(input, on);
    running.add(work);
    try {
      return await work;
    } catch (error) {
      if (isAborted(on.signal)) return await never();
      throw error;
    } finally {
      running.delete(work);
    }
  };
  return new Proxy<Calls>(
    {},
    {
      get(_, name) {
        const handler = typeof name === 'string' ? handlers[name] : undefined;
        return handler === undefined ? undefined : guard(handler);
      },
    },
  );
}

/** Asked afresh each time: the signal may have changed while a task was under way. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}

/** The engine hands state over by reference; on AWS it travels as JSON. So it does here. */
export function throughJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
