/** The word that marks a job in a simulated Atlas wherever it is named: it proves nothing about a real cluster. */
export const SIMULATED = 'SIMULATED';

/** A job, or its report, which has null where nothing is simulated. */
export interface Named {
  readonly jobId: string;
  readonly simulation?: object | null;
}

/** A job's id for a sentence, marked where the job is simulated: `01KAJ3W0Q4X9GZ5M1T2R8C7B6A (SIMULATED)`. */
export function jobName({ jobId, simulation = null }: Named): string {
  return simulation === null ? jobId : `${jobId} (${SIMULATED})`;
}
