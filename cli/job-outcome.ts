import type { Job } from '../core/jobs/job.ts';

/** Whether a job did what it was for: what the exit code of `run` tells. */
export function didItsWork({ status, verdict }: Job): boolean {
  return status === 'SUCCEEDED' && verdict !== 'failed';
}
