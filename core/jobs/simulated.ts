import type { Job } from './job.ts';

/** The word that marks a job in a simulated Atlas wherever it is named: it proves nothing about a real cluster. */
export const SIMULATED = 'SIMULATED';

/** A job's id for a sentence, marked where the job is simulated: `01KAJ3W0Q4X9GZ5M1T2R8C7B6A (SIMULATED)`. */
export function jobName({ jobId, simulation }: Pick<Job, 'jobId' | 'simulation'>): string {
  return simulation === undefined ? jobId : `${jobId} (${SIMULATED})`;
}
