import type { Job } from '../jobs/job.ts';
import { isRestoreJob } from '../jobs/job.ts';
import { leaseName } from '../jobs/lease-name.ts';
import { isFinal } from '../jobs/status.ts';
import type { JobStore } from '../jobs/store.ts';
import type { TimelineEvent } from '../jobs/timeline.ts';
import { lettersOf } from '../notify/letters.ts';
import { unrecordedNotices } from '../notify/notice-event.ts';
import { wasSkipped } from './skip-run.ts';

/**
 * Whether all that follows the final status of a job was done: its notifications were sent or given up and that
 * recorded, its lease released, and its last event recorded. A process may die in between. The report is not part of it: it can be written at any time.
 *
 * @param timeline of the job, oldest first.
 * @param now ISO 8601 UTC.
 * @throws HistoryUnavailableError
 */
export async function isClosed(
  job: Job,
  timeline: readonly TimelineEvent[],
  jobs: Pick<JobStore, 'lease'>,
  now: string,
): Promise<boolean> {
  if (!isFinal(job.status)) return false;
  if (!timeline.some(({ once }) => once === 'job-ended')) return false;
  // The record of a run that was not begun is written whole, and nobody is notified of it.
  if (wasSkipped(job)) return true;
  if (lettersOf(job, now).length > 0 || unrecordedNotices(job, timeline, now).length > 0) return false;
  const target = leaseName(job);
  const holder = target === undefined ? undefined : (await jobs.lease(target))?.owner;
  const keepsLease = isRestoreJob(job) && job.restoreGoesOn === true;
  return holder !== job.jobId || keepsLease;
}
