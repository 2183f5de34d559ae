import type { AtlasClient } from '../atlas/client.ts';
import type { Clock } from '../clock.ts';
import { freezeText } from '../jobs/freeze.ts';
import { approvalNeeded } from '../jobs/approvals/needed.ts';
import { policyRefusals } from '../policy/refusals.ts';
import type { PlanRequest } from './plan.ts';
import { planCampaign, type CampaignPlan } from './plan-campaign.ts';
import { planCutover, type CutoverPlan } from './plan-cutover.ts';
import { planPipeline, type PipelinePlan } from './plan-pipeline.ts';
import { planRestore, type RestorePlan } from './plan-restore.ts';

/** What a run of a runbook would do now. */
export type Plan = RestorePlan | CutoverPlan | PipelinePlan | CampaignPlan;

/**
 * Runs selection and guards and says what would happen, and what the policy requires.
 *
 * @throws ClusterNotFoundError, MigrationNotFoundError, and the errors of the Atlas client.
 */
export async function planJob(request: PlanRequest, atlas: AtlasClient, clock: Clock): Promise<Plan> {
  const { freeze } = request;
  const refusals = policyRefusals(request);
  const plan = await planOf(request, atlas, clock);
  const policy = {
    hash: request.policy.hash ?? null,
    approval: approvalNeeded(request) ?? null,
    frozen: freeze === undefined ? null : `${freezeText(freeze)}.`,
    refusals,
  };
  return { ...plan, policy, ok: plan.ok && refusals.length === 0 && freeze === undefined };
}

function planOf(request: PlanRequest, atlas: AtlasClient, clock: Clock): Promise<Plan> {
  const { runbook } = request;
  switch (runbook.kind) {
    case 'cutover':
      return planCutover({ ...request, runbook }, atlas, clock);
    case 'pipeline':
      return planPipeline({ ...request, runbook }, atlas, clock);
    case 'campaign':
      return planCampaign({ ...request, runbook }, atlas, clock);
    default:
      return planRestore({ ...request, runbook }, atlas, clock);
  }
}
