import { secondsBetween } from '../../core/clock.ts';
import { isCutoverJob, isRestoreJob, type CutoverJob, type Job } from '../../core/jobs/job.ts';
import { writesStoppedAt, writeStopSeconds } from '../../core/jobs/write-stop.ts';
import { exactDuration, humanDuration } from '../../core/report/human.ts';

/**
 * How long a job has taken, against what was promised. How long it still takes nobody knows, so nothing is said of it.
 *
 * @param now ISO 8601 UTC.
 */
export function timeLine(job: Job, now: string): string {
  const elapsed = secondsBetween(job.startedAt ?? job.createdAt, job.endedAt ?? now);
  const time = humanDuration(Math.max(0, Math.round(elapsed)));
  if (isCutoverJob(job)) return `${time}${writeStopText(job, job.endedAt ?? now)}`;
  const rto = isRestoreJob(job) ? job.runbook.objectives.rto : undefined;
  if (rto === undefined) return time;
  return elapsed <= rto
    ? `${time} of the ${humanDuration(rto)} that the objective allows`
    : `${time}, more than the ${humanDuration(rto)} that the objective allows`;
}

/** For how long the application cannot write, or could not; while nothing is asked for, against what the runbook allows. */
function writeStopText(job: CutoverJob, until: string): string {
  const since = writesStoppedAt(job);
  if (since === undefined) return '';
  const length = writeStopSeconds(job);
  if (length !== null) return `; writes were stopped for ${exactDuration(length)}`;
  const stopped = `; writes stopped for ${exactDuration(secondsBetween(since, until))}`;
  return job.cutover.intent === undefined
    ? `${stopped} of ${humanDuration(job.runbook.maxWriteStop)} at most`
    : stopped;
}
