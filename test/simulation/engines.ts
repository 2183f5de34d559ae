import type { Task, TaskContext } from '../../core/tasks/context.ts';
import { TASKS } from '../../core/tasks/tasks.ts';
import type { workflowOf } from '../../core/jobs/job.ts';
import { createEngine, type Engine } from '../../local/engine/engine.ts';
import { readWorkflow } from '../../workflows/workflow.ts';
import { twice, twiceAtOnce } from '../faults/deliveries.ts';

/** What a task is given here: beside the usual, how it is delivered. */
export interface SimulatedContext extends TaskContext {
  delivery(): Promise<'once' | 'delivered twice' | 'delivered twice at once'>;
}

type WorkflowName = ReturnType<typeof workflowOf>;

/** An engine for each workflow: the embedded one, with the workflow files as they are. */
export type Engines = Readonly<Record<WorkflowName, Engine>>;

/** Builds them. */
export function openEngines(): Engines {
  const tasks = Object.fromEntries(Object.entries(TASKS).map(([name, task]) => [name, delivered(task)]));
  const engine = (name: WorkflowName, drills?: Engine) => createEngine(readWorkflow(name), tasks, drills);
  const restore = engine('restore');
  return {
    restore,
    cutover: engine('cutover'),
    pipeline: engine('pipeline'),
    campaign: engine('campaign', restore),
  };
}

/** A task as often as its context wants it to be delivered. */
function delivered(task: Task): Task {
  return async (input, context) => {
    const how = await (context as SimulatedContext).delivery();
    if (how === 'once') return task(input, context);
    return (how === 'delivered twice' ? twice(task) : twiceAtOnce(task))(input, context);
  };
}
