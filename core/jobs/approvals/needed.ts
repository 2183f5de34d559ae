import { strictestRule } from '../../policy/approval-rule.ts';
import type { Policy } from '../../policy/policy.ts';
import { requiredApprovals } from '../../policy/targets.ts';
import { overwritesProtected } from '../../runbooks/guards/identity.ts';
import { DEFAULT_APPROVAL, type ApprovalRule } from '../../runbooks/kinds/approval.ts';
import type { Runbook } from '../../runbooks/schema.ts';
import { isCampaignJob, isCutoverJob, isPipelineJob, type BreakGlass, type Job } from '../job.ts';

/** What decides who has to approve a job. A job is one. */
interface Question {
  readonly runbook: Runbook;
  readonly policy: Policy;
  readonly breakGlass?: BreakGlass;
}

/**
 * The rule by which a job has to be approved as a whole; undefined when nobody has to be asked. It asks as much as the runbook,
 * as each approval of the policy that matches, and as Lifeboat itself, which wants one for a cutover and for a restore that
 * overwrites a protected cluster or its own source. Break-glass needs none.
 */
export function approvalNeeded({ runbook, policy, breakGlass }: Question): ApprovalRule | undefined {
  if (runbook.kind === 'campaign' || breakGlass !== undefined) return undefined;
  const own = ownRule(runbook, policy);
  const required = requiredApprovals(runbook, policy);
  return strictestRule([...(own === undefined ? [] : [own]), ...required]);
}

function ownRule(runbook: Exclude<Runbook, { kind: 'campaign' }>, policy: Policy): ApprovalRule | undefined {
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
