import {
  isCampaignJob,
  isCutoverJob,
  isPipelineJob,
  isRestoreJob,
  type Job,
  type JobFailure,
} from '../jobs/job.ts';
import { changedByCampaign } from './campaign/changed-by-campaign.ts';
import type { TaskInput } from './context.ts';
import { worstOfCutover } from './cutover/clean-up-cutover.ts';
import { failureFrom } from './errors.ts';
import { nextAfterCancel } from './next-after-cancel.ts';
import { changedByPipeline } from './pipeline/changed-by-pipeline.ts';
import { NOT_OVERWRITTEN, worstOfRestore } from './restore-changes.ts';

/**
 * What a job has failed with, and the worst that it may have changed.
 *
 * An error knows only of the request that failed, so what it says of changes is not taken over: the job may have something
 * under way in Atlas.
 *
 * @param caught what the workflow was sent on with; undefined when it was not.
 * @param at ISO 8601 UTC.
 */
export function failureOfJob(job: Job, caught: TaskInput['caught'], at: string): JobFailure {
  const reason =
    caught === undefined
      ? { name: 'InternalError', message: 'The workflow was sent to clean up without an error.' }
      : failureFrom(caught);
  return {
    at,
    ...reason,
    ...worstOf(job),
    ...(isCancel(reason) && { next: nextAfterCancel(job) }),
  };
}

/** The worst that may be so, as long as nobody has looked. */
function worstOf(job: Job): { readonly changed: string; readonly unsure?: true } {
  if (isRestoreJob(job)) return worstOfRestore(job);
  if (isCutoverJob(job)) return worstOfCutover(job);
  if (isCampaignJob(job)) return changedByCampaign(job);
  return { changed: isPipelineJob(job) ? changedByPipeline(job) : NOT_OVERWRITTEN };
}

/** Whether a failure is a cancellation: any other error knows itself what to do about it. */
export function isCancel({ name }: Pick<JobFailure, 'name'>): boolean {
  return name === 'JobCancelledError';
}
