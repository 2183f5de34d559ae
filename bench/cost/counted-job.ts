import type { Job } from '../../core/jobs/job.ts';
import type { Task } from '../../core/tasks/context.ts';
import { TASKS } from '../../core/tasks/tasks.ts';
import { enteredHere } from '../../test/deploy/states.ts';
import { openRehearsal, type Rehearsal, type RehearsalOptions } from '../../test/support/rehearsal.ts';
import type { Counts } from './counts.ts';
import { callLog } from './table-calls.ts';
import { unitsOf } from './table-units.ts';

/** A job that ran on the embedded engine, and what was counted of it. */
export interface CountedJob {
  readonly job: Job;
  readonly counts: Counts;
}

/**
 * Runs a job on the embedded engine, in a simulated Atlas of its own, and counts.
 *
 * @param before what is done first, in the same table; it is not counted.
 */
export async function countJob(
  runbookText: string,
  options: RehearsalOptions,
  before: (at: Rehearsal) => Promise<void> = () => Promise.resolve(),
): Promise<CountedJob> {
  const log = callLog();
  const at = await openRehearsal({ ...options, watched: (table) => log.watched(table) });
  try {
    await before(at);
    const [calls, requests] = [log.calls.length, at.simulator.requests().length];
    const { jobId } = await at.start(runbookText);
    const work = meteredTasks(TASKS);
    let job: Job | undefined;
    const entered = await enteredHere(async () => (job = await at.run(jobId, { tasks: work.tasks })));
    if (job === undefined) throw new Error('The job has no end.');
    const tasks = entered.filter((name) => name in TASKS).length;
    const table = unitsOf(log.calls, calls);
    const counts = {
      entered,
      retries: work.calls() - tasks,
      transitions: entered.length + work.calls() - tasks,
      taskCalls: work.calls(),
      // One starts it. What follows the stream is called once for each write of the record at most.
      otherCalls: 1 + table.jobWrites,
      functions: work.names().size + 2,
      handlerMilliseconds: work.milliseconds(),
      atlasCalls: at.simulator.requests().length - requests,
      table,
      httpRequests: 1,
    };
    return { job, counts };
  } finally {
    await at.close();
  }
}

/** Tasks that count how often they are called and how long they take. */
export function meteredTasks(tasks: Readonly<Record<string, Task>>) {
  const times: number[] = [];
  const names = new Set<string>();
  const metered = (name: string, task: Task): Task => {
    return async (input, context) => {
      const begun = performance.now();
      try {
        return await task(input, context);
      } finally {
        names.add(name);
        times.push(performance.now() - begun);
      }
    };
  };
  return {
    tasks: Object.fromEntries(Object.entries(tasks).map(([name, task]) => [name, metered(name, task)])),
    calls: () => times.length,
    names: (): ReadonlySet<string> => names,
    milliseconds: () => times.reduce((sum, time) => sum + time, 0),
  };
}
