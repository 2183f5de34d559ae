import { isoTime } from '../clock.ts';
import { isCutoverJob, isRestoreJob, type Job } from '../jobs/job.ts';
import { end } from '../jobs/phases.ts';
import { isFinal } from '../jobs/status.ts';
import { stepsUnder } from '../runbooks/steps/step-lists.ts';
import type { Stage } from '../runbooks/steps/stages.ts';
import type { StepLibrary } from '../steps/protocol/step-kind.ts';
import type { Task, TaskContext } from './context.ts';
import { advancingTask, anyTask, GO, renewLease, saveJob, type Way } from './define-task.ts';
import { noteExpiring } from './cutover/note-expiring.ts';
import { writeStepTasks } from './cutover/write-steps.ts';
import { advanceStage } from './steps/advance-stage.ts';
import { noteDuringRestore } from './steps/during-restore.ts';
import { noteCaught } from './steps/note-caught.ts';

/**
 * The tasks that carry out the steps of a runbook, one for each of its lists. A delivery does one thing for the first
 * step that has not ended; the workflow comes back until nothing is left.
 *
 * They throw StepFailedError or StepTimeoutError when a step ended in a way that fails the job.
 */
export function stepTasks(library: StepLibrary) {
  const advancing = (stage: Stage) =>
    advancingTask(async (job, context) => {
      const way = await advanceStage(stage, job, context, library);
      return way ?? GO;
    });
  return {
    RunReadySteps: advancing('ready'),
    RunBeforeSteps: advancingTask(async (job, context) => {
      // People who are waited for should know that the time runs down.
      if (isCutoverJob(job)) await noteExpiring(job, context);
      const way = await advanceStage('before', job, context, library);
      return way ?? GO;
    }),
    RunVerifySteps: advancingTask(async (job, context) => {
      const way = await advanceStage('verify', job, context, library);
      return way ?? endVerification(job, context);
    }),
    RunAfterSteps: advancing('after'),
    RunCleanupSteps: cleanupTask(library),
    ...writeStepTasks(library),
  } satisfies Readonly<Record<string, Task>>;
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
    if (stepsUnder(noted.runbook, 'cleanup').length === 0) return GO;
    if (noted.guardsPassedAt === undefined) {
      await noteSkipped(noted, context);
      return GO;
    }
    await renewLease(noted, context);
    await noteDuringRestore(noted, context);
    const way = await advanceStage('cleanup', noted, context, library);
    return way ?? GO;
  });
}

async function noteSkipped(job: Job, context: TaskContext): Promise<void> {
  const steps = stepsUnder(job.runbook, 'cleanup').length;
  await context.jobs.append(job.jobId, {
    at: isoTime(context.clock.now()),
    type: 'cleanup-skipped',
    once: 'cleanup-skipped',
    message: `Nothing was changed, so the ${steps} step(s) of cleanup were left out.`,
    data: { steps },
  });
}
