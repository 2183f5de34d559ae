import type { workflowOf as WorkflowOf } from '../../core/jobs/job.ts';
import { workflowOf } from '../../core/jobs/job.ts';
import { tokenTask } from '../../local/engine/token-wait.ts';
import { withItems, type Workflow } from '../../workflows/workflow.ts';
import { TASKS } from '../../core/tasks/tasks.ts';
import type { Reference } from './judge.ts';

/** The tasks that a workflow can deliver, those of its Maps included. */
export function tasksIn(workflow: Workflow): string[] {
  const states = withItems(workflow).flatMap(({ States }) => Object.entries(States));
  const tasks = states.flatMap(([name, state]) => [
    ...(name in TASKS ? [name] : []),
    ...[tokenTask(state)].filter((task) => task !== undefined),
  ]);
  return [...new Set(tasks)];
}

/** The tasks that jobs of a workflow were delivered. */
export function deliveredTasks(
  references: readonly Reference[],
  name: ReturnType<typeof WorkflowOf>,
): ReadonlySet<string> {
  return new Set(references.filter(({ job }) => workflowOf(job.kind) === name).flatMap(({ tasks }) => tasks));
}
