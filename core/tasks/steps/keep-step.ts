import type { Job } from '../../jobs/job.ts';
import { stepChecks } from '../../jobs/steps.ts';
import { isFinal } from '../../jobs/status.ts';
import { update } from '../../jobs/update.ts';
import type { StepRecord } from '../../jobs/step-record.ts';
import type { TaskContext } from '../context.ts';
import { saveJob } from '../define-task.ts';

/**
 * Writes that a step begins or that its change is about to be sent, if nobody else has written the job since it was
 * read: of two deliveries of one task, one goes on.
 *
 * @throws JobConflictError for the other one.
 */
export function claimStep(job: Job, key: string, record: StepRecord, context: TaskContext): Promise<Job> {
  return saveJob(job, { steps: { ...job.steps, [key]: record } }, context);
}

/**
 * Writes what became of a step that this delivery has claimed. A request to cancel may have been written meanwhile, and
 * must not make this one forget what was done in Atlas. When another delivery has written about the step, its word
 * stands; and a job that was closed meanwhile stays as it was reported, with the step unknown.
 */
export async function keepStep(
  job: Job,
  key: string,
  record: StepRecord,
  context: TaskContext,
): Promise<void> {
  const claimed = job.steps[key];
  await update(async (again) => {
    const current = again ? await context.jobs.get(job.jobId) : job;
    if (again && (isFinal(current.status) || !isSame(current.steps[key], claimed))) return;
    const steps = { ...current.steps, [key]: record };
    const ended = key.startsWith('verify/') && record.status !== 'running';
    const checks = ended ? { checks: withSteps(current, steps) } : {};
    await saveJob(current, { steps, ...checks }, context);
  });
}

/** The job's checks with the answers of all steps of `verify` so far; Lifeboat's own checks come first. */
function withSteps(job: Job, steps: Job['steps']): Job['checks'] {
  const own = job.checks.slice(0, job.checks.length - stepChecks(job).length);
  return [...own, ...stepChecks({ runbook: job.runbook, steps })];
}

function isSame(one: StepRecord | undefined, other: StepRecord | undefined): boolean {
  return one?.status === other?.status && one?.sentAt === other?.sentAt && one?.taken === other?.taken;
}
