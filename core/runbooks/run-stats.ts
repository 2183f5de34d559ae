/** What a run of a pipeline, or a snapshot export job, has exported; null is what Atlas does not say. */
export interface RunStats {
  readonly documents: number | null;
  readonly bytes: number | null;
  /** Counted by snapshot export jobs alone. */
  readonly collections: number | null;
}
