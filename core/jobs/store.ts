import type { DurationStore } from './durations-store.ts';
import type { FreezeStore } from './freeze.ts';
import type { Job, JobSummary } from './job.ts';
import type { JobStatus } from './status.ts';
import type { NewEvent, TimelineEvent } from './timeline.ts';

/** Which jobs, newest first. */
export type JobFilter =
  | { readonly by: 'all' }
  /** `project/cluster`; matches the source, or the target of a job that has no source in Atlas. */
  | { readonly by: 'cluster'; readonly cluster: string }
  | { readonly by: 'status'; readonly status: JobStatus }
  | { readonly by: 'kind'; readonly kind: Job['kind'] };

/** A page of jobs. `cursor` is opaque, and absent on the last page. */
export interface JobPage {
  readonly jobs: readonly JobSummary[];
  /** Ids of jobs that belong on this page and whose summary is damaged; absent when there are none. */
  readonly damaged?: readonly string[];
  readonly cursor?: string;
}

/** The right to work on a target. One at a time per target. */
export interface Lease {
  /** `project/cluster`. */
  readonly target: string;
  /** The job that holds it. */
  readonly owner: string;
  /** ISO 8601 UTC; after it anyone may take the lease. */
  readonly expiresAt: string;
}

/** The history of jobs. Every write is a single-item conditional write. */
export interface JobStore extends DurationStore, FreezeStore {
  /** @throws JobExistsError when the id is taken. */
  create(job: Job): Promise<void>;
  /** @throws JobNotFoundError */
  get(jobId: string): Promise<Job>;
  /**
   * Writes the record if nobody else has since it was read, and gives it back with its new version.
   *
   * @throws JobConflictError (retryable) when somebody has.
   */
  save<One extends Job>(job: One): Promise<One>;
  /**
   * Appends to the timeline; with `once`, gives back the event already there.
   *
   * @throws JobClosedError when the timeline has its end, and the event is not one that may follow it.
   */
  append(jobId: string, event: NewEvent): Promise<TimelineEvent>;
  /** The whole timeline, oldest first. */
  timeline(jobId: string): Promise<readonly TimelineEvent[]>;
  /** @throws BadCursorError when the cursor is not one that this query gave. */
  list(filter: JobFilter, page: { readonly limit: number; readonly cursor?: string }): Promise<JobPage>;
  /**
   * Takes the lease, or renews it when `lease.owner` holds it already. A lease whose `expiresAt` lies before `now` is free.
   *
   * @param now ISO 8601 UTC.
   * @throws LeaseHeldError (not retryable) naming the owner and the expiry.
   */
  takeLease(lease: Lease, now: string): Promise<void>;
  /** Gives it back if `owner` holds it; giving back what one does not hold changes nothing. */
  giveBackLease(target: string, owner: string): Promise<void>;
  /** The lease as it stands, expired or not; undefined when there is none. */
  lease(target: string): Promise<Lease | undefined>;
}
