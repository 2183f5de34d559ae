import type { AtlasClient } from '../atlas/client.ts';
import type { Clock } from '../clock.ts';
import type { PlanRequest } from './plan.ts';
import { planCampaign, type CampaignPlan } from './plan-campaign.ts';
import { planCutover, type CutoverPlan } from './plan-cutover.ts';
import { planPipeline, type PipelinePlan } from './plan-pipeline.ts';
import { planRestore, type RestorePlan } from './plan-restore.ts';

/** What a run of a runbook would do now. */
export type Plan = RestorePlan | CutoverPlan | PipelinePlan | CampaignPlan;

/**
 * Runs selection and guards and says what would happen.
 *
 * @throws ClusterNotFoundError, MigrationNotFoundError, and the errors of the Atlas client.
 */
export function planJob(request: PlanRequest, atlas: AtlasClient, clock: Clock): Promise<Plan> {
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
