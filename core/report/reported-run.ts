import type { PipelineJob } from '../jobs/job.ts';
import type { PipelineRecord } from '../jobs/pipeline-record.ts';
import { runProgress, runTitle } from '../jobs/run-title.ts';
import type { RunStats } from '../runbooks/run-stats.ts';

/** The run of a data lake pipeline, or the snapshot export job that took its place. */
export interface ReportedRun {
  /** What is followed, inside a sentence: `run 5e… of pipeline orders-to-lake`. */
  readonly title: string;
  readonly follows: PipelineRecord['follows'];
  readonly project: string;
  readonly pipeline: string;
  readonly runId: string;
  /** Id of the snapshot export job that the runbook names; `null` when it names none. */
  readonly exportId: string | null;
  /** Atlas's own words; `null` when it was never seen. */
  readonly state: string | null;
  readonly phase: string | null;
  /** Where it stands, in few words; empty when it was never seen. */
  readonly progress: string;
  /** When the pipeline was let go on; `null` when the runbook does not say so, or there was no need. */
  readonly resumedAt: string | null;
  readonly doneAt: string | null;
  readonly snapshotId: string | null;
  readonly datasetName: string | null;
  /** What everything that an export job wrote into the bucket begins with. */
  readonly prefix: string | null;
  /** When the data set will be deleted. */
  readonly deletedAt: string | null;
  readonly stats: RunStats | null;
  /** How many collections there were to export. */
  readonly collections: number | null;
  /** The run that it was compared with; `null` when it was compared with none. */
  readonly before: NonNullable<PipelineRecord['before']> | null;
}

/** What is known of the run that a job follows. */
export function describeRun(job: PipelineJob): ReportedRun {
  const { run, runbook } = job;
  return {
    title: runTitle(job),
    follows: run.follows,
    project: runbook.pipeline.project,
    pipeline: runbook.pipeline.name,
    runId: runbook.pipeline.run,
    exportId: runbook.export ?? null,
    state: run.state ?? null,
    phase: run.phase ?? null,
    progress: runProgress(run),
    resumedAt: run.resumedAt ?? null,
    doneAt: run.doneAt ?? null,
    snapshotId: run.snapshotId ?? null,
    datasetName: run.datasetName ?? null,
    prefix: run.prefix ?? null,
    deletedAt: run.deletedAt ?? null,
    stats: run.stats ?? null,
    collections: run.collections ?? null,
    before: run.before ?? null,
  };
}
