import type { workflowOf as WorkflowOf } from '../../core/jobs/job.ts';
import { workflowOf } from '../../core/jobs/job.ts';
import { tokenTask } from '../../local/engine/token-wait.ts';
import { mapsOf } from '../../local/engine/map-items.ts';
import type { Workflow } from '../../local/engine/workflow-file.ts';
import { TASKS } from '../../core/tasks/tasks.ts';
import type { Reference } from './judge.ts';

/** The tasks that a workflow can deliver, those of its Maps included. */
export function tasksIn(workflow: Workflow): string[] {
  const own = Object.entries(workflow.States).flatMap(([name, state]) => [
    ...(name in TASKS ? [name] : []),
    ...[tokenTask(state)].filter((task) => task !== undefined),
  ]);
  return [...new Set([...own, ...mapsOf(workflow).flatMap(({ processor }) => tasksIn(processor))])];
}

/** The tasks that jobs of a workflow were delivered. */
export function deliveredTasks(
  references: readonly Reference[],
  name: ReturnType<typeof WorkflowOf>,
): ReadonlySet<string> {
  return new Set(references.filter(({ job }) => workflowOf(job.kind) === name).flatMap(({ tasks }) => tasks));
}
