import { isoTime, type Clock } from '../clock.ts';
import { JobNotFoundError } from '../jobs/errors.ts';
import { isCampaignJob, type CancelRequest, type Job } from '../jobs/job.ts';
import { jobName } from '../jobs/simulated.ts';
import { isFinal, IllegalTransitionError } from '../jobs/status.ts';
import type { JobStore } from '../jobs/store.ts';
import { update } from '../jobs/update.ts';

/**
 * Marks a job as to be cancelled. Cancelling is cooperative: the next task to run sees the mark, cancels in Atlas what can
 * be cancelled, and closes the job. Asked again, the first request stands. With a campaign its drills are cancelled, too.
 *
 * @throws IllegalTransitionError when the job has ended, JobNotFoundError, JobConflictError
 */
export async function cancelJob(
  jobId: string,
  request: Omit<CancelRequest, 'at'>,
  jobs: JobStore,
  clock: Clock,
): Promise<Job> {
  const cancelled = await cancelOne(jobId, request, jobs, clock);
  if (!isCampaignJob(cancelled)) return cancelled;
  for (const drill of cancelled.campaign.drills ?? []) {
    try {
      await cancelOne(drill.jobId, request, jobs, clock);
    } catch (error) {
      // It has ended, or has not begun: then it sees by the campaign that it must not.
      if (!(error instanceof IllegalTransitionError || error instanceof JobNotFoundError)) throw error;
    }
  }
  return cancelled;
}

async function cancelOne(
  jobId: string,
  request: Omit<CancelRequest, 'at'>,
  jobs: JobStore,
  clock: Clock,
): Promise<Job> {
  return update(async () => mark(await jobs.get(jobId), request, jobs, clock));
}

async function mark(
  job: Job,
  request: Omit<CancelRequest, 'at'>,
  jobs: JobStore,
  clock: Clock,
): Promise<Job> {
  const { jobId, status, cancel } = job;
  if (isFinal(status)) {
    throw new IllegalTransitionError(`Job ${jobName(job)} has ended already: it is ${status}.`, {
      changed: 'Nothing was changed.',
      next: `Look at it with: lifeboat jobs show ${jobId}`,
    });
  }
  if (cancel !== undefined) {
    await recordCancel(job, jobs);
    return job;
  }
  const at = isoTime(clock.now());
  const marked = await jobs.save({ ...job, cancel: { ...request, at }, updatedAt: at });
  await recordCancel(marked, jobs);
  return marked;
}

/**
 * Records in the timeline of a job, once, that somebody asked to cancel it; nothing for any other job. The process that took the
 * request may have died between its two writes.
 *
 * @throws HistoryUnavailableError, JobClosedError
 */
export async function recordCancel({ jobId, cancel }: Job, jobs: Pick<JobStore, 'append'>): Promise<void> {
  if (cancel === undefined) return;
  const { at, by, reason } = cancel;
  await jobs.append(jobId, {
    at,
    type: 'cancel-requested',
    once: 'cancel-requested',
    message: `${by} asked to cancel: ${reason}`,
    data: { by },
  });
}
