import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  ListStateMachinesCommand,
  type SFNClient,
} from '@aws-sdk/client-sfn';
import type { Workflow } from '../../workflows/workflow.ts';
import { STATES, type EnteredState } from '../../local/engine/states-channel.ts';

/** What the history of an execution tells. */
export interface ExecutionHistory {
  /** The names of the states that it entered, in order. */
  readonly entered: readonly string[];
  /** How often a task failed and was tried again. */
  readonly retries: number;
}

/** Reads the history of an execution to its end. */
export async function historyOnAws(sfn: SFNClient, executionArn: string): Promise<ExecutionHistory> {
  const entered: string[] = [];
  let [scheduled, tasks] = [0, 0];
  let nextToken: string | undefined;
  do {
    const page = await sfn.send(
      new GetExecutionHistoryCommand({
        executionArn,
        maxResults: 1000,
        ...(nextToken !== undefined && { nextToken }),
      }),
    );
    for (const { stateEnteredEventDetails: state, type = '' } of page.events ?? []) {
      if (state?.name !== undefined) entered.push(state.name);
      if (type === 'TaskStateEntered') tasks += 1;
      if (type === 'TaskScheduled' || type === 'LambdaFunctionScheduled') scheduled += 1;
    }
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return { entered, retries: scheduled - tasks };
}

/** The state machine of a workflow. */
export async function machineOf(sfn: SFNClient, workflow: string): Promise<string> {
  const { stateMachines = [] } = await sfn.send(new ListStateMachinesCommand({}));
  const [found, ...more] = stateMachines.filter(
    ({ name }) => name?.includes(`Workflows${workflow}`) === true,
  );
  if (found?.stateMachineArn === undefined || more.length > 0)
    throw new Error(`Which state machine is ${workflow}?`);
  return found.stateMachineArn;
}

/** The execution of a job. */
export function executionOf(machineArn: string, jobId: string): string {
  return `${machineArn.replace(':stateMachine:', ':execution:')}:${jobId}`;
}

/** How an execution ended: `SUCCEEDED`, `FAILED` and so on. */
export async function endOfExecution(sfn: SFNClient, executionArn: string): Promise<string | undefined> {
  return (await sfn.send(new DescribeExecutionCommand({ executionArn }))).status;
}

/**
 * The names of the states that the first execution of the embedded engine enters while something runs. A campaign begins others,
 * which have histories of their own on AWS, too.
 */
export async function enteredHere(run: () => Promise<unknown>): Promise<string[]> {
  const entered: string[] = [];
  let first: object | undefined;
  const watch = (message: unknown) => {
    const { execution, name } = message as EnteredState;
    first ??= execution;
    if (execution === first) entered.push(name);
  };
  subscribe(STATES.name, watch);
  try {
    await run();
    return entered;
  } finally {
    unsubscribe(STATES.name, watch);
  }
}

/**
 * The course of an execution without its loops of waiting: each time it waits, what it went through since it last was where the
 * wait leads back to counts as not gone through. How often somebody looks depends on how long things take; where they go in
 * the end does not. What is asked of people, retries and loops that do not wait stay as they were.
 */
export function courseOf(entered: readonly string[], workflow: Workflow): string[] {
  const course: string[] = [];
  for (const name of entered) {
    const state = workflow.States[name];
    if (state?.Type !== 'Wait') {
      course.push(name);
      continue;
    }
    const { Next } = state;
    const back = typeof Next === 'string' ? course.lastIndexOf(Next) : -1;
    // The wait before the first look leads on.
    if (back !== -1) course.length = back;
  }
  return course;
}

/** How often an execution waited. */
export function waitsIn(entered: readonly string[], workflow: Workflow): number {
  return entered.filter((name) => workflow.States[name]?.Type === 'Wait').length;
}
