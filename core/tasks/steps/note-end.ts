import { isoTime } from '../../clock.ts';
import type { Job } from '../../jobs/job.ts';
import type { StepStatus } from '../../jobs/step-record.ts';
import { hasEnded, stepsOf, UNKNOWN_AT_THE_END, type StepOfJob } from '../../jobs/steps.ts';
import type { Stage } from '../../runbooks/steps/stages.ts';
import type { TaskContext } from '../context.ts';

const ENDINGS: Readonly<Record<StepStatus, string>> = {
  running: 'is under way',
  done: 'is done',
  failed: 'failed',
  warned: 'failed, which is only a warning',
  unknown: 'could not look',
};

/**
 * Writes the last step of a stage that has ended to the timeline, once. Each step is written before the next one begins,
 * so this makes up for whatever a crash kept from being written.
 */
export async function noteLastEnd(job: Job, stage: Stage, context: TaskContext): Promise<void> {
  const last = stepsOf(job, stage).findLast(hasEnded);
  if (last !== undefined) await noteEnd(job, last, context);
}

/** Writes to the timeline, once, what a step was, what it answered and how long it took. */
async function noteEnd(
  job: Job,
  { stage, key, step, record }: StepOfJob,
  context: TaskContext,
): Promise<void> {
  if (record === undefined) return;
  const { status, seconds = 0, message = '', evidence, endedAt } = record;
  const ending = message === UNKNOWN_AT_THE_END ? ENDINGS.running : ENDINGS[status];
  await context.jobs.append(job.jobId, {
    at: endedAt ?? isoTime(context.clock.now()),
    type: `step-${status}`,
    once: `step-${key}`,
    message: `Step "${step.name}" (${step.use}) ${ending} after ${Math.round(seconds)} s: ${message}`,
    data: { ...evidence, stage, step: step.name, use: step.use, status, seconds },
  });
}
