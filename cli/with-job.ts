import { isoTime } from '../core/clock.ts';
import type { Job } from '../core/jobs/job.ts';
import type { TimelineEvent } from '../core/jobs/timeline.ts';
import { openHistory, type History } from '../local/history.ts';
import type { Cli } from './cli.ts';

/** A job and what happened to it. */
export interface ReadJob {
  readonly job: Job;
  /** Oldest first. */
  readonly timeline: readonly TimelineEvent[];
}

/** A job as the history holds it. */
export interface JobRecord extends ReadJob {
  readonly history: History;
}

/**
 * Reads a job and its timeline, hands them over, and closes the history afterwards.
 *
 * @throws JobNotFoundError, LocalHomeError, HistoryUnavailableError
 */
export async function withJob<T>(
  { home }: Cli,
  jobId: string,
  use: (record: JobRecord) => Promise<T> | T,
): Promise<T> {
  const history = await openHistory(home);
  try {
    const job = await history.jobs.get(jobId);
    const timeline = await history.jobs.timeline(jobId);
    return await use({ history, job, timeline });
  } finally {
    await history.close();
  }
}

/** The latest instant that a job's record knows, in milliseconds since the UNIX epoch. Simulated time may be ahead. */
export function latestInstant({ job, timeline }: ReadJob): number {
  return Math.max(Date.parse(job.updatedAt), ...timeline.map(({ at }) => Date.parse(at)));
}

/** Now, ISO 8601 UTC, or the latest instant that the record knows if that is later. */
export function nowFor(record: ReadJob): string {
  return isoTime(Math.max(Date.now(), latestInstant(record)));
}
