import * as z from 'zod';
import { clusterRef, duration, projectId } from '../fields.ts';
import { idField } from '../id-field.ts';
import { stageLists } from '../steps/step-schema.ts';
import { commonGuards, GUARDS, guardsTimeout, heading, people, TIMEOUTS } from './common.ts';
import { DEFAULT_LIMITS } from './default-limits.ts';

const pipeline = z
  .strictObject({
    project: projectId,
    name: z
      .string()
      .regex(/^[^/\\ "$]{1,64}$/, 'is not the name of a pipeline: no space, slash, quote or dollar sign')
      .meta({ description: 'Name of the pipeline', examples: ['orders-to-lake'] }),
    run: idField('run'),
  })
  .describe('The run to follow');

const floor = z
  .strictObject({
    documents: z.int().min(1).optional().describe('Fewest documents'),
    bytes: z.int().min(1).optional().describe('Fewest bytes'),
  })
  .describe('What a run exports at least');

const previous = z
  .strictObject({
    run: idField('run before').optional(),
    atMostLess: z
      .number()
      .min(0)
      .max(100)
      .default(10)
      .describe('Percent by which a run may export less than the run before'),
  })
  .describe('The run before: the one named, or that of the last job of this pipeline');

const LIMITS = DEFAULT_LIMITS.pipeline;

const timeouts = z
  .strictObject({
    guards: guardsTimeout,
    run: duration.prefault(LIMITS.run).describe('Until the run is done'),
    job: duration
      .prefault(LIMITS.job)
      .describe('Until the run is done; what comes after has limits of its own'),
  })
  .describe(TIMEOUTS);

/** The run of a data lake pipeline as a user writes it. Durations are held as seconds. */
export const pipelineRunbook = z.strictObject({
  ...heading,
  kind: z.literal('pipeline').describe('Follow the run of a data lake pipeline, or a snapshot export'),
  pipeline,
  source: clusterRef.optional().describe('The cluster whose snapshot is exported; needed with export'),
  export: idField('snapshot export job')
    .optional()
    .describe('Followed instead once Atlas has withdrawn its pipelines'),
  resume: z.boolean().default(false).describe('Let the pipeline go on first if it is paused'),
  floor: floor.prefault({}),
  previous: previous.prefault({}),
  keptFor: duration.optional().describe('How long the data set must still be kept when the run is done'),
  guards: z.strictObject(commonGuards).describe(GUARDS).prefault({}),
  timeouts: timeouts.prefault({}),
  ...people,
  ...stageLists('pipeline'),
});

/** The run of a data lake pipeline, checked and complete. Durations are seconds. */
export type PipelineRunbook = z.output<typeof pipelineRunbook>;
