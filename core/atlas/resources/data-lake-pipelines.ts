import * as z from 'zod';
import type { Operation } from '../operation.ts';
import { maybe, maybeCount, maybeInstant, objectId, oneOfKinds } from '../schemas.ts';

const retention = maybe(
  z.looseObject({
    /** ISO 8601 UTC. */
    lastModifiedDate: maybeInstant,
    /** `DAYS`, `WEEKS` or `MONTHS`, of which `value` are kept. */
    units: maybe(z.string()),
    value: maybe(z.number()),
  }),
);

const sourceFields = {
  clusterName: maybe(z.string()),
  collectionName: maybe(z.string()),
  databaseName: maybe(z.string()),
  groupId: maybe(z.string()),
};

/** Where a pipeline takes its data from: snapshots on demand, or those of the schedule. */
const source = oneOfKinds(
  'type',
  {
    ON_DEMAND_CPS: z.looseObject({ ...sourceFields, type: z.literal('ON_DEMAND_CPS') }),
    PERIODIC_CPS: z.looseObject({
      ...sourceFields,
      type: z.literal('PERIODIC_CPS'),
      policyItemId: maybe(z.string()),
    }),
  },
  sourceFields,
);

const sink = z.looseObject({
  /** `DLS`. */
  type: maybe(z.string()),
  metadataProvider: maybe(z.string()),
  metadataRegion: maybe(z.string()),
  partitionFields: maybe(z.array(z.looseObject({ fieldName: maybe(z.string()), order: maybe(z.number()) }))),
});

/** A data lake pipeline. */
const pipeline = z.looseObject({
  _id: maybe(z.string()),
  name: maybe(z.string()),
  groupId: maybe(z.string()),
  /** `ACTIVE`, `PAUSED`, or a word that is new to us. */
  state: maybe(z.string()),
  /** This and the instant below are ISO 8601 UTC. */
  createdDate: maybeInstant,
  lastUpdatedDate: maybeInstant,
  datasetRetentionPolicy: retention,
  sink: maybe(sink),
  source: maybe(source),
  transformations: maybe(z.array(z.looseObject({ field: maybe(z.string()), type: maybe(z.string()) }))),
});

/** One run of a data lake pipeline. */
const pipelineRun = z.looseObject({
  _id: maybe(z.string()),
  pipelineId: maybe(z.string()),
  groupId: maybe(z.string()),
  snapshotId: maybe(z.string()),
  /** `PENDING`, `IN_PROGRESS`, `DONE`, `FAILED`, `DATASET_DELETED`, or a word that is new to us. */
  state: maybe(z.string()),
  /** `SNAPSHOT`, `EXPORT`, `INGESTION`, or a word that is new to us. */
  phase: maybe(z.string()),
  /** `HOURLY` to `YEARLY`, or `ON_DEMAND`. */
  backupFrequencyType: maybe(z.string()),
  datasetName: maybe(z.string()),
  datasetRetentionPolicy: retention,
  /** This and the instants below are ISO 8601 UTC. */
  createdDate: maybeInstant,
  lastUpdatedDate: maybeInstant,
  scheduledDeletionDate: maybeInstant,
  stats: maybe(
    z.looseObject({
      /** Bytes. */
      bytesExported: maybeCount,
      numDocs: maybeCount,
    }),
  ),
});

const pipelineName = z
  .string()
  .regex(/^[^/\\ "$]{1,64}$/, 'must be 1 to 64 characters, without spaces, slashes, quotes and dollar signs');

const path = '/api/atlas/v2/groups/{groupId}/pipelines/{pipelineName}';

/** Data lake pipelines, which Atlas has deprecated: MongoDB's OpenAPI document no longer has them. */
export const dataLakePipelineOperations = {
  /**
   * Lets a paused pipeline ingest again. The role: Project Read Only, as its page has it.
   *
   * Doc: resume-one-data-lake-pipeline-deprecated.
   */
  resumePipeline: {
    operationId: 'resumePipeline',
    method: 'POST',
    path: `${path}/resume`,
    version: '2023-01-01',
    effect: 'change',
    roles: ['Project Read Only'],
    source: 'resume-one-data-lake-pipeline-deprecated',
    deprecated: true,
    shape: 'one',
    params: z.strictObject({ groupId: objectId, pipelineName }),
    reply: pipeline,
  },
  /**
   * One run of a pipeline. The role: Project Read Only.
   *
   * Doc: return-one-data-lake-pipeline-run-deprecated.
   */
  getPipelineRun: {
    operationId: 'getPipelineRun',
    method: 'GET',
    path: `${path}/runs/{pipelineRunId}`,
    version: '2023-01-01',
    effect: 'read',
    roles: ['Project Read Only'],
    source: 'return-one-data-lake-pipeline-run-deprecated',
    deprecated: true,
    shape: 'one',
    params: z.strictObject({ groupId: objectId, pipelineName, pipelineRunId: objectId }),
    reply: pipelineRun,
  },
} satisfies Readonly<Record<string, Operation>>;
