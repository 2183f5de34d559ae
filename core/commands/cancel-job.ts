import { isoTime, type Clock } from '../clock.ts';
import type { CancelRequest, Job } from '../jobs/job.ts';
import { isFinal, IllegalTransitionError } from '../jobs/status.ts';
import type { JobStore } from '../jobs/store.ts';

/**
 * Marks a job as to be cancelled. Cancelling is cooperative: the next task to run sees the mark, cancels in Atlas what can
 * be cancelled, and closes the job. Asked again, the first request stands.
 *
 * @throws IllegalTransitionError when the job has ended, JobNotFoundError, JobConflictError
 */
export async function cancelJob(
  jobId: string,
  request: Omit<CancelRequest, 'at'>,
  jobs: JobStore,
  clock: Clock,
): Promise<Job> {
  const job = await jobs.get(jobId);
  if (isFinal(job.status)) {
    throw new IllegalTransitionError(`Job ${jobId} has ended already: it is ${job.status}.`, {
      changed: 'Nothing was changed.',
      next: `Look at it with: lifeboat jobs show ${jobId}`,
    });
  }
  if (job.cancel !== undefined) return job;
  const at = isoTime(clock.now());
  const marked = await jobs.save({ ...job, cancel: { ...request, at }, updatedAt: at });
  await jobs.append(jobId, {
    at,
    type: 'cancel-requested',
    once: 'cancel-requested',
    message: `${request.by} asked to cancel: ${request.reason}`,
    data: { by: request.by },
  });
  return marked;
}
