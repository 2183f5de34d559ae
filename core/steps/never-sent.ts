import type { Job } from '../jobs/job.ts';
import { stepsOf, type StepOfJob } from '../jobs/steps.ts';

/**
 * Whether the runbook means to make a change in `before` and the job never sent it: there is nothing of this job to undo,
 * and what is found was made by somebody else. False where `before` holds no such step.
 *
 * @param use the kind that makes the change.
 * @param concerns tells from its settings whether a step of the kind is about the same thing.
 */
export function neverSent(
  job: Job,
  use: string,
  concerns: (settings: unknown) => boolean = () => true,
): boolean {
  const steps = stepsOf(job, 'before').filter(({ step }) => step.use === use && concerns(step.with));
  return steps.length > 0 && !steps.some(wasSent);
}

/** An intent, or a lost answer whose intent was taken back: either way Atlas may have carried it out. */
function wasSent({ record }: StepOfJob): boolean {
  return record?.sentAt !== undefined || record?.lost !== undefined;
}
