import { isoTime } from '../../clock.ts';
import type { LifeboatError } from '../../errors.ts';
import { EXPORTS_INSTEAD, findRun, whatGoneMeans, type ExportRef } from '../../facts/find-run.ts';
import { readPipelineRun, readSnapshotExport, type RunState } from '../../facts/run-state.ts';
import { sentence } from '../../sentence.ts';
import type { PipelineJob } from '../../jobs/job.ts';
import type { PipelineRecord } from '../../jobs/pipeline-record.ts';
import { runTitle } from '../../jobs/run-title.ts';
import { exportTitle } from '../../runbooks/run-titles.ts';
import type { TaskContext } from '../context.ts';
import { saveJob } from '../define-task.ts';
import { PipelineDatasetDeletedError, PipelineGoneError, PipelineRunFailedError } from './errors.ts';

/** A run as Atlas shows it now, with the job that knows which of the two it is. */
export interface RunSeen {
  readonly job: PipelineJob;
  readonly state: RunState;
}

/**
 * Reads the run that the job follows. Where Atlas knows no such run any more, the job follows the snapshot export job of its
 * runbook from then on.
 *
 * @throws PipelineGoneError when the runbook names none, and the errors of the Atlas client.
 */
export async function lookAtRun(job: PipelineJob, context: TaskContext): Promise<RunSeen> {
  if (job.run.follows === 'exports') return { job, state: await readFollowed(job, context) };
  const { pipeline } = job.runbook;
  const { gone, state } = await findRun(pipeline, exportOf(job), context.atlas);
  if (state !== undefined && gone === undefined) return { job, state };
  const moved = await followExport(job, gone ?? '404', context);
  return { job: moved, state: state ?? (await readFollowed(moved, context)) };
}

function exportOf({ runbook }: PipelineJob): ExportRef | undefined {
  const { source, export: exportId } = runbook;
  return source === undefined || exportId === undefined ? undefined : { source, exportId };
}

/** Reads what the job follows, and follows nothing else. Throws the errors of the Atlas client. */
export function readFollowed(job: PipelineJob, { atlas }: TaskContext): Promise<RunState> {
  const instead = exportOf(job);
  return job.run.follows === 'pipeline' || instead === undefined
    ? readPipelineRun(job.runbook.pipeline, atlas)
    : readSnapshotExport(instead.source, instead.exportId, atlas);
}

/**
 * From now on the job follows the export of its runbook.
 *
 * @param gone how Atlas said that it knows no such run: status and code.
 * @throws PipelineGoneError when the runbook names no export.
 */
export async function followExport(
  job: PipelineJob,
  gone: string,
  context: TaskContext,
): Promise<PipelineJob> {
  const instead = exportOf(job);
  const meaning = whatGoneMeans(job.runbook.pipeline, gone);
  if (instead === undefined) {
    throw new PipelineGoneError(`${meaning} The runbook names no snapshot export job to follow instead.`, {
      next: `Check pipeline in the runbook. ${EXPORTS_INSTEAD}`,
    });
  }
  const { source, exportId } = instead;
  await context.jobs.append(job.jobId, {
    at: isoTime(context.clock.now()),
    type: 'pipeline-gone',
    once: 'pipeline-gone',
    message: `${meaning} The runbook names ${exportTitle(exportId, source)}, which is followed instead.`,
    data: { answer: gone, exportId },
  });
  const { resumedAt } = job.run;
  const run: PipelineRecord = { follows: 'exports', ...(resumedAt !== undefined && { resumedAt }) };
  return saveJob(job, { run }, context);
}

/** What a job keeps of a run. What Atlas no longer says stays as it was. */
export function recordOf(run: PipelineRecord, seen: RunState): PipelineRecord {
  const { state, phase, snapshotId, datasetName, prefix, deletedAt, stats, collections } = seen;
  return {
    ...run,
    state,
    ...(phase !== undefined && { phase }),
    ...(snapshotId !== undefined && { snapshotId }),
    ...(datasetName !== undefined && { datasetName }),
    ...(prefix !== undefined && { prefix }),
    ...(deletedAt !== undefined && { deletedAt }),
    ...(stats !== undefined && { stats }),
    ...(collections !== undefined && { collections }),
  };
}

/** The error of a run that has ended badly; undefined for one that has not. */
export function badEndOf({ job, state }: RunSeen): LifeboatError | undefined {
  const title = runTitle(job);
  const why =
    state.reason === undefined ? 'it gives no reason.' : `the reason it gives is: ${sentence(state.reason)}`;
  switch (state.outcome) {
    case 'running':
    case 'done':
      return undefined;
    case 'deleted':
      return new PipelineDatasetDeletedError(
        `Atlas has deleted the data set of ${title}: it is ${state.state}.`,
        { next: 'Follow a newer run, or let the pipeline keep its data sets for longer.' },
      );
    default:
      return new PipelineRunFailedError(`Atlas says that ${title} is ${state.state}; ${why}`, {
        next: 'Look at the project in Atlas, let it export again, and give the id of the new run.',
      });
  }
}
