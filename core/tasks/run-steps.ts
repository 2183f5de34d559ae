import { isoTime } from '../clock.ts';
import { isRestoreJob, type Job } from '../jobs/job.ts';
import { end } from '../jobs/phases.ts';
import { failsJob, hasEnded, stepsOf } from '../jobs/steps.ts';
import { isFinal } from '../jobs/status.ts';
import type { Stage } from '../runbooks/steps/kind.ts';
import type { StepLibrary } from '../steps/library.ts';
import type { Task, TaskContext, TaskInput } from './context.ts';
import { advancingTask, anyTask, GO, renewLease, saveJob, type Way } from './define-task.ts';
import { failureFrom } from './errors.ts';
import { advanceStep } from './steps/advance-step.ts';
import { noteDuringRestore } from './steps/during-restore.ts';
import { noteLastEnd } from './steps/note-end.ts';
import { stepFailure } from './steps/step-failure.ts';

/**
 * The tasks that carry out the steps of a runbook, one for each of its lists. A delivery does one thing for the first
 * step that has not ended; the workflow comes back until nothing is left.
 *
 * They throw StepFailedError or StepTimeoutError when a step ended in a way that fails the job.
 */
export function stepTasks(library: StepLibrary) {
  const advancing = (stage: Stage) =>
    advancingTask(async (job, context) => {
      const way = await advance(stage, job, context, library);
      return way ?? GO;
    });
  return {
    RunReadySteps: advancing('ready'),
    RunBeforeSteps: advancing('before'),
    RunVerifySteps: advancingTask(async (job, context) => {
      const way = await advance('verify', job, context, library);
      return way ?? endVerification(job, context);
    }),
    RunAfterSteps: advancing('after'),
    RunCleanupSteps: cleanupTask(library),
  } satisfies Readonly<Record<string, Task>>;
}

/** Moves the stage on; undefined when nothing of it is left. */
async function advance(
  stage: Stage,
  job: Job,
  context: TaskContext,
  library: StepLibrary,
): Promise<Way | undefined> {
  const current = stepsOf(job, stage).find((step) => !hasEnded(step));
  if (current?.record === undefined) await noteLastEnd(job, stage, context);
  // A clean-up tries every step, whatever became of the one before.
  if (stage !== 'cleanup' || current === undefined) stopIfFailed(stage, job);
  return current === undefined ? undefined : advanceStep(current, job, context, library);
}

function stopIfFailed(stage: Stage, job: Job): void {
  const failed = stepsOf(job, stage).find((step) => failsJob(step, job.runbook));
  // What failed first is what failed the job; closing tells what became of the clean-up.
  if (failed !== undefined && (stage !== 'cleanup' || job.failure === undefined))
    throw stepFailure(job, failed);
}

/** The data is back once the steps of `verify` have had their say: this is what the RTO is measured to. */
async function endVerification(job: Job, context: TaskContext): Promise<Way> {
  if (job.phases.verify?.endedAt !== undefined) return GO;
  const now = isoTime(context.clock.now());
  const phases = end(job.phases, 'verify', now);
  if (isRestoreJob(job)) await saveJob(job, { restoredAt: now, phases }, context);
  else await saveJob(job, { phases }, context);
  return GO;
}

/**
 * Runs however the job went, also when it was cancelled or ran out of time, as soon as something may have been changed.
 * A failed step fails a job that had not failed before.
 */
function cleanupTask(library: StepLibrary): Task {
  return anyTask(async (job, context, input) => {
    if (isFinal(job.status)) return GO;
    const noted = await noteCaught(job, input, context);
    if (noted.runbook.cleanup.length === 0) return GO;
    if (noted.guardsPassedAt === undefined) {
      await noteSkipped(noted, context);
      return GO;
    }
    await renewLease(noted, context);
    await noteDuringRestore(noted, context);
    const way = await advance('cleanup', noted, context, library);
    return way ?? GO;
  });
}

/** What the clean-up itself ran into before it could write it down: it must not get lost on the way to closing. */
async function noteCaught(job: Job, { caught }: TaskInput, context: TaskContext): Promise<Job> {
  if (caught === undefined || job.failure !== undefined) return job;
  const failure = { at: isoTime(context.clock.now()), ...failureFrom(caught) };
  return saveJob(job, { failure }, context);
}

async function noteSkipped(job: Job, context: TaskContext): Promise<void> {
  await context.jobs.append(job.jobId, {
    at: isoTime(context.clock.now()),
    type: 'cleanup-skipped',
    once: 'cleanup-skipped',
    message: `Nothing was changed, so the ${job.runbook.cleanup.length} step(s) of cleanup were left out.`,
    data: { steps: job.runbook.cleanup.length },
  });
}
