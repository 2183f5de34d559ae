import type { Workflow, WorkflowState } from './workflow-file.ts';

/** Longer than any wait, shorter than the 24.8 days that a timer holds. Seconds. */
const WAIT_TIMEOUT_SECONDS = 86_400;

/**
 * The workflow as the embedded engine runs it: each `Wait` becomes a task of the same name, so that it is slept on the
 * clock that Lifeboat was given. The engine's own `Wait` knows only the machine's clock, takes overrides only as one
 * fixed number a state, and fires long waits at once (docs/adr/0003).
 */
export function localize(workflow: Workflow): { definition: Workflow; waits: readonly string[] } {
  const waits: string[] = [];
  const States: Record<string, WorkflowState> = {};
  for (const [name, state] of Object.entries(workflow.States)) {
    if (state.Type === 'Task') States[name] = { ...state, Resource: localArn(name) };
    else if (state.Type === 'Wait') {
      waits.push(name);
      States[name] = waitTask(name, state);
    } else States[name] = state;
  }
  return { definition: { ...workflow, States }, waits };
}

function waitTask(name: string, { Next, End }: WorkflowState): WorkflowState {
  return {
    Type: 'Task',
    Resource: localArn(name),
    TimeoutSeconds: WAIT_TIMEOUT_SECONDS,
    ...(Next === undefined ? { End } : { Next }),
  };
}

/** The engine checks that a resource looks like one, as Step Functions does; it then calls the task of the state's name. */
function localArn(name: string): string {
  return `arn:aws:lambda:us-east-1:000000000000:function:${name}`;
}

/**
 * Milliseconds of the machine between tries, for each state and each of its retriers: the engine sleeps them on the
 * machine's clock, so a faster clock needs shorter ones.
 */
export function retryIntervals(workflow: Workflow, speed: number): Record<string, number[]> {
  const intervals: Record<string, number[]> = {};
  for (const [name, state] of Object.entries(workflow.States)) {
    if (state.Retry === undefined) continue;
    intervals[name] = state.Retry.map((retrier) => (Number(retrier.IntervalSeconds ?? 1) * 1000) / speed);
  }
  return intervals;
}
