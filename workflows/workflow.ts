import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import * as z from 'zod';
import { expand, fragmentsSchema, writtenSchema } from './expand.ts';

/** One entry of a state's `Retry`, as Amazon States Language defines it. */
export const retrierSchema = z.looseObject({
  ErrorEquals: z.array(z.string()),
  IntervalSeconds: z.number().default(1),
  BackoffRate: z.number().default(2),
  MaxAttempts: z.number().default(3),
  MaxDelaySeconds: z.number().optional(),
  JitterStrategy: z.enum(['NONE', 'FULL']).default('NONE'),
});

const catcherSchema = z.looseObject({
  ErrorEquals: z.array(z.string()),
  ResultPath: z.string().nullable(),
  Next: z.string(),
});

const stateSchema = z.looseObject({
  Type: z.string(),
  Next: z.string().optional(),
  End: z.boolean().optional(),
  Retry: z.array(retrierSchema).optional(),
  Catch: z.array(catcherSchema).optional(),
  TimeoutSeconds: z.number().optional(),
  Resource: z.string().optional(),
  Parameters: z
    .looseObject({
      FunctionName: z.string().optional(),
      StateMachineArn: z.string().optional(),
      Input: z.record(z.string(), z.string()).optional(),
    })
    .optional(),
  // Those of a Choice.
  Choices: z
    .array(z.looseObject({ Variable: z.string(), StringEquals: z.string(), Next: z.string() }))
    .optional(),
  Default: z.string().optional(),
  // Those of a Map.
  ItemsPath: z.string().optional(),
  ItemSelector: z.record(z.string(), z.string()).optional(),
  MaxConcurrencyPath: z.string().optional(),
  get ItemProcessor() {
    return z.optional(workflowSchema);
  },
});

const workflowSchema = z.looseObject({ StartAt: z.string(), States: z.record(z.string(), stateSchema) });

/** A state machine in Amazon States Language, with its fragments expanded. */
export type Workflow = z.output<typeof workflowSchema>;
/** One state of it. */
export type WorkflowState = z.output<typeof stateSchema>;
/** One entry of a state's `Retry`. */
export type Retrier = z.output<typeof retrierSchema>;

/** The files stand beside this one; in the built package at its top, one or two folders above the code, however that is bundled. */
const FOLDER =
  ['./', '../workflows/', '../../workflows/']
    .map((path) => new URL(path, import.meta.url))
    .find((folder) => existsSync(new URL('fragments.yaml', folder))) ?? new URL('./', import.meta.url);

/** The names of the workflows: those of their files without `.asl.yaml`. */
export function workflowNames(): string[] {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.asl.yaml'));
  return files.map((file) => file.replace('.asl.yaml', '')).sort();
}

/**
 * The workflow of a name. The engine of one machine and the stack both read it here.
 *
 * @throws Error when there is no such file, or it is not a workflow.
 */
export function readWorkflow(name: string): Workflow {
  return parseWorkflow(read(`${name}.asl.yaml`));
}

/** The workflow in a text of YAML, with its fragments expanded. */
export function parseWorkflow(text: string): Workflow {
  const fragments = fragmentsSchema.parse(parse(read('fragments.yaml')));
  return workflowSchema.parse(expand(writtenSchema.parse(parse(text)), fragments));
}

/** A workflow, and those that its Maps run for each item. */
export function withItems(workflow: Workflow): Workflow[] {
  const inner = Object.values(workflow.States).flatMap(({ ItemProcessor }) => ItemProcessor ?? []);
  return [workflow, ...inner.flatMap(withItems)];
}

function read(file: string): string {
  return readFileSync(new URL(file, FOLDER), 'utf8');
}
