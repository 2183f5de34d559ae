import { isDeepStrictEqual } from 'node:util';
import { isoTime } from '../clock.ts';
import { isCampaignJob, isCutoverJob, isRestoreJob, type Job, type JobFailure } from '../jobs/job.ts';
import { isFinal } from '../jobs/status.ts';
import { STAGES } from '../runbooks/steps/stages.ts';
import { wayOfStopped } from './campaign/drills-left.ts';
import { settleStoppedRestore } from './clean-up-restore.ts';
import type { TaskContext, TaskInput } from './context.ts';
import { settleStoppedCutover } from './cutover/clean-up-cutover.ts';
import { anyTask, GO, saveJob } from './define-task.ts';
import { failureOfJob, isCancel } from './failure-of-job.ts';
import type { Settled } from './settled.ts';
import { noteLastEnd } from './steps/note-end.ts';
import { toSteps } from './steps/to-steps.ts';

/**
 * After a failure, a cancellation or a time-out: writes down the reason, stops in Atlas what can be stopped, and says what
 * was changed. Comes back while a restore that can't be stopped is followed to its end.
 *
 * An error knows only of the request that failed, so what it says of changes is not taken over: the job may have something
 * under way in Atlas. The worst that may be so is written first, and replaced once Atlas has been looked at.
 */
export const cleanUp = anyTask(async (job, context, input) => {
  if (isFinal(job.status)) return GO;
  const noted = job.failure === undefined ? await noteFailure(job, input, context) : job;
  for (const stage of STAGES) await noteLastEnd(noted, stage, context);
  const settled = await settle(noted, context);
  await noteSettled(noted, settled, context);
  // The writes of a cutover are resumed first, if need be; that list always has steps.
  return settled.way.next === 'go' && !isCutoverJob(job) ? toSteps(job, 'cleanup') : settled.way;
});

function noteFailure(job: Job, { caught }: TaskInput, context: TaskContext): Promise<Job> {
  const failure = failureOfJob(job, caught, isoTime(context.clock.now()));
  return saveJob(job, { failure }, context);
}

function settle(job: Job, context: TaskContext): Promise<Settled> {
  if (isCutoverJob(job)) return settleStoppedCutover(job, context);
  if (isRestoreJob(job)) return settleStoppedRestore(job, context);
  return Promise.resolve({ way: isCampaignJob(job) ? wayOfStopped(job) : GO });
}

async function noteSettled({ jobId }: Job, settled: Settled, context: TaskContext): Promise<void> {
  const job = await context.jobs.get(jobId);
  // Held up until the job was closed without it: what was closed stays as it was reported.
  if (job.failure === undefined || isFinal(job.status)) return;
  const failure = failureAfter(job.failure, settled);
  // While it is looked at again and again, nothing new comes of most looks.
  if (!isDeepStrictEqual(failure, job.failure)) await saveJob(job, { failure }, context);
}

function failureAfter(failure: JobFailure, { changed, unsure, next }: Settled): JobFailure {
  const known = changed === undefined ? failure : { ...sure(failure), changed, ...(unsure && { unsure }) };
  return next !== undefined && isCancel(known) ? { ...known, next } : known;
}

/** The failure once it is known what became of the work in Atlas. */
function sure(failure: JobFailure): JobFailure {
  const { unsure, ...known } = failure;
  return unsure === undefined ? failure : known;
}
