import type { TaskContext, TaskInput, TaskOutput } from '../../core/tasks/context.ts';
import type { GivenContext } from '../../core/tasks/needs.ts';
import { machineClock } from './machine-clock.ts';
import { installationPolicy } from './policy.ts';
import { reportPlace } from './report-place.ts';
import { jobHistory } from './table.ts';

/** What gives a task something that only some tasks need. Its code is in the bundles of those tasks alone. */
export interface TaskPart {
  /** Made for each invocation and the job that it is for. */
  readonly context?: (input: TaskInput) => Promise<Partial<TaskContext>>;
  /** What is done after the task, whatever it put out. */
  readonly afterwards?: (input: TaskInput, output: TaskOutput) => Promise<void>;
}

/** What a task is handed on AWS: what every task needs, and what its parts add. */
export async function taskContext(parts: readonly TaskPart[], input: TaskInput): Promise<GivenContext> {
  const given: GivenContext = {
    clock: machineClock,
    jobs: jobHistory(),
    policy: installationPolicy(),
    reports: { place: reportPlace },
  };
  const added = await Promise.all(parts.flatMap(({ context }) => context?.(input) ?? []));
  return Object.assign(given, ...added) as GivenContext;
}
