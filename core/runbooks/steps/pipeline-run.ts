import * as z from 'zod';
import { idField } from './id-field.ts';
import type { StepKind } from './kind.ts';

const settings = z.strictObject({
  pipeline: z
    .string()
    .regex(/^[^/\\ "$]{1,64}$/, 'is not the name of a pipeline: no space, slash, quote or dollar sign')
    .meta({
      description: 'Name of the pipeline, in the project of the source',
      examples: ['orders-to-lake'],
    }),
  run: idField('run'),
  export: idField('snapshot export job')
    .optional()
    .describe('Looked at instead where Atlas knows no such run: it has withdrawn its pipelines'),
});

/** What `with` holds. */
export type PipelineRunWith = z.output<typeof settings>;

/**
 * Waits until the run of a data lake pipeline, or a snapshot export job, is done with the very snapshot that is restored
 * (return-one-data-lake-pipeline-run-deprecated).
 */
export const pipelineRunKind = {
  use: 'pipeline-run',
  stages: ['before', 'verify', 'after'],
  runbooks: ['drill', 'restore'],
  effect: 'check',
  destroys: false,
  timeout: '12h',
  operations: ['getPipelineRun', 'getBackupExport'],
  with: settings,
  summary: ({ pipeline, run }) =>
    `Wait until run ${run} of pipeline ${pipeline} is done with the snapshot that is restored`,
  project: (_settings, { source }) => source?.project,
} as const satisfies StepKind<PipelineRunWith>;
