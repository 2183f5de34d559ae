import type { LifeboatError } from '../../errors.ts';
import { isForWantOfARole } from '../../facts/look.ts';
import type { StepOfJob } from '../../jobs/steps.ts';
import { StepFailedError, StepTimeoutError } from '../errors.ts';

/** The error with which a step that ended badly fails the job; the same whenever it is made from the same record. */
export function stepFailure({ stage, step, record }: StepOfJob): LifeboatError {
  const name = `Step "${step.name}" (${step.use}) of ${stage}`;
  const said = record?.message ?? '';
  if (record?.timedOut === true) {
    return new StepTimeoutError(`${name} took too long. ${said}`, {
      next: `${waitsFor(step.use)}; raise the step's timeout if it is only slow.`,
    });
  }
  if (record?.status === 'unknown') {
    return new StepFailedError(`${name} could not look. ${said}`, {
      next: `${isForWantOfARole(said) ? 'Give the credentials the missing role' : 'Find out in Atlas why it has no answer to that'}; or set guards.unknown to continue, or onFailure of the step to warn.`,
    });
  }
  return new StepFailedError(`${name} failed. ${said}`, {
    next: 'Do what the message says, then run the runbook again; onFailure: warn lets a job go on without the step.',
  });
}

/** Whom to ask about a step that takes too long: not every step waits for Atlas. */
function waitsFor(use: string): string {
  if (use === 'approval') return 'Find out from those who are asked why they do not answer';
  if (use === 'webhook') return 'Find out why its receiver does not answer that it is done';
  return 'Find out in Atlas what it waits for';
}
