import type { Job } from '../core/jobs/job.ts';

/** A job as programs are given it: everything but the count of its writes, which only the store needs. */
export function jobDocument(job: Job): string {
  return JSON.stringify({ ...job, version: undefined }, null, 2);
}
