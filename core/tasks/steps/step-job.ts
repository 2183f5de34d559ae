import { isoTime } from '../../clock.ts';
import { momentsOf } from '../../jobs/course.ts';
import { isCutoverJob, isRestoreJob, type Job } from '../../jobs/job.ts';
import { stepsOf, type StepOfJob } from '../../jobs/steps.ts';
import type { StepJob } from '../../steps/protocol/step-context.ts';

/** What the steps of a job are told of it. */
export function stepJobOf(job: Job): StepJob {
  const { jobId, kind, runbook, createdAt, startedAt, failure, cancel } = job;
  const beganAt = startedAt ?? createdAt;
  return {
    jobId,
    kind,
    runbook: runbook.name,
    simulated: job.simulation !== undefined,
    createdAt,
    beganAt,
    deadline: isoTime(Date.parse(beganAt) + runbook.timeouts.job * 1000),
    ...momentsOf(job),
    ...(isRestoreJob(job) && { snapshot: job.recoveryPoint?.snapshot }),
    ...(isCutoverJob(job) && { migration: job.runbook.migration }),
    ...(failure !== undefined && { failure: { name: failure.name, message: failure.message } }),
    ...(cancel !== undefined && { cancel: { by: cancel.by, reason: cancel.reason } }),
    before: stepsOf(job, 'before').map((one) => ({
      use: one.step.use,
      with: one.step.with,
      sent: wasSent(one),
    })),
  };
}

/** An intent, or a lost answer whose intent was taken back: either way Atlas may have carried it out. */
function wasSent({ record }: StepOfJob): boolean {
  return record?.sentAt !== undefined || record?.lost !== undefined;
}
