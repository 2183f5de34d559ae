import { isoTime, secondsBetween } from '../../clock.ts';
import type { ApprovalRecord } from '../../jobs/approval-record.ts';
import { isAccomplished } from '../../jobs/course.ts';
import type { Job } from '../../jobs/job.ts';
import type { TaskContext } from '../context.ts';

/** Longest sleep in one piece, in seconds: a lease on the target is renewed at least as often. */
const LONGEST_ASK_SECONDS = 3600;

/**
 * How long to sleep until people are looked for again, in whole seconds: no longer than an answer counts, and no longer
 * than the limits of the job let it wait.
 */
export function askSeconds(job: Job, { until }: ApprovalRecord, context: TaskContext): number {
  const now = isoTime(context.clock.now());
  const left = [secondsBetween(now, until), ...limitsLeft(job, now)].filter((seconds) => seconds > 0);
  return Math.max(1, Math.ceil(Math.min(LONGEST_ASK_SECONDS, ...left)));
}

/** Seconds until a limit of the job is over, which is a second after it is reached. */
function limitsLeft(job: Job, now: string): number[] {
  if (isAccomplished(job)) return [];
  const { guard } = job.phases;
  const { timeouts } = job.runbook;
  const jobLeft = timeouts.job - secondsBetween(job.startedAt ?? job.createdAt, now) + 1;
  if (guard === undefined || guard.endedAt !== undefined) return [jobLeft];
  return [jobLeft, timeouts.guards - secondsBetween(guard.startedAt, now) + 1];
}
