import type { Workflow, WorkflowState } from './workflow-file.ts';

/** Longer than any wait and any row of retries, shorter than the 24.8 days that a timer holds. Seconds. */
const TIMEOUT_SECONDS = 604_800;

/** The types of states that are tasks here. */
const LOCAL: readonly string[] = ['Task', 'Wait', 'Map'];

/** A workflow as the embedded engine runs it, and the names of its waits. */
export interface LocalWorkflow {
  readonly definition: Workflow;
  readonly waits: readonly string[];
}

/**
 * The workflow as the embedded engine runs it (docs/adr/0003). What takes time is done by us, on the clock that Lifeboat
 * was given: each `Wait` becomes a task of the same name, and `Retry` and `TimeoutSeconds` of a task are left to its
 * handler. The engine's own know only the machine's clock, take overrides only as fixed numbers, and go on when aborted. A
 * `Map` becomes a task, too, whose handler runs its items: the engine's own is not distributed and keeps running when it failed.
 */
export function localize(workflow: Workflow): LocalWorkflow {
  const waits: string[] = [];
  const States: Record<string, WorkflowState> = {};
  for (const [name, state] of Object.entries(workflow.States)) {
    if (state.Type === 'Wait') waits.push(name);
    States[name] = LOCAL.includes(state.Type) ? localTask(name, state) : state;
  }
  return { definition: { ...workflow, States }, waits };
}

function localTask(name: string, { Next, End, Catch }: WorkflowState): WorkflowState {
  return {
    Type: 'Task',
    Resource: localArn(name),
    TimeoutSeconds: TIMEOUT_SECONDS,
    ...(Catch !== undefined && { Catch }),
    ...(Next === undefined ? { End } : { Next }),
  };
}

/** The engine checks that a resource looks like one, as Step Functions does; it then calls the task of the state's name. */
function localArn(name: string): string {
  return `arn:aws:lambda:us-east-1:000000000000:function:${name}`;
}
