import { isDeepStrictEqual } from 'node:util';
import { isoTime } from '../clock.ts';
import {
  isCampaignJob,
  isCutoverJob,
  isPipelineJob,
  isRestoreJob,
  type Job,
  type JobFailure,
} from '../jobs/job.ts';
import { isFinal } from '../jobs/status.ts';
import { STAGES } from '../runbooks/steps/kind.ts';
import { changedByCampaign } from './campaign/changed-by-campaign.ts';
import { settleStoppedRestore, worstOfRestore } from './clean-up-restore.ts';
import type { TaskContext, TaskInput } from './context.ts';
import { settleStoppedCutover, worstOfCutover } from './cutover/clean-up-cutover.ts';
import { anyTask, GO, saveJob } from './define-task.ts';
import { failureFrom } from './errors.ts';
import { nextAfterCancel } from './next-after-cancel.ts';
import { changedByPipeline } from './pipeline/changed-by-pipeline.ts';
import type { Settled } from './settled.ts';
import { noteLastEnd } from './steps/note-end.ts';
import { stepsSoFar } from './steps/steps-so-far.ts';

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
  return settled.way;
});

function noteFailure(job: Job, { caught }: TaskInput, context: TaskContext): Promise<Job> {
  const worst = worstOf(job);
  const reason =
    caught === undefined
      ? { name: 'InternalError', message: 'The workflow was sent to clean up without an error.' }
      : failureFrom(caught);
  const failure = {
    at: isoTime(context.clock.now()),
    ...reason,
    ...worst,
    changed: withSteps(worst.changed, job),
    ...(isCancel(reason) && { next: nextAfterCancel(job) }),
  };
  return saveJob(job, { failure }, context);
}

/** The worst that may be so, as long as nobody has looked. */
function worstOf(job: Job): { readonly changed: string; readonly unsure?: true } {
  if (isRestoreJob(job)) return worstOfRestore(job);
  if (isCutoverJob(job)) return worstOfCutover(job);
  if (isCampaignJob(job)) return { changed: changedByCampaign(job) };
  return { changed: isPipelineJob(job) ? changedByPipeline(job) : 'No cluster was overwritten.' };
}

function settle(job: Job, context: TaskContext): Promise<Settled> {
  if (isCutoverJob(job)) return settleStoppedCutover(job, context);
  return isRestoreJob(job) ? settleStoppedRestore(job, context) : Promise.resolve({ way: GO });
}

async function noteSettled({ jobId }: Job, settled: Settled, context: TaskContext): Promise<void> {
  const job = await context.jobs.get(jobId);
  if (job.failure === undefined) return;
  const failure = failureAfter(job.failure, settled, job);
  // While it is looked at again and again, nothing new comes of most looks.
  if (!isDeepStrictEqual(failure, job.failure)) await saveJob(job, { failure }, context);
}

function failureAfter(failure: JobFailure, { changed, unsure, next }: Settled, job: Job): JobFailure {
  const known =
    changed === undefined
      ? failure
      : { ...sure(failure), changed: withSteps(changed, job), ...(unsure && { unsure }) };
  return next !== undefined && isCancel(known) ? { ...known, next } : known;
}

/** Any other error knows itself what to do about it. */
function isCancel({ name }: Pick<JobFailure, 'name'>): boolean {
  return name === 'JobCancelledError';
}

/** What became of the data, followed by what became of the runbook's steps. */
function withSteps(changed: string, job: Job): string {
  const stages = STAGES.filter((stage) => stage !== 'cleanup' && stage !== 'resumeWrites');
  return `${changed} ${stepsSoFar(job, stages)}`.trim();
}

/** The failure once it is known what became of the work in Atlas. */
function sure(failure: JobFailure): JobFailure {
  const { unsure, ...known } = failure;
  return unsure === undefined ? failure : known;
}
