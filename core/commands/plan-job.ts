import type { AtlasClient } from '../atlas/client.ts';
import type { Clock } from '../clock.ts';
import type { PlanRequest } from './plan.ts';
import { planRestore, type RestorePlan } from './plan-restore.ts';

/** What a run of a runbook would do now. */
export type Plan = RestorePlan;

/**
 * Runs selection and guards and says what would happen.
 *
 * @throws ClusterNotFoundError, and the errors of the Atlas client.
 */
export function planJob(request: PlanRequest, atlas: AtlasClient, clock: Clock): Promise<Plan> {
  const { runbook } = request;
  switch (runbook.kind) {
    case 'cutover':
    case 'pipeline':
      throw new TypeError(`There is no plan for a ${runbook.kind} yet.`);
    default:
      return planRestore({ ...request, runbook }, atlas, clock);
  }
}
