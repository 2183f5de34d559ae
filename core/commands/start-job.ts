import { isoTime, type Clock } from '../clock.ts';
import type { GuardPolicy, Job, Simulation } from '../jobs/job.ts';
import type { StartedBy } from '../jobs/started-by.ts';
import { newJob } from '../jobs/new-job.ts';
import type { JobStore } from '../jobs/store.ts';
import type { Runbook } from '../runbooks/schema.ts';

/** A request to run a runbook. */
export interface StartRequest {
  /** ULID for the new job. */
  readonly jobId: string;
  readonly runbook: Runbook;
  /** The runbook as it was written. */
  readonly runbookText: string;
  /** What may and may not be overwritten here, whatever the runbook says. */
  readonly policy: GuardPolicy;
  readonly startedBy: StartedBy;
  /** What a `random` recovery point draws with: an unsigned 32-bit integer. */
  readonly seed: number;
  readonly simulation?: Simulation;
  /** Origin of the Atlas that it begins in, such as `https://cloud.mongodb.com`. */
  readonly atlasUrl?: string;
}

/**
 * Writes the record of a new job. Nothing runs yet: the workflow is started with the job's id.
 *
 * @throws JobExistsError, HistoryUnavailableError
 */
export async function startJob(request: StartRequest, jobs: JobStore, clock: Clock): Promise<Job> {
  const job = newJob({ ...request, now: isoTime(clock.now()) });
  await jobs.create(job);
  return job;
}
