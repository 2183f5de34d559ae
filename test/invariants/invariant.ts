import type { Job } from '../../core/jobs/job.ts';
import type { Witness } from './witness.ts';

/** Something that holds whatever went wrong. */
export interface Invariant {
  /** In kebab-case. */
  readonly name: string;
  /** One sentence, for people. */
  readonly says: string;
  /** One line for each breach, naming the job. */
  broken(witness: Witness): readonly string[];
}

/** An invariant that looks at each job by itself. */
export function ofEachJob(
  name: string,
  says: string,
  broken: (job: Job, witness: Witness) => readonly string[],
): Invariant {
  return {
    name,
    says,
    broken: (witness) =>
      witness.jobs.flatMap((job) => broken(job, witness).map((line) => `${job.jobId}: ${line}`)),
  };
}
