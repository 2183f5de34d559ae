import { readWorkflow, withItems, workflowNames, type WorkflowState } from '../workflows/workflow.ts';

/** Seconds, for tasks whose state has no limit of its own: what they do before the wait begins. */
const DEFAULT_TIMEOUT = 120;

/** A workflow as the stack deploys it. */
export interface WorkflowFile {
  /** The name of the file without `.asl.yaml`. */
  readonly name: string;
  /** Amazon States Language as JSON text, with `${Task}` for the functions. */
  readonly definition: string;
  /** The tasks that it calls, and how long each may take in seconds. */
  readonly tasks: ReadonlyMap<string, number>;
  /** The workflows that it runs, by the name that it has for them: `RestoreWorkflow` for `restore`. */
  readonly runs: ReadonlyMap<string, string>;
  /** Whether it runs parts of itself as executions of their own: it has a distributed Map. */
  readonly isDistributed: boolean;
}

/** Reads the workflow files. */
export function readWorkflows(): WorkflowFile[] {
  return workflowNames().map((name) => {
    const workflow = readWorkflow(name);
    const states = withItems(workflow).flatMap(({ States }) => Object.values(States));
    return {
      name,
      definition: JSON.stringify(workflow),
      tasks: tasksIn(states),
      runs: workflowsIn(states),
      isDistributed: states.some(({ ItemProcessor }) => ItemProcessor !== undefined),
    };
  });
}

function tasksIn(states: readonly WorkflowState[]): Map<string, number> {
  const tasks = new Map<string, number>();
  for (const { Resource, Parameters, TimeoutSeconds = DEFAULT_TIMEOUT } of states) {
    const name = placeholder(Parameters?.FunctionName ?? Resource);
    if (name !== undefined) tasks.set(name, Math.max(TimeoutSeconds, tasks.get(name) ?? 0));
  }
  return tasks;
}

function workflowsIn(states: readonly WorkflowState[]): Map<string, string> {
  const names = states.flatMap(({ Parameters }) => placeholder(Parameters?.StateMachineArn) ?? []);
  return new Map(names.map((name) => [name, name.replace('Workflow', '').toLowerCase()]));
}

function placeholder(value: string | undefined): string | undefined {
  return /^\$\{(\w+)\}$/.exec(value ?? '')?.[1];
}
