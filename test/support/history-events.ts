import type { Workflow, WorkflowState } from '../../workflows/workflow.ts';

/** Events that the history of one standard execution may hold; the next one fails it. From Step Functions' page of quotas. */
export const MOST_HISTORY_EVENTS = 25_000;

/** ExecutionStarted, and ExecutionSucceeded or ExecutionFailed. */
const OF_THE_EXECUTION = 2;
/** LambdaFunctionScheduled, LambdaFunctionStarted, LambdaFunctionFailed: an attempt that is tried again. */
const OF_A_FAILED_ATTEMPT = 3;

/**
 * How many events Step Functions writes into the history of an execution that enters these states. The rules are those of its event
 * types (API reference, HistoryEvent): each state is entered and exited, and in between the work of a task has its own events.
 *
 * @param entered the names of the states, in order.
 * @param failedAttempts attempts of tasks that were tried again.
 * @throws TypeError when a state is of a type that has no rule here.
 */
export function historyEvents(workflow: Workflow, entered: readonly string[], failedAttempts = 0): number {
  const ofStates = entered.reduce((sum, name) => sum + eventsOf(name, workflow.States[name]), 0);
  return OF_THE_EXECUTION + ofStates + failedAttempts * OF_A_FAILED_ATTEMPT;
}

function eventsOf(name: string, state: WorkflowState | undefined): number {
  switch (state?.Type) {
    case 'Choice':
    case 'Pass':
    case 'Wait':
    case 'Succeed':
      return 2;
    case 'Fail':
      // It is entered, and the execution fails.
      return 1;
    case 'Task':
      // Entered and exited; scheduled, started and ended. What waits for a token is submitted besides.
      return state.Resource?.endsWith('.waitForTaskToken') === true ? 6 : 5;
    default:
      throw new TypeError(`Nothing is known of the events of ${name}, a state of the type ${state?.Type}.`);
  }
}
