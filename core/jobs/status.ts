import { LifeboatError } from '../errors.ts';
import { jobName, type Named } from './simulated.ts';

/** Where a job stands. The last three are final. */
export const JOB_STATUSES = ['PENDING', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED'] as const;
export type JobStatus = (typeof JOB_STATUSES)[number];

const LEGAL: Readonly<Record<JobStatus, readonly JobStatus[]>> = {
  PENDING: ['RUNNING', 'FAILED', 'CANCELLED'],
  RUNNING: ['SUCCEEDED', 'FAILED', 'CANCELLED'],
  SUCCEEDED: [],
  FAILED: [],
  CANCELLED: [],
};

/** Thrown when a job is asked to go where it can't, for example from SUCCEEDED back to RUNNING. */
export class IllegalTransitionError extends LifeboatError {
  override readonly name = 'IllegalTransitionError';
  override readonly retryable = false;
}

/** Whether nothing can follow this status. */
export function isFinal(status: JobStatus): boolean {
  return LEGAL[status].length === 0;
}

/**
 * The status after a transition.
 *
 * @throws IllegalTransitionError when the step is not allowed.
 */
export function transition(job: Named & { readonly status: JobStatus }, to: JobStatus): JobStatus {
  if (!LEGAL[job.status].includes(to)) {
    throw new IllegalTransitionError(`Job ${jobName(job)} is ${job.status} and cannot become ${to}.`, {
      changed: 'Nothing was changed.',
      next: `Look at it with: lifeboat jobs show ${job.jobId}`,
    });
  }
  return to;
}
