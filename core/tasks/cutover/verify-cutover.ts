import type { CutoverJob } from '../../jobs/job.ts';
import { checkAlerts } from '../../verification/check-alerts.ts';
import { checkEach } from '../../verification/check-each.ts';
import { checkMigrationComplete } from '../../verification/check-migration.ts';
import { checkTargetIdle } from '../../verification/check-target-idle.ts';
import type { Finding, Verification } from '../../verification/verification.ts';
import { advancingTask, forCutovers } from '../define-task.ts';
import { toVerifySteps } from '../steps/to-steps.ts';
import { verifyJob } from '../verify-job.ts';

/**
 * Checks what the cutover left: the migration, the target, its alerts. What the data is compared with, the steps of `verify`
 * say.
 *
 * @throws VerificationFailedError, VerificationTimeLimitError
 */
export const verifyCutover = advancingTask(
  forCutovers(async (job, context) => {
    // Verified before the process died; by now the application may write to the target.
    if (job.phases.verify?.endedAt !== undefined) return toVerifySteps(job, context);
    return verifyJob(job, check, 'cutover-verified', context);
  }),
);

function check(verification: Verification<CutoverJob>): Promise<Finding[]> {
  const { verification: wanted, target } = verification.job.runbook;
  return checkEach(verification, {
    'migration-complete': checkMigrationComplete,
    'target-idle': (one) => checkTargetIdle(one, target),
    ...(wanted.alerts && { 'no-new-alert': (one) => checkAlerts(one, target) }),
  });
}
