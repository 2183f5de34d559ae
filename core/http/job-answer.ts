import type { Job } from '../jobs/job.ts';

/** A job as it is told: everything but the count of its writes and the token, which only its host needs. */
export function jobAnswer(job: Job): object {
  return { ...job, simulated: job.simulation !== undefined, version: undefined, taskToken: undefined };
}
