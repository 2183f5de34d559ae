import type { CutoverJob } from '../../jobs/job.ts';
import { amend } from '../amend.ts';
import type { TaskContext } from '../context.ts';
import type { Reading } from './reading.ts';

/** The job with Atlas's word of a reading, so that a job that ends with it does not tell an older one. Written when it is news. */
export function noteStatus(
  job: CutoverJob,
  { status }: Pick<Reading, 'status'>,
  context: TaskContext,
): Promise<CutoverJob> {
  if (status === undefined || status === job.cutover.status) return Promise.resolve(job);
  return amend(job, (current) => ({ ...current, cutover: { ...current.cutover, status } }), context);
}
