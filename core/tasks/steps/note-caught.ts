import { isoTime } from '../../clock.ts';
import type { Job } from '../../jobs/job.ts';
import type { TaskContext, TaskInput } from '../context.ts';
import { failureOfJob } from '../failure-of-job.ts';

/** What the clean-up itself ran into before it could write it down: it must not get lost on the way to closing. */
export async function noteCaught<One extends Job>(
  job: One,
  { caught }: TaskInput,
  context: TaskContext,
): Promise<One> {
  if (caught === undefined || job.failure !== undefined) return job;
  const failure = failureOfJob(job, caught, isoTime(context.clock.now()));
  return context.jobs.save({ ...job, failure, updatedAt: failure.at });
}
