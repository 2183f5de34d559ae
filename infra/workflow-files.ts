import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import * as z from 'zod';

const FOLDER = new URL('../workflows/', import.meta.url);

/** Seconds, for tasks whose state has no limit of its own: what they do before the wait begins. */
const DEFAULT_TIMEOUT = 120;

const text = z.string().optional();

const stateSchema = z.looseObject({
  TimeoutSeconds: z.number().optional(),
  Resource: text,
  Parameters: z.looseObject({ FunctionName: text, StateMachineArn: text }).optional(),
  get ItemProcessor() {
    return workflowSchema.optional();
  },
});

const workflowSchema = z.looseObject({ States: z.record(z.string(), stateSchema) });

type State = z.output<typeof stateSchema>;

/** A workflow as its file holds it. */
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
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.asl.yaml'));
  return files.sort().map((file) => {
    const workflow = parse(readFileSync(new URL(file, FOLDER), 'utf8'), { merge: true }) as unknown;
    const states = statesIn(workflowSchema.parse(workflow));
    return {
      name: file.replace('.asl.yaml', ''),
      definition: JSON.stringify(workflow),
      tasks: tasksIn(states),
      runs: workflowsIn(states),
      isDistributed: states.some(({ ItemProcessor }) => ItemProcessor !== undefined),
    };
  });
}

/** All states, those of Maps included. */
function statesIn({ States }: z.output<typeof workflowSchema>): State[] {
  return Object.values(States).flatMap((state) => [
    state,
    ...(state.ItemProcessor === undefined ? [] : statesIn(state.ItemProcessor)),
  ]);
}

function tasksIn(states: readonly State[]): Map<string, number> {
  const tasks = new Map<string, number>();
  for (const { Resource, Parameters, TimeoutSeconds = DEFAULT_TIMEOUT } of states) {
    const name = placeholder(Parameters?.FunctionName ?? Resource);
    if (name !== undefined) tasks.set(name, Math.max(TimeoutSeconds, tasks.get(name) ?? 0));
  }
  return tasks;
}

function workflowsIn(states: readonly State[]): Map<string, string> {
  const names = states.flatMap(({ Parameters }) => placeholder(Parameters?.StateMachineArn) ?? []);
  return new Map(names.map((name) => [name, name.replace('Workflow', '').toLowerCase()]));
}

function placeholder(value: string | undefined): string | undefined {
  return /^\$\{(\w+)\}$/.exec(value ?? '')?.[1];
}
