import type { StepJob } from '../protocol/step-context.ts';

/**
 * Whether the runbook means to make a change in `before` and the job never sent it: there is nothing of this job to undo,
 * and what is found was made by somebody else. False where `before` holds no such step.
 *
 * @param use the kind that makes the change.
 * @param concerns tells from its settings whether a step of the kind is about the same thing.
 */
export function neverSent(
  { before }: StepJob,
  use: string,
  concerns: (settings: unknown) => boolean = () => true,
): boolean {
  const steps = before.filter((step) => step.use === use && concerns(step.with));
  return steps.length > 0 && !steps.some(({ sent }) => sent);
}
