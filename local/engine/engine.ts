import { setMaxListeners } from 'node:events';
import pLimit from 'p-limit';
import type { Random } from '../../core/random.ts';
import type { Task, TaskContext, TaskOutput } from '../../core/tasks/context.ts';
import type { Workflow, WorkflowState } from '../../workflows/workflow.ts';
import type { PacedClock } from '../scaled-clock.ts';
import { isNamed, retrying, withTimeout } from './retrying.ts';
import { STATES, type EnteredState } from './states-channel.ts';
import { tokenTask, waitForToken } from './token-wait.ts';

/** How an execution stopped: the workflow ran to an end, or the process was asked to stop and the job can go on later. */
export type Outcome = 'ended' | 'interrupted';

/** Every task by the name of its state. */
export type Tasks = Readonly<Record<string, Task>>;

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

/** What an execution runs on. */
interface Ground {
  readonly context: TaskContext;
  readonly clock: PacedClock;
  readonly signal: AbortSignal;
  readonly random: Random | undefined;
}

/** What a state is given and hands on: the input of a task, with what the task before it answered. */
type Data = Pick<TaskOutput, 'jobId'> &
  Partial<Omit<TaskOutput, 'jobId'>> & { caught?: { Error: string; Cause: string } };

/**
 * Tasks that this process works on at once. Any more would share its one processor, and a thousand that begin together would all
 * be over their time limits, and be tried again on top of it.
 */
const inTurn = pLimit(24);

/** Seconds, about as long as a timer holds. Every task of ours has a limit of its own. */
const UNLIMITED = 2_000_000;

const START_EXECUTION = 'arn:aws:states:::states:startExecution.sync:2';

/**
 * An engine for a workflow. It runs the part of Amazon States Language that `test/workflows/subset.test.ts` allows
 * (docs/adr/0020).
 *
 * @param drills the engine of the workflow that a campaign starts for each of its drills.
 */
export function createEngine(workflow: Workflow, tasks: Tasks, drills?: Engine): Engine {
  return {
    run: (jobId, context, clock, signal, random) =>
      execute(workflow, { jobId }, { context, clock, signal, random }),
  };

  async function execute(own: Workflow, input: Data, on: Ground): Promise<Outcome> {
    const execution = {};
    let name: string | undefined = own.StartAt;
    let data = input;
    let caught = false;
    while (name !== undefined) {
      if (isAborted(on.signal)) return 'interrupted';
      const state = named(name, own.States, 'state');
      STATES.publish({ execution, workflow: own, name, caught } satisfies EnteredState);
      caught = false;
      // What a workflow that ends in Fail has achieved is in the job's record.
      if (state.Type === 'Succeed' || state.Type === 'Fail') return 'ended';
      if (state.Type === 'Choice') {
        name = chosen(state, data);
        continue;
      }
      try {
        const result = await perform(name, state, data, on);
        if (state.ResultPath !== null) data = result;
        name = state.Next;
      } catch (error) {
        // What was interrupted did not fail.
        if (isAborted(on.signal)) return 'interrupted';
        const catcher = state.Catch?.find(({ ErrorEquals }) => isNamed(ErrorEquals, error));
        if (catcher === undefined) return 'ended';
        if (catcher.ResultPath !== null) data = { ...data, caught: caughtOf(error) };
        name = catcher.Next;
        caught = true;
      }
    }
    return 'ended';
  }

  /** Does what takes time. A wait and a Map hand on what they were given. */
  async function perform(name: string, state: WorkflowState, data: Data, on: Ground): Promise<Data> {
    if (state.Type === 'Wait') await sleepOn(on)(data.waitSeconds ?? 0);
    else if (state.Type === 'Map') await runItems(state, data, on);
    else if (state.Resource === START_EXECUTION) await runDrill(data, on);
    else {
      const asking = tokenTask(state);
      if (asking === undefined) return runTask(taskOf(name), state, data, on);
      await sleepUntilDecided(taskOf(asking), state, data, on);
    }
    return data;
  }

  /** What a task answers travels as JSON on AWS. So it does here. */
  function runTask(
    task: Task,
    state: WorkflowState,
    { jobId, drill, caught }: Data,
    on: Ground,
  ): Promise<Data> {
    const attempt = () =>
      inTurn(async () => {
        on.signal.throwIfAborted();
        const input = { jobId, ...(drill !== undefined && { drill }), ...(caught && { caught }) };
        return throughJson(await withTimeout(state.TimeoutSeconds ?? UNLIMITED, task(input, on.context)));
      });
    return retrying(state.Retry ?? [], attempt, sleepOn(on), on.random);
  }

  async function sleepUntilDecided(task: Task, state: WorkflowState, data: Data, on: Ground): Promise<void> {
    const { jobId, waitSeconds = 0 } = data;
    const deliver = (taskToken: string) => {
      const attempt = async () => throughJson(await task({ jobId, taskToken }, on.context));
      return retrying(state.Retry ?? [], attempt, sleepOn(on), on.random);
    };
    await waitForToken(waitSeconds, deliver, on.clock, on.signal);
  }

  /** The items of a Map, in order. What comes of one is in its records, and its own states deal with it. */
  async function runItems(
    state: WorkflowState,
    { jobId, drills: ids = [], concurrency = 1 }: Data,
    on: Ground,
  ): Promise<void> {
    const { ItemProcessor } = state;
    if (ItemProcessor === undefined) throw new TypeError('A Map without states.');
    // Each item listens for itself, and so does each of its waits.
    setMaxListeners(0, on.signal);
    await pLimit(Math.max(1, concurrency)).map(ids, (drill) => execute(ItemProcessor, { jobId, drill }, on));
  }

  /** The workflow of another job, to its end. It runs on the same as the one that starts it, and fails when that job does. */
  async function runDrill({ drill }: Data, { context, clock, signal, random }: Ground): Promise<void> {
    if (drills === undefined || drill === undefined) throw new TypeError(`Nothing here runs job ${drill}.`);
    await drills.run(drill, context, clock, signal, random);
    const { status } = await context.jobs.get(drill);
    if (status !== 'SUCCEEDED')
      throw Object.assign(new Error(`Job ${drill} is ${status}.`), { name: 'States.TaskFailed' });
  }

  function taskOf(name: string): Task {
    return named(name, tasks, 'task');
  }
}

function named<One>(name: string, all: Readonly<Record<string, One>>, what: string): One {
  const one = all[name];
  if (one === undefined)
    throw new TypeError(`The workflow names the ${what} ${name}, which there is none of.`);
  return one;
}

function chosen({ Choices = [], Default }: WorkflowState, { next }: Data): string | undefined {
  return Choices.find(({ StringEquals }) => StringEquals === next)?.Next ?? Default;
}

function caughtOf(error: unknown): NonNullable<Data['caught']> {
  return error instanceof Error
    ? { Error: error.name, Cause: error.message }
    : { Error: 'Error', Cause: String(error) };
}

/** Sleeps seconds of the clock that the job runs on. */
function sleepOn({ clock, signal }: Ground): (seconds: number) => Promise<void> {
  return (seconds) => clock.sleep(seconds * 1000, signal);
}

/** Asked afresh each time: the signal may have changed while a task was under way. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}

function throughJson<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value)) as Value;
}
