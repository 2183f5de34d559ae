import { createAtlasClient } from '../../../core/atlas/create-client.ts';
import { createJobStore } from '../../../core/jobs/table/job-store.ts';
import type { JobStore } from '../../../core/jobs/store.ts';
import { NO_POLICY } from '../../../core/policy/policy.ts';
import { seededRandom } from '../../../core/random.ts';
import type { Task, TaskContext, TaskInput, TaskOutput } from '../../../core/tasks/context.ts';
import type { PacedClock } from '../../../local/scaled-clock.ts';
import { practiceTransport } from './atlas-wire.ts';
import { deliveries, type Delivery } from './deliveries.ts';
import type { Effect } from './effects.ts';
import { practicePost } from './post-wire.ts';
import { reportsOn } from './report-wire.ts';
import type { Ground } from './ground.ts';
import { wiredTable } from './table-wire.ts';

/** What stands between a process and the world. */
export type Tap = <T>(effect: Effect<T>, delivery: Delivery | undefined) => Promise<T>;

/** A process that runs jobs: its own clock, its own client of Atlas, its own way to the history. */
export interface Process {
  readonly context: TaskContext;
  readonly clock: PacedClock;
  readonly signal: AbortSignal;
  /** Milliseconds by which its clock is ahead of the true time. */
  ahead: number;
  /** Ends it where it stands: nothing that it asks for from now on is done, and nothing is answered. */
  die(): never;
  /** Stops it where it stands, as SIGSTOP does, while something else is done. */
  freeze(meanwhile: () => Promise<void>): Promise<void>;
  /** Resolves once it may go on. */
  goOn(): Promise<void>;
  /** Runs a task, as one delivery. */
  deliver(name: string, task: Task, input: TaskInput): Promise<TaskOutput>;
}

/** What was asked by a process that is dead. */
class ProcessDiedError extends Error {
  override readonly name = 'ProcessDiedError';
}

/** Effects and reads after which it is clear that a job goes on for ever; none has 500. */
const MOST_EFFECTS = 5000;
/** How often a workflow that sleeps for people looks whether they have answered, in seconds of its clock. */
const LOOKS_EVERY = 30;

const processes = new WeakMap<TaskContext, Process>();

/** The process that a context belongs to. */
export function processOf(context: TaskContext): Process {
  const found = processes.get(context);
  if (found === undefined) throw new TypeError('The context belongs to no process.');
  return found;
}

/** Starts a process. */
export function startProcess(ground: Ground, tap: Tap = (effect) => effect.perform()): Process {
  const { time } = ground;
  const ending = new AbortController();
  let frozen: Promise<void> | undefined;
  const checkAlive = () => {
    if (ending.signal.aborted) throw new ProcessDiedError();
  };
  const goOn = async () => {
    checkAlive();
    await frozen;
    checkAlive();
  };
  const wire = async <T>(effect: Omit<Effect<T>, 'task'>): Promise<T> => {
    await goOn();
    ground.meter.effects += 1;
    if (ground.meter.effects > MOST_EFFECTS) ground.meter.onOverrun();
    const delivery = deliveries.getStore();
    const result = await tap({ ...effect, task: delivery?.task ?? '' }, delivery);
    checkAlive();
    return result;
  };
  const clock: PacedClock = {
    speed: LOOKS_EVERY,
    now: () => time.now() + process.ahead,
    sleep: async (milliseconds, signal) => {
      await time.sleep(milliseconds, signal);
      await goOn();
    },
  };
  const { credentials } = ground.atlas;
  const { mutant } = ground;
  const wired: TaskContext = {
    clock,
    atlas: createAtlasClient({
      baseUrl: ground.baseUrl,
      credentials: { kind: 'serviceAccount', ...credentials },
      clock,
      random: seededRandom(1),
      transport: practiceTransport(ground, wire, clock),
    }),
    jobs: acknowledging(
      createJobStore((mutant.table ?? same)(wiredTable(ground, wire, goOn))),
      ground,
      checkAlive,
    ),
    reports: reportsOn(ground, wire),
    outbound: practicePost(ground, wire),
    policy: NO_POLICY,
  };
  const context = (mutant.context ?? same)(wired);
  const process: Process = {
    context,
    clock,
    signal: ending.signal,
    ahead: 0,
    die() {
      ending.abort();
      throw new ProcessDiedError();
    },
    async freeze(meanwhile) {
      let thaw: () => void = () => undefined;
      frozen = new Promise((resolve) => (thaw = resolve));
      await meanwhile();
      frozen = undefined;
      thaw();
    },
    goOn,
    deliver: (name, task, input) => deliverOnce(name, task, input, process, ground),
  };
  processes.set(context, process);
  return process;
}

const same = <T>(it: T): T => it;

/** One delivery, and another where a fault asked for it. */
async function deliverOnce(
  name: string,
  task: Task,
  input: TaskInput,
  { context }: Process,
  ground: Ground,
): Promise<TaskOutput> {
  ground.delivered.add(name);
  const others: Promise<TaskOutput | undefined>[] = [];
  const once = (delivery: Delivery, where = context) => deliveries.run(delivery, () => task(input, where));
  const deliveryOf = (): Delivery => ({
    task: name,
    input,
    repeat: false,
    async again() {
      const other = once(deliveryOf(), startProcess(ground).context).catch(() => undefined);
      others.push(other);
      await other;
    },
  });
  const delivery = deliveryOf();
  try {
    const output = await once(delivery);
    return delivery.repeat ? await once(deliveryOf()) : output;
  } catch (error) {
    // The workflow goes on with whichever delivery ends well, as Step Functions does with a retried invocation.
    const ended = (await Promise.all(others)).find((output) => output !== undefined);
    if (ended !== undefined) return ended;
    throw error;
  }
}

/** The store, which notes what it acknowledged to the living. */
function acknowledging(jobs: JobStore, ground: Ground, checkAlive: () => void): JobStore {
  return {
    ...jobs,
    async append(jobId, event) {
      const written = await jobs.append(jobId, event);
      checkAlive();
      ground.acknowledged.push(written);
      return written;
    },
  };
}
