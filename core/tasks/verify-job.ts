import { isoTime } from '../clock.ts';
import { LifeboatError } from '../errors.ts';
import { begin } from '../jobs/phases.ts';
import { stepChecks } from '../jobs/steps.ts';
import type { CheckResult } from '../runbooks/check.ts';
import { placeOf } from '../runbooks/place.ts';
import {
  secondsSinceDone,
  type Finding,
  type VerifiedJob,
  type Verification,
} from '../verification/verification.ts';
import type { TaskContext } from './context.ts';
import { saveJob, wait, type Transition } from './define-task.ts';
import { toVerifySteps } from './steps/to-steps.ts';
import { VerificationFailedError, VerificationTimeLimitError } from './errors.ts';

/** Seconds between looks at a target that settles: it takes a minute or two. */
const LOOK_AGAIN_SECONDS = 10;

/**
 * Makes Lifeboat's own checks of a job. One that has no answer yet is made again until the runbook's `verification.settle` is
 * over, and then has the answer it has. The steps of `verify` come after it.
 *
 * @param milestone the event that tells that all is well.
 * @throws VerificationFailedError when a check failed, VerificationTimeLimitError when one only ran out of time.
 */
export async function verifyJob<One extends VerifiedJob>(
  job: One,
  check: (verification: Verification<One>) => Promise<Finding[]>,
  milestone: string,
  context: TaskContext,
): Promise<Transition> {
  const findings = await checkOrLater(job, check, context);
  if (findings === undefined || findings.some((finding) => !finding.settled)) return wait(LOOK_AGAIN_SECONDS);
  const checks = findings.map((finding) => finding.result);
  const now = isoTime(context.clock.now());
  const phases = begin(job.phases, 'verify', now);
  const failed = checks.filter((result) => result.outcome === 'fail');
  const verified = await saveJob<VerifiedJob>(
    job,
    { checks: [...checks, ...stepChecks(job)], phases },
    context,
  );
  await record(job, checks, failed, milestone, context);
  if (failed.length > 0) throw verificationFailed(job, failed, isOnlyLate(findings));
  return toVerifySteps(verified, context);
}

/** The findings; undefined while Atlas does not answer and the target still has time to settle. */
async function checkOrLater<One extends VerifiedJob>(
  job: One,
  check: (verification: Verification<One>) => Promise<Finding[]>,
  context: TaskContext,
): Promise<Finding[] | undefined> {
  const verification = { job, atlas: context.atlas, now: isoTime(context.clock.now()) };
  try {
    return await check(verification);
  } catch (error) {
    const inTime = secondsSinceDone(verification) <= job.runbook.verification.settle;
    if (error instanceof LifeboatError && error.retryable && inTime) return undefined;
    throw error;
  }
}

async function record(
  job: VerifiedJob,
  checks: readonly CheckResult[],
  failed: readonly CheckResult[],
  milestone: string,
  context: TaskContext,
): Promise<void> {
  const unknown = checks.filter((result) => result.outcome === 'unknown').length;
  await context.jobs.append(job.jobId, {
    at: isoTime(context.clock.now()),
    type: failed.length === 0 ? milestone : 'verification-failed',
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

function verificationFailed(job: VerifiedJob, failed: readonly CheckResult[], late: boolean): LifeboatError {
  const where = placeOf(job.runbook).target === undefined ? 'the restore job' : 'the target';
  const messages = failed.map((result) => result.message).join(' ');
  if (late) {
    return new VerificationTimeLimitError(messages, {
      next: `Look at ${where} in Atlas; raise verification.settle if it is only slow.`,
    });
  }
  return new VerificationFailedError(messages, {
    next: `Look at ${where} in Atlas, and at the evidence with: lifeboat report ${job.jobId}`,
  });
}
