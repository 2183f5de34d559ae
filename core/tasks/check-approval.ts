import { isoTime } from '../clock.ts';
import { approvalNeeded, isPastApproval } from '../jobs/approvals/needed.ts';
import { JOB_GATE } from '../jobs/approvals/open-request.ts';
import { planOfJob } from '../jobs/approvals/plan-of-job.ts';
import { isRestoreJob, type Job } from '../jobs/job.ts';
import { begin } from '../jobs/phases.ts';
import { askPeople, type Asked } from './approvals/ask-people.ts';
import { askSeconds } from './approvals/ask-seconds.ts';
import { noApproval } from './approvals/no-approval.ts';
import type { TaskContext } from './context.ts';
import { advancingTask, ask, GO, saveJob, type Transition } from './define-task.ts';
import { toSteps } from './steps/to-steps.ts';

/**
 * Lets a job on once people have approved it as it stands. The guards have just looked: the plan is made afresh from the
 * job's record on each delivery, and an approval of another plan does not count. Nobody is asked where neither the runbook
 * nor Lifeboat wants it, and once what was approved has been asked of Atlas.
 *
 * @throws ApprovalRejectedError, ApprovalExpiredError
 */
export const checkApproval = advancingTask(async (job, context) => {
  const rule = approvalNeeded(job);
  if (rule === undefined || isPastApproval(job)) return onwards(job);
  const { from, count, within } = rule;
  const gate = {
    name: JOB_GATE,
    facts: planOfJob(job),
    rule: { count, ...(from !== undefined && { from }) },
    until: isoTime(context.clock.now() + within * 1000),
  };
  const asked = await askPeople(gate, job, context);
  if (asked.standing === 'open') return ask(askSeconds(asked.job, asked.request, context));
  if (asked.standing !== 'approved') throw noApproval(JOB_GATE, asked);
  await beginRestore(asked.job, context);
  return onwards(job);
});

/** The gates of a cutover come before its approval. */
function onwards(job: Job): Transition {
  return isRestoreJob(job) ? toSteps(job, 'before') : GO;
}

/** A restore begins where the waiting for people ends, and not when its guards were through. */
async function beginRestore(job: Asked['job'], context: TaskContext): Promise<void> {
  if (!isRestoreJob(job) || job.phases.restore !== undefined) return;
  const phases = begin(job.phases, 'restore', isoTime(context.clock.now()));
  await saveJob<Job>(job, { phases }, context);
}
