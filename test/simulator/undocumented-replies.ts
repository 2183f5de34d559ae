import { z } from 'zod';
import { openapiPresent, validateReply } from '../support/openapi.ts';

const id = z.string().regex(/^[a-f0-9]{24}$/);
const date = z.iso.datetime();
const retention = z.strictObject({
  lastModifiedDate: date,
  units: z.enum(['DAYS', 'WEEKS', 'MONTHS']),
  value: z.int().min(1),
});

/** After the page "Resume One Data Lake Pipeline", which the OpenAPI document has no more. */
const pipeline = z.strictObject({
  _id: id,
  createdDate: date,
  datasetRetentionPolicy: retention,
  groupId: id,
  lastUpdatedDate: date,
  name: z.string(),
  sink: z.strictObject({
    type: z.literal('DLS'),
    metadataProvider: z.literal('AWS'),
    metadataRegion: z.string(),
    partitionFields: z.array(z.strictObject({ fieldName: z.string().max(700), order: z.int() })),
  }),
  source: z.strictObject({
    type: z.enum(['PERIODIC_CPS', 'ON_DEMAND_CPS']),
    clusterName: z.string(),
    collectionName: z.string(),
    databaseName: z.string(),
    groupId: id,
  }),
  state: z.enum(['ACTIVE', 'PAUSED']),
  transformations: z.array(z.strictObject({ field: z.string(), type: z.literal('EXCLUDE') })),
});

/** After the page "Return One Data Lake Pipeline Run". */
const run = z.strictObject({
  _id: id,
  backupFrequencyType: z.enum(['HOURLY', 'DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY', 'ON_DEMAND']),
  createdDate: date,
  datasetName: z.string(),
  datasetRetentionPolicy: retention,
  groupId: id,
  lastUpdatedDate: date,
  phase: z.enum(['SNAPSHOT', 'EXPORT', 'INGESTION']),
  pipelineId: id,
  scheduledDeletionDate: date,
  snapshotId: id,
  state: z.enum(['PENDING', 'IN_PROGRESS', 'DONE', 'FAILED', 'DATASET_DELETED']),
  stats: z.strictObject({ bytesExported: z.int(), numDocs: z.int() }).optional(),
});

/** The document's pattern for `prefix` is a template, which no real reply matches: its other rules, by hand. */
const snapshotExport = z.strictObject({
  createdAt: date,
  customData: z.array(z.strictObject({ key: z.string(), value: z.string() })),
  exportBucketId: id,
  exportStatus: z.strictObject({ exportedCollections: z.int().min(0), totalCollections: z.int().min(0) }),
  finishedAt: date.optional(),
  id,
  prefix: z.string(),
  snapshotId: id,
  state: z.enum(['Cancelled', 'Failed', 'InProgress', 'Queued', 'Successful']),
  stateReason: z.strictObject({ errorCode: z.string(), message: z.string() }).optional(),
});

/** Each index is what the operation that creates one answers. */
const index = likeReplyOf('createClusterFtsIndex');

const REPLIES: Readonly<Record<string, (body: unknown) => string[]>> = {
  resumePipeline: bySchema(pipeline),
  getPipelineRun: bySchema(run),
  getBackupExport: bySchema(snapshotExport),
  getClusterFtsIndex: index,
  listClusterFtsIndex: (body) => (body as unknown[]).flatMap(index),
};

/** What is wrong with a reply that the OpenAPI document does not have; undefined when the document is to be asked. */
export function undocumentedReply(operation: string, body: unknown): string[] | undefined {
  return REPLIES[operation]?.(body);
}

function bySchema(schema: z.ZodType): (body: unknown) => string[] {
  return (body) => schema.safeParse(body).error?.issues.map((issue) => issue.message) ?? [];
}

function likeReplyOf(operation: string): (body: unknown) => string[] {
  return (body) => (openapiPresent ? validateReply(operation, 200, body) : []);
}
