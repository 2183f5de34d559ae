import { objectId } from '../identifiers.ts';
import { datasetDeletion, runView } from '../pipelines.ts';
import type { PipelineRunState, PipelineState } from '../project-state.ts';
import { instant } from './instant.ts';

/** A data lake pipeline. */
export function pipelineReply(project: string, pipeline: PipelineState): unknown {
  const { cluster, database, collection } = pipeline.source;
  return {
    _id: pipeline.id,
    createdDate: instant(pipeline.createdAt),
    datasetRetentionPolicy: retention(pipeline),
    groupId: project,
    lastUpdatedDate: instant(pipeline.updatedAt),
    name: pipeline.name,
    sink: {
      type: 'DLS',
      metadataProvider: 'AWS',
      metadataRegion: pipeline.region,
      partitionFields: [{ fieldName: '_id', order: 0 }],
    },
    source: {
      type: 'PERIODIC_CPS',
      clusterName: cluster,
      collectionName: collection,
      databaseName: database,
      groupId: project,
    },
    state: pipeline.state,
    transformations: [],
  };
}

/** A run of a data lake pipeline; what it counts is known once it is done. */
export function pipelineRunReply(
  project: string,
  pipeline: PipelineState,
  run: PipelineRunState,
  now: number,
): unknown {
  const { state, phase, updatedAt } = runView(pipeline, run, now);
  const { cluster, database, collection } = pipeline.source;
  const stamp = instant(run.createdAt).replaceAll(/[-:]/g, '');
  return {
    _id: run.id,
    backupFrequencyType: 'DAILY',
    createdDate: instant(run.createdAt),
    datasetName: `v1$atlas$snapshot$${cluster}$${database}$${collection}$${stamp}`,
    datasetRetentionPolicy: retention(pipeline),
    groupId: project,
    lastUpdatedDate: instant(updatedAt),
    phase,
    pipelineId: pipeline.id,
    scheduledDeletionDate: instant(datasetDeletion(pipeline, run)),
    snapshotId: run.snapshotId ?? objectId(run.createdAt, `pipeline/${run.id}`),
    state,
    ...(state === 'DONE' && { stats: { bytesExported: run.bytes, numDocs: run.documents } }),
  };
}

function retention(pipeline: PipelineState): unknown {
  return { lastModifiedDate: instant(pipeline.createdAt), units: 'DAYS', value: pipeline.keptDays };
}
