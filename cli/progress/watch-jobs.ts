import type { Job } from '../../core/jobs/job.ts';
import type { JobStore } from '../../core/jobs/store.ts';

/** A store of jobs that tells what passes through it. */
export interface Watch {
  /** Each job as it was written. */
  readonly onSave: (job: Job) => void;
  /** Each write that failed. */
  readonly onFailure: (error: unknown) => void;
}

/** The same store, watched. */
export function watchJobs(jobs: JobStore, { onSave, onFailure }: Watch): JobStore {
  const told = (error: unknown): never => {
    onFailure(error);
    throw error;
  };
  return {
    ...jobs,
    async save(job) {
      const saved = await jobs.save(job).catch(told);
      onSave(saved);
      return saved;
    },
    append: (jobId, event) => jobs.append(jobId, event).catch(told),
  };
}
