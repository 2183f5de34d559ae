import type { LifeboatError } from '../../errors.ts';
import type { Job } from '../../jobs/job.ts';
import type { StepOfJob } from '../../jobs/steps.ts';
import { StepFailedError, StepTimeoutError } from '../errors.ts';
import { stepsSoFar } from './steps-so-far.ts';

/** The error with which a step that ended badly fails the job; the same whenever it is made from the same record. */
export function stepFailure(job: Job, { stage, step, record }: StepOfJob): LifeboatError {
  const name = `Step "${step.name}" (${step.use}) of ${stage}`;
  const said = record?.message ?? '';
  // What an earlier failure changed, the clean-up says; after this one no other clean-up comes.
  const changed = stage === 'cleanup' && { changed: `The restore was done and verified. ${stepsSoFar(job)}` };
  if (record?.timedOut === true) {
    return new StepTimeoutError(`${name} took too long. ${said}`, {
      ...changed,
      next: `Find out in Atlas what it waits for; raise the step's timeout if it is only slow.`,
    });
  }
  if (record?.status === 'unknown') {
    return new StepFailedError(`${name} could not look. ${said}`, {
      ...changed,
      next: 'Give the credentials the missing role; or set guards.unknown to continue, or onFailure of the step to warn.',
    });
  }
  return new StepFailedError(`${name} failed. ${said}`, {
    ...changed,
    next: 'Do what the message says, then run the runbook again; onFailure: warn lets a job go on without the step.',
  });
}
