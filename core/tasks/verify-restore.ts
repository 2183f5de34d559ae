import { isoTime } from '../clock.ts';
import type { RestoreJob } from '../jobs/job.ts';
import { checkEach } from '../verification/check-each.ts';
import { checkAlerts } from '../verification/check-alerts.ts';
import { checkEvents } from '../verification/check-events.ts';
import { checkOtherRestores, NO_OTHER_RESTORE } from '../verification/check-other-restores.ts';
import { checkRestoreJob } from '../verification/check-restore-job.ts';
import { checkTargetIdle } from '../verification/check-target-idle.ts';
import type { Finding, Verification } from '../verification/verification.ts';
import type { TaskContext } from './context.ts';
import { advancingTask, forRestores } from './define-task.ts';
import { toVerifySteps } from './steps/to-steps.ts';
import { verifyJob } from './verify-job.ts';

/**
 * Checks what Atlas restored.
 *
 * @throws VerificationFailedError, VerificationTimeLimitError
 */
export const verifyRestore = advancingTask(
  forRestores(async (job, context) => {
    // Verified before the process died; by now steps may have changed what was verified.
    if (job.restoredAt !== undefined) return toVerifySteps(job, context);
    return verifyJob(job, (verification) => check(verification, context), 'restore-verified', context);
  }),
);

async function check(verification: Verification<RestoreJob>, context: TaskContext): Promise<Finding[]> {
  const { verification: wanted, target } = verification.job.runbook;
  const findings = await checkEach(verification, {
    'restore-job-finished': checkRestoreJob,
    ...(target !== undefined && {
      'target-idle': (one) => checkTargetIdle(one, target),
      [NO_OTHER_RESTORE]: (one) => checkOtherRestores(one, target),
      ...(wanted.events && { 'restore-event': (one) => checkEvents(one, target) }),
      ...(wanted.alerts && { 'no-new-alert': (one) => checkAlerts(one, target) }),
    }),
  });
  await noteOtherRestores(verification.job, findings, context);
  return findings;
}

/** Names in the timeline, once, the restore jobs onto the target that nobody can account for. */
async function noteOtherRestores(
  { jobId }: RestoreJob,
  findings: readonly Finding[],
  context: TaskContext,
): Promise<void> {
  const found = findings.find(({ result }) => result.name === NO_OTHER_RESTORE)?.result;
  if (found?.outcome !== 'fail') return;
  await context.jobs.append(jobId, {
    at: isoTime(context.clock.now()),
    type: 'other-restore-found',
    once: 'other-restore-found',
    message: found.message,
    data: { ...found.evidence },
  });
}
