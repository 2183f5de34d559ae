import { isoTime } from '../clock.ts';
import { LifeboatError } from '../errors.ts';
import { begin } from '../jobs/phases.ts';
import { stepChecks } from '../jobs/steps.ts';
import type { CheckResult } from '../runbooks/check.ts';
import type { RestoreJob } from '../jobs/job.ts';
import { checkAlerts } from '../verification/check-alerts.ts';
import { checkEvents } from '../verification/check-events.ts';
import { checkRestoreJob } from '../verification/check-restore-job.ts';
import { checkTargetIdle } from '../verification/check-target-idle.ts';
import { secondsSinceRestore, type Finding, type Verification } from '../verification/verification.ts';
import type { TaskContext } from './context.ts';
import { advancingTask, forRestores, GO, saveJob, wait } from './define-task.ts';
import { VerificationFailedError, VerificationTimeLimitError } from './errors.ts';

/** Seconds between looks at a target that settles: it takes a minute or two. */
const LOOK_AGAIN_SECONDS = 10;

/**
 * Checks what Atlas restored. A check that has no answer yet is looked at again until the runbook's `verification.settle`
 * is over, and then takes the answer it has. The steps of `verify` come after it.
 *
 * @throws VerificationFailedError when a check failed, VerificationTimeLimitError when one only ran out of time.
 */
export const verifyRestore = advancingTask(
  forRestores(async (job, context) => {
    // Verified before the process died; by now steps may have changed what was verified.
    if (job.restoredAt !== undefined) return GO;
    const findings = await checkOrLater(job, context);
    if (findings === undefined || findings.some((finding) => !finding.settled))
      return wait(LOOK_AGAIN_SECONDS);
    const checks = findings.map((finding) => finding.result);
    const now = isoTime(context.clock.now());
    const phases = begin(job.phases, 'verify', now);
    const failed = checks.filter((result) => result.outcome === 'fail');
    await saveJob(job, { checks: [...checks, ...stepChecks(job)], phases }, context);
    await record(job, checks, failed, now, context);
    if (failed.length > 0) throw verificationFailed(job, failed, isOnlyLate(findings));
    return GO;
  }),
);

/** The findings; undefined while Atlas does not answer and the target still has time to settle. */
async function checkOrLater(job: RestoreJob, context: TaskContext): Promise<Finding[] | undefined> {
  const verification: Verification = { job, atlas: context.atlas, now: isoTime(context.clock.now()) };
  try {
    return await check(verification);
  } catch (error) {
    const inTime = secondsSinceRestore(verification) <= job.runbook.verification.settle;
    if (error instanceof LifeboatError && error.retryable && inTime) return undefined;
    throw error;
  }
}

function check(verification: Verification): Promise<Finding[]> {
  const { job } = verification;
  const { alerts, events } = job.runbook.verification;
  const looks = [checkRestoreJob(verification)];
  if (job.runbook.target !== undefined) {
    looks.push(checkTargetIdle(verification, job.runbook.target));
    if (events) looks.push(checkEvents(verification, job.runbook.target));
    if (alerts) looks.push(checkAlerts(verification, job.runbook.target));
  }
  return Promise.all(looks);
}

async function record(
  job: RestoreJob,
  checks: readonly CheckResult[],
  failed: readonly CheckResult[],
  at: string,
  context: TaskContext,
): Promise<void> {
  const unknown = checks.filter((result) => result.outcome === 'unknown').length;
  await context.jobs.append(job.jobId, {
    at,
    type: failed.length === 0 ? 'restore-verified' : 'verification-failed',
    once: 'verified',
    message:
      failed.length === 0
        ? `${checks.length - unknown} checks passed${unknown > 0 ? `, ${unknown} could not look` : ''}.`
        : `Failed: ${failed.map((result) => result.name).join(', ')}.`,
    data: { checks: checks.length, failed: failed.length, unknown },
  });
}

/** Whether nothing failed but what ran out of time. */
function isOnlyLate(findings: readonly Finding[]): boolean {
  return findings.every(({ result, late }) => result.outcome !== 'fail' || late === true);
}

function verificationFailed(job: RestoreJob, failed: readonly CheckResult[], late: boolean): LifeboatError {
  const messages = failed.map((result) => result.message).join(' ');
  if (late) {
    return new VerificationTimeLimitError(messages, {
      next: 'Look at the target in Atlas; raise verification.settle if it is only slow.',
    });
  }
  return new VerificationFailedError(messages, {
    next: `Look at the target in Atlas, and at the evidence with: lifeboat report ${job.jobId}`,
  });
}
