import { isoTime, secondsBetween } from '../../clock.ts';
import type { Job } from '../../jobs/job.ts';
import type { StepRecord, StepStatus } from '../../jobs/step-record.ts';
import type { StepOfJob } from '../../jobs/steps.ts';
import { LONGEST_WAIT_SECONDS, nextLookSeconds } from '../../polling/next-look.ts';
import type { RunbookStep } from '../../runbooks/steps/step-lists.ts';
import type { StepAnswer } from '../../steps/protocol/step-answer.ts';
import type { TaskContext } from '../context.ts';
import { AGAIN, wait, type Transition } from '../define-task.ts';
import { keepStep } from './keep-step.ts';

/** A step that this delivery has begun or found begun, with the job as it was then written. */
export interface BegunStep extends StepOfJob {
  readonly record: StepRecord;
  readonly job: Job;
}

/** Writes how a step ended. What that means for the job is told from the record, by whoever reads it next. */
export async function endStep(
  begun: BegunStep,
  outcome: Exclude<StepAnswer['outcome'], 'wait'>,
  said: Pick<StepAnswer, 'message' | 'evidence'>,
  context: TaskContext,
): Promise<Transition> {
  const record = ended(begun, statusOf(outcome, begun.step), said, context);
  await keepStep(begun.job, begun.key, record, context);
  return AGAIN;
}

/**
 * Comes back later, or ends the step as failed when its time is over. Time is measured only after a look, so that a job
 * resumed after a long night looks once before it gives up.
 *
 * @param next the record to come back to, where it has changed.
 */
export async function waitOrGiveUp(
  begun: BegunStep,
  answer: StepAnswer,
  context: TaskContext,
  next?: StepRecord,
): Promise<Transition> {
  const { record, step, job, key } = begun;
  const elapsed = secondsBetween(record.startedAt, isoTime(context.clock.now()));
  if (elapsed >= step.timeout) {
    const message = `It was not done after ${step.timeout} s. ${answer.message}`;
    const given = ended(begun, statusOf('failed', step), { ...answer, message }, context);
    await keepStep(job, key, { ...given, timedOut: true }, context);
    return AGAIN;
  }
  if (next !== undefined) await keepStep(job, key, next, context);
  return wait(waitFor(answer, elapsed, step));
}

/** Whole seconds: no longer than the step has left, so that it ends on time. */
function waitFor({ waitSeconds }: StepAnswer, elapsed: number, { timeout }: RunbookStep): number {
  const wanted = Math.min(waitSeconds ?? nextLookSeconds(elapsed), LONGEST_WAIT_SECONDS, timeout - elapsed);
  return Math.max(1, Math.ceil(wanted));
}

function statusOf(outcome: 'done' | 'failed' | 'unknown', { onFailure }: RunbookStep): StepStatus {
  return outcome === 'failed' && onFailure === 'warn' ? 'warned' : outcome;
}

function ended(
  { record }: BegunStep,
  status: StepStatus,
  { message, evidence }: Pick<StepAnswer, 'message' | 'evidence'>,
  context: TaskContext,
): StepRecord {
  const endedAt = isoTime(context.clock.now());
  return {
    ...record,
    status,
    endedAt,
    message,
    seconds: secondsBetween(record.startedAt, endedAt),
    // What the request answered stays beside what the looks after it saw.
    ...((record.evidence ?? evidence) !== undefined && { evidence: { ...record.evidence, ...evidence } }),
  };
}
