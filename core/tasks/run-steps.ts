import { isoTime } from '../clock.ts';
import { isCutoverJob, type Job } from '../jobs/job.ts';
import { isFinal } from '../jobs/status.ts';
import { stepsUnder } from '../runbooks/steps/step-lists.ts';
import type { StepLibrary } from '../steps/protocol/step-kind.ts';
import type { Task, TaskContext } from './context.ts';
import { advancingTask, anyTask, GO, renewLease } from './define-task.ts';
import { noteExpiring } from './cutover/note-expiring.ts';
import { writeStepTasks } from './cutover/write-steps.ts';
import { advanceStage } from './steps/advance-stage.ts';
import { noteDuringRestore } from './steps/during-restore.ts';
import { noteCaught } from './steps/note-caught.ts';
import { endVerification, toSteps } from './steps/to-steps.ts';

/**
 * The tasks that carry out the steps of a runbook, one for each of its lists. A delivery does one thing for the first
 * step that has not ended; the workflow comes back until nothing is left.
 *
 * They throw StepFailedError or StepTimeoutError when a step ended in a way that fails the job.
 */
export function stepTasks(library: StepLibrary) {
  return {
    RunReadySteps: advancingTask(
      async (job, context) => (await advanceStage('ready', job, context, library)) ?? GO,
    ),
    RunBeforeSteps: advancingTask(async (job, context) => {
      // People who are waited for should know that the time runs down.
      if (isCutoverJob(job)) await noteExpiring(job, context);
      return (await advanceStage('before', job, context, library)) ?? GO;
    }),
    RunVerifySteps: advancingTask(async (job, context) => {
      return (await advanceStage('verify', job, context, library)) ?? endVerification(job, context);
    }),
    RunAfterSteps: advancingTask(
      async (job, context) => (await advanceStage('after', job, context, library)) ?? toSteps(job, 'cleanup'),
    ),
    RunCleanupSteps: cleanupTask(library),
    ...writeStepTasks(library),
  } satisfies Readonly<Record<string, Task>>;
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
    return (await advanceStage('cleanup', noted, context, library)) ?? GO;
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
