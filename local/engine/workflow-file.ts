import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { z } from 'zod';
import { retrierSchema } from './retrying.ts';

const stateSchema = z.looseObject({
  Type: z.string(),
  Retry: z.array(retrierSchema).optional(),
  TimeoutSeconds: z.number().optional(),
  Resource: z.string().optional(),
  Parameters: z
    .looseObject({ FunctionName: z.string().optional(), Input: z.record(z.string(), z.string()).optional() })
    .optional(),
  // Those of a Map.
  ItemsPath: z.string().optional(),
  ItemSelector: z.record(z.string(), z.string()).optional(),
  MaxConcurrencyPath: z.string().optional(),
  get ItemProcessor() {
    return z.optional(workflowSchema);
  },
});
const workflowSchema = z.looseObject({ StartAt: z.string(), States: z.record(z.string(), stateSchema) });

/** A state machine in Amazon States Language, as its file holds it. */
export type Workflow = z.infer<typeof workflowSchema>;
/** One state of it. */
export type WorkflowState = z.infer<typeof stateSchema>;

/** Reads a workflow file: YAML, whose anchors keep the retry policy in one place. */
export async function readWorkflow(file: URL): Promise<Workflow> {
  return parseWorkflow(await readFile(file, 'utf8'));
}

/** The workflow in a text of YAML. */
export function parseWorkflow(text: string): Workflow {
  return workflowSchema.parse(parse(text, { merge: true }));
}
