import { isoTime, type Clock } from '../clock.ts';
import type { BreakGlass, Job, Simulation } from '../jobs/job.ts';
import { refuseIfFrozen } from '../jobs/freeze.ts';
import { sentence } from '../sentence.ts';
import { newJob } from '../jobs/new-job.ts';
import { refuseByPolicy } from '../policy/refusals.ts';
import type { StartedBy } from '../jobs/started-by.ts';
import type { JobStore } from '../jobs/store.ts';
import type { RunbookOrigin } from '../policy/origin.ts';
import type { Policy } from '../policy/policy.ts';
import type { Runbook } from '../runbooks/schema.ts';
import { KIND_TITLES } from '../runbooks/undertaking.ts';

/** A request to run a runbook. */
export interface StartRequest {
  /** ULID for the new job. */
  readonly jobId: string;
  readonly runbook: Runbook;
  /** The runbook as it was written. */
  readonly runbookText: string;
  /** Where the runbook came from. */
  readonly origin: RunbookOrigin;
  /** What this installation requires, whatever the runbook says. */
  readonly policy: Policy;
  readonly startedBy: StartedBy;
  /** What a `random` recovery point draws with: an unsigned 32-bit integer. */
  readonly seed: number;
  readonly simulation?: Simulation;
  /** Origin of the Atlas that it begins in, such as `https://cloud.mongodb.com`. */
  readonly atlasUrl?: string;
  readonly breakGlass?: BreakGlass;
}

/**
 * Writes the record of a new job, unless the policy or a freeze forbids it. Nothing runs yet: the workflow is started with the job's id.
 *
 * @throws PolicyRefusedError, FrozenError, JobExistsError, HistoryUnavailableError
 */
export async function startJob(request: StartRequest, jobs: JobStore, clock: Clock): Promise<Job> {
  const job = await admitJob(newJob({ ...request, now: isoTime(clock.now()) }), jobs);
  await recordBreakGlass(job, jobs);
  return job;
}

/**
 * Records in the timeline of a job, once, that one person alone answers for it; nothing for any other job.
 *
 * @throws HistoryUnavailableError
 */
export async function recordBreakGlass({ jobId, breakGlass }: Job, jobs: JobStore): Promise<void> {
  if (breakGlass === undefined) return;
  await jobs.append(jobId, {
    at: breakGlass.at,
    type: 'break-glass',
    once: 'break-glass',
    message: `Break-glass: ${breakGlass.by.who} restores onto ${breakGlass.cluster} alone. ${sentence(breakGlass.reason)} Bypassed: ${breakGlass.bypassed.join(', ')}.`,
    data: { by: breakGlass.by.who, reason: breakGlass.reason, cluster: breakGlass.cluster },
  });
}

/**
 * Writes the record of a job that is about to run. Every job that runs is written here, drills of a campaign too.
 *
 * @throws PolicyRefusedError, FrozenError, JobExistsError, HistoryUnavailableError
 */
export async function admitJob<One extends Job>(job: One, jobs: JobStore): Promise<One> {
  refuseByPolicy(job);
  const { kind, name } = job.runbook;
  await refuseIfFrozen(jobs, `${KIND_TITLES[kind]} "${name}" was not started.`);
  await jobs.create(job);
  return job;
}
