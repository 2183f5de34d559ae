/** What a run exported. */
export interface RunStats {
  readonly documents: number | null;
  readonly bytes: number | null;
}

/** How far the run of a pipeline has come. Instants are ISO 8601 UTC. */
export interface PipelineRecord {
  /** `exports` once Atlas has said that pipelines are withdrawn. */
  readonly follows: 'pipeline' | 'exports';
  /** When the pipeline was about to be let go on; the request is safe to repeat. */
  readonly resumedAt?: string;
  /** Atlas's own words. */
  readonly state?: string;
  readonly phase?: string;
  readonly snapshotId?: string;
  readonly datasetName?: string;
  /** When the data set will be deleted. */
  readonly deletedAt?: string;
  readonly stats?: RunStats;
  /** When the run was first seen done. */
  readonly doneAt?: string;
}
