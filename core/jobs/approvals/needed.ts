import { overwritesProtected } from '../../runbooks/guards/identity.ts';
import { DEFAULT_APPROVAL, type ApprovalRule } from '../../runbooks/kinds/approval.ts';
import type { Runbook } from '../../runbooks/schema.ts';
import { isCampaignJob, isCutoverJob, isPipelineJob, type GuardPolicy, type Job } from '../job.ts';

/**
 * The rule by which a job has to be approved as a whole; undefined when nobody has to be asked. Besides what the runbook
 * says, a cutover always has to, and a restore that overwrites a protected cluster or its own source.
 */
export function approvalNeeded({
  runbook,
  policy,
}: {
  readonly runbook: Runbook;
  readonly policy: GuardPolicy;
}): ApprovalRule | undefined {
  if (runbook.kind === 'campaign') return undefined;
  if (runbook.approval !== undefined) return runbook.approval;
  switch (runbook.kind) {
    case 'cutover':
      return DEFAULT_APPROVAL;
    case 'pipeline':
      return undefined;
    default:
      return overwritesProtected(runbook, policy) ? DEFAULT_APPROVAL : undefined;
  }
}

/** Whether what was to be approved has been asked of Atlas: from then on nobody is asked any more. */
export function isPastApproval(job: Job): boolean {
  if (isCutoverJob(job)) return job.cutover.intent !== undefined;
  if (isCampaignJob(job)) return true;
  if (isPipelineJob(job)) return job.run.resumedAt !== undefined || job.run.doneAt !== undefined;
  return job.restoreIntent !== undefined;
}
