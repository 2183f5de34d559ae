import type { Job } from '../../jobs/job.ts';
import { failsJob, hasEnded, stepsOf } from '../../jobs/steps.ts';
import type { Stage } from '../../runbooks/steps/stages.ts';
import type { StepLibrary } from '../../steps/protocol/step-kind.ts';
import type { TaskContext } from '../context.ts';
import type { Transition } from '../define-task.ts';
import { advanceStep } from './advance-step.ts';
import { noteLastEnd } from './note-end.ts';
import { stepFailure } from './step-failure.ts';

/** They run however the job went: each of their steps is tried, whatever became of the one before. */
const TRIED_TO_THE_LAST: readonly Stage[] = ['resumeWrites', 'cleanup'];

/**
 * Does one thing for the first step of a stage that has not ended; undefined when nothing of it is left.
 *
 * @throws StepFailedError, StepTimeoutError when a step ended in a way that fails the job.
 */
export async function advanceStage(
  stage: Stage,
  job: Job,
  context: TaskContext,
  library: StepLibrary,
): Promise<Transition | undefined> {
  const current = stepsOf(job, stage).find((step) => !hasEnded(step));
  if (current?.record === undefined) await noteLastEnd(job, stage, context);
  if (!TRIED_TO_THE_LAST.includes(stage) || current === undefined) stopIfFailed(stage, job);
  return current === undefined ? undefined : advanceStep(current, job, context, library);
}

function stopIfFailed(stage: Stage, job: Job): void {
  const failed = stepsOf(job, stage).find((step) => failsJob(step, job.runbook));
  // What failed first is what failed the job; closing tells what became of the rest.
  if (failed !== undefined && (!TRIED_TO_THE_LAST.includes(stage) || job.failure === undefined))
    throw stepFailure(failed);
}
