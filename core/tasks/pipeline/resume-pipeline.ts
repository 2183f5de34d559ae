import { AtlasError, mayHaveTakenEffect } from '../../atlas/errors.ts';
import { isoTime } from '../../clock.ts';
import { goneAs } from '../../facts/run-state.ts';
import type { PipelineJob } from '../../jobs/job.ts';
import { begin, end } from '../../jobs/phases.ts';
import type { NewEvent } from '../../jobs/timeline.ts';
import type { TaskContext } from '../context.ts';
import { advancingTask, forPipelines, GO, saveJob } from '../define-task.ts';
import { stopIfFrozen } from '../stop-if-frozen.ts';
import { PipelineResumeUnsettledError } from './errors.ts';
import { followExport } from './look-at-run.ts';

/**
 * Lets the pipeline go on where the runbook says so and its run is not done; one that is not paused stays as it is. Asking
 * twice does no harm, but once Atlas has answered it is not asked again: somebody may have paused it since.
 *
 * @throws PipelineResumeUnsettledError (retryable), PipelineGoneError, and the errors of the Atlas client.
 */
export const resumePipeline = advancingTask(
  forPipelines(async (job, context) => {
    const begun = await beginRun(job, context);
    const { follows, state, resumeTaken } = begun.run;
    const wanted = begun.runbook.resume && follows === 'pipeline' && state !== 'DONE';
    if (wanted && resumeTaken === undefined) await resume(begun, context);
    return GO;
  }),
);

/** From here on the job waits for the run. */
async function beginRun(job: PipelineJob, context: TaskContext): Promise<PipelineJob> {
  if (job.phases.run !== undefined) return job;
  const now = isoTime(context.clock.now());
  const phases = begin(end(end(job.phases, 'guard', now), 'approval', now), 'run', now);
  return saveJob(job, { phases }, context);
}

async function resume(job: PipelineJob, context: TaskContext): Promise<void> {
  const { project, name } = job.runbook.pipeline;
  await stopIfFrozen(`Pipeline ${name} was not resumed.`, context);
  const resumedAt = isoTime(context.clock.now());
  const asked = await saveJob(job, { run: { ...job.run, resumedAt } }, context);
  try {
    const { state } = await context.atlas.dataLakePipelines.resumePipeline({
      groupId: project,
      pipelineName: name,
    });
    await note(asked, `Pipeline ${name} was let go on: it is ${state ?? 'of no state'}.`, context);
  } catch (error) {
    const gone = goneAs(error);
    if (gone !== undefined) {
      await followExport(asked, gone, context);
      return;
    }
    if (mayHaveTakenEffect(error)) throw unsettled(name, error);
    if (!(error instanceof AtlasError) || error.status !== 409) throw error;
    // It tells of a pipeline that is not paused; whether that is so, its run will show.
    await note(asked, `${error.message} The run is followed all the same.`, context);
  }
  await saveJob(asked, { run: { ...asked.run, resumeTaken: true } }, context);
}

async function note({ jobId }: PipelineJob, message: string, context: TaskContext): Promise<void> {
  const event: NewEvent = {
    at: isoTime(context.clock.now()),
    type: 'pipeline-resumed',
    once: 'pipeline-resumed',
    message,
  };
  await context.jobs.append(jobId, event);
}

function unsettled(name: string, cause: unknown): PipelineResumeUnsettledError {
  const said = cause instanceof Error ? cause.message : String(cause);
  return new PipelineResumeUnsettledError(`Whether pipeline ${name} was let go on is not known. ${said}`, {
    changed: `Pipeline ${name} may have been let go on.`,
    next: 'Run it again: letting a pipeline go on that is not paused changes nothing.',
    cause,
  });
}
