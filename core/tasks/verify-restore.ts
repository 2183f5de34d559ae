import type { RestoreJob } from '../jobs/job.ts';
import { checkAlerts } from '../verification/check-alerts.ts';
import { checkEvents } from '../verification/check-events.ts';
import { checkRestoreJob } from '../verification/check-restore-job.ts';
import { checkTargetIdle } from '../verification/check-target-idle.ts';
import type { Finding, Verification } from '../verification/verification.ts';
import { advancingTask, forRestores, GO } from './define-task.ts';
import { verifyJob } from './verify-job.ts';

/**
 * Checks what Atlas restored.
 *
 * @throws VerificationFailedError, VerificationTimeLimitError
 */
export const verifyRestore = advancingTask(
  forRestores(async (job, context) => {
    // Verified before the process died; by now steps may have changed what was verified.
    if (job.restoredAt !== undefined) return GO;
    return verifyJob(job, check, 'restore-verified', context);
  }),
);

function check(verification: Verification<RestoreJob>): Promise<Finding[]> {
  const { verification: wanted, target } = verification.job.runbook;
  const looks = [checkRestoreJob(verification)];
  if (target !== undefined) {
    looks.push(checkTargetIdle(verification, target));
    if (wanted.events) looks.push(checkEvents(verification, target));
    if (wanted.alerts) looks.push(checkAlerts(verification, target));
  }
  return Promise.all(looks);
}
