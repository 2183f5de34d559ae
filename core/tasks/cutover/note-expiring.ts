import { isoTime } from '../../clock.ts';
import { expiryWarning, secondsToExpiry } from '../../jobs/migration-timer.ts';
import type { CutoverJob } from '../../jobs/job.ts';
import type { TaskContext } from '../context.ts';

/** Warns in the timeline, once for each threshold, as the time runs down that Atlas gives a migration for its cutover. */
export async function noteExpiring(job: CutoverJob, context: TaskContext): Promise<void> {
  const { readyAt, intent } = job.cutover;
  if (readyAt === undefined || intent !== undefined) return;
  const now = isoTime(context.clock.now());
  const hours = expiryWarning(readyAt, now);
  if (hours === undefined) return;
  const left = Math.max(0, Math.floor(secondsToExpiry(readyAt, now)));
  await context.jobs.append(job.jobId, {
    at: now,
    type: 'migration-expiring',
    once: `migration-expiring-${hours}`,
    message: `Live migration ${job.runbook.migration} may expire in ${hours} h or less: it has been ready since ${readyAt} at the latest, and Atlas gives it 120 hours from then unless its time was extended there.`,
    data: { hoursLeft: hours, secondsLeft: left, readyAt },
  });
}
