import type { AtlasClient } from '../../core/atlas/client.ts';
import type { TaskContext, TaskInput } from '../../core/tasks/context.ts';
import { machineClock } from './machine-clock.ts';
import { outbound } from './outbound.ts';
import { installationPolicy } from './policy.ts';
import { reportPlace } from './report-place.ts';
import { jobHistory } from './table.ts';

/** A part of the context that only some tasks need, made for each invocation and the job that it is for. */
export type ContextPart = (input: TaskInput) => Promise<Partial<TaskContext>>;

/**
 * What a task is handed on AWS. Atlas and writing reports are parts that a handler asks for: a function that does not is
 * neither given the permissions nor carries the code.
 */
export async function taskContext(parts: readonly ContextPart[], input: TaskInput): Promise<TaskContext> {
  const context: TaskContext = {
    clock: machineClock,
    jobs: jobHistory(),
    outbound,
    policy: installationPolicy(),
    atlas: new Proxy({} as AtlasClient, { get: refuse }),
    reports: { place: reportPlace, put: refuse },
  };
  return Object.assign(context, ...(await Promise.all(parts.map((part) => part(input))))) as TaskContext;
}

/** Stands for what a function was not given; to be asked for it is a fault of Lifeboat's own. */
function refuse(): never {
  throw new Error(
    'This function has no access to Atlas, or to the reports: its handler does not ask for it.',
  );
}
