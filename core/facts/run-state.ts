import type { AtlasClient } from '../atlas/client.ts';
import { AtlasError } from '../atlas/errors.ts';
import type { ClusterRef } from '../runbooks/cluster.ts';
import type { RunStats } from '../runbooks/run-stats.ts';

/** The run of a data lake pipeline. */
export interface RunRef {
  readonly project: string;
  /** The pipeline's name. */
  readonly name: string;
  readonly run: string;
}

/** Where the run of a pipeline, or a snapshot export job, stands: one shape for both. Instants are ISO 8601 UTC. */
export interface RunState {
  /** A word of Atlas's that is new to us is `running`: limits end it. */
  readonly outcome: 'running' | 'done' | 'failed' | 'cancelled' | 'deleted';
  /** Atlas's own word for it. */
  readonly state: string;
  /** `SNAPSHOT`, `EXPORT` or `INGESTION`; an export job has none. */
  readonly phase?: string;
  readonly snapshotId?: string;
  readonly datasetName?: string;
  readonly prefix?: string;
  /** When the data set will be deleted. */
  readonly deletedAt?: string;
  readonly stats?: RunStats;
  /** How many collections there are to export. */
  readonly collections?: number;
  /** Why it stands so, in Atlas's words. */
  readonly reason?: string;
}

/** The states of return-one-data-lake-pipeline-run-deprecated. */
const RUN_OUTCOMES: Readonly<Record<string, RunState['outcome']>> = {
  DONE: 'done',
  FAILED: 'failed',
  DATASET_DELETED: 'deleted',
};

/** The states of "Return One Snapshot Export Job" (Atlas Admin API). */
const EXPORT_OUTCOMES: Readonly<Record<string, RunState['outcome']>> = {
  Successful: 'done',
  Failed: 'failed',
  Cancelled: 'cancelled',
};

/** Whether a state of a run, or of a snapshot export job, is an end. */
export function isEnd(follows: 'pipeline' | 'exports', state: string): boolean {
  return Object.hasOwn(follows === 'exports' ? EXPORT_OUTCOMES : RUN_OUTCOMES, state);
}

/** Throws the errors of the Atlas client. */
export async function readPipelineRun(ref: RunRef, atlas: AtlasClient): Promise<RunState> {
  const run = await atlas.dataLakePipelines.getPipelineRun({
    groupId: ref.project,
    pipelineName: ref.name,
    pipelineRunId: ref.run,
  });
  const { state = 'of no state', phase, snapshotId, datasetName, scheduledDeletionDate, stats } = run;
  return {
    outcome: RUN_OUTCOMES[state] ?? 'running',
    state,
    ...(phase !== undefined && { phase }),
    ...(snapshotId !== undefined && { snapshotId }),
    ...(datasetName !== undefined && { datasetName }),
    ...(scheduledDeletionDate !== undefined && { deletedAt: scheduledDeletionDate }),
    ...(stats !== undefined && {
      stats: { documents: stats.numDocs ?? null, bytes: stats.bytesExported ?? null, collections: null },
    }),
  };
}

/** Throws the errors of the Atlas client. */
export async function readSnapshotExport(
  source: ClusterRef,
  exportId: string,
  atlas: AtlasClient,
): Promise<RunState> {
  const job = await atlas.snapshotExports.getBackupExport({
    groupId: source.project,
    clusterName: source.cluster,
    exportId,
  });
  const { state = 'of no state', snapshotId, prefix, exportStatus, stateReason } = job;
  const { exportedCollections, totalCollections } = exportStatus ?? {};
  const reason = stateReason?.message ?? stateReason?.errorCode;
  return {
    outcome: EXPORT_OUTCOMES[state] ?? 'running',
    state,
    ...(snapshotId !== undefined && { snapshotId }),
    ...(prefix !== undefined && { prefix }),
    ...(exportedCollections !== undefined && {
      stats: { documents: null, bytes: null, collections: exportedCollections },
    }),
    ...(totalCollections !== undefined && { collections: totalCollections }),
    ...(reason !== undefined && { reason }),
  };
}

/** 404s that speak of the project, not of what is in it. */
const NO_PROJECT = ['GROUP_NOT_FOUND', 'INVALID_GROUP_ID'];

/**
 * How Atlas said that there is no such pipeline or run, such as `404 PIPELINE_NOT_FOUND`; undefined for any other error.
 * It has withdrawn its pipelines, so the name may well be right.
 */
export function goneAs(error: unknown): string | undefined {
  if (!(error instanceof AtlasError) || (error.status !== 404 && error.status !== 410)) return undefined;
  const { status, errorCode } = error;
  if (errorCode === undefined) return String(status);
  return NO_PROJECT.includes(errorCode) ? undefined : `${status} ${errorCode}`;
}
