import type { RunStats } from '../runbooks/run-stats.ts';

/** An earlier run, to compare with. */
export interface RunBefore {
  /** The run, or the snapshot export job. */
  readonly run: string;
  /** The job that followed it; null when it was read from Atlas. */
  readonly jobId: string | null;
  readonly stats: RunStats;
}

/** How far the run of a pipeline has come. Instants are ISO 8601 UTC. */
export interface PipelineRecord {
  /** `exports` once Atlas has not known the run, and the snapshot export job of the runbook is followed instead. */
  readonly follows: 'pipeline' | 'exports';
  /** When the pipeline was about to be let go on; the request is safe to repeat. */
  readonly resumedAt?: string;
  /** Atlas has answered that request: it is not sent again. */
  readonly resumeTaken?: true;
  /** Atlas's own words. */
  readonly state?: string;
  readonly phase?: string;
  readonly snapshotId?: string;
  readonly datasetName?: string;
  /** Where a snapshot export job writes to: what everything in the bucket begins with. */
  readonly prefix?: string;
  /** When the data set will be deleted. */
  readonly deletedAt?: string;
  readonly stats?: RunStats;
  /** How many collections there are to export, where Atlas says. */
  readonly collections?: number;
  /** What it was compared with. */
  readonly before?: RunBefore;
  /** When the run was first seen done. */
  readonly doneAt?: string;
}
