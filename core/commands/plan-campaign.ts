import type { AtlasClient } from '../atlas/client.ts';
import { isoTime, type Clock } from '../clock.ts';
import { LifeboatError } from '../errors.ts';
import { campaignSources } from '../facts/campaign-sources.ts';
import { readProjectNames } from '../facts/project-names.ts';
import type { ClusterRef } from '../runbooks/cluster.ts';
import { drillOfCampaign } from '../runbooks/drill-of-campaign.ts';
import { decide } from '../runbooks/guards.ts';
import { drillsAtOnce } from '../runbooks/drills-at-once.ts';
import { checkCampaign } from '../runbooks/guards/campaign.ts';
import { whoIsAsked } from '../jobs/approvals/wording.ts';
import { strictestRule } from '../policy/approval-rule.ts';
import { requiredApprovals } from '../policy/targets.ts';
import type { ApprovalRule } from '../runbooks/kinds/approval.ts';
import type { CampaignRunbook } from '../runbooks/kinds/campaign.ts';
import { projectsOf } from '../runbooks/place.ts';
import { clusterTitle } from '../runbooks/project.ts';
import { STAGES } from '../runbooks/steps/stages.ts';
import type { PlanHead, PlanRequest } from './plan.ts';
import { planRestore } from './plan-restore.ts';
import { plannedSteps } from './planned-steps.ts';

/** A drill of a campaign as it would go now, onto the target that it was tried with. */
export interface PlannedDrill {
  readonly source: ClusterRef;
  readonly target: ClusterRef;
  readonly ok: boolean;
  /** What stands in its way, one sentence each. */
  readonly problems: readonly string[];
}

/** What a campaign would do now. */
export interface CampaignPlan extends PlanHead {
  readonly kind: 'campaign';
  readonly targets: readonly ClusterRef[];
  /** How many drills would run at once. */
  readonly concurrency: number;
  readonly drills: readonly PlannedDrill[];
}

/**
 * Finds the clusters and plans the drill of each, one after the other. Which target a drill gets is known only once it
 * begins: here they take turns.
 *
 * @throws the errors of the Atlas client.
 */
export async function planCampaign(
  request: PlanRequest<CampaignRunbook>,
  atlas: AtlasClient,
  clock: Clock,
): Promise<CampaignPlan> {
  const { runbook } = request;
  const { targets } = runbook;
  const asked = approvalOfDrills(request);
  const madeAt = isoTime(clock.now());
  const sources = await campaignSources(runbook, atlas);
  const guards = checkCampaign(runbook, sources);
  const drills: PlannedDrill[] = [];
  for (const source of 'seen' in sources ? sources.seen : []) {
    const target = targets[drills.length % targets.length];
    if (target !== undefined) drills.push(await planDrill({ source, target }, request, atlas, clock));
  }
  const projects = await readProjectNames(projectsOf(runbook), atlas);
  const concurrency = drillsAtOnce(runbook);
  const [first] = drills;
  return {
    runbook: runbook.name,
    kind: runbook.kind,
    projects,
    madeAt,
    targets,
    concurrency,
    drills,
    guards,
    ok: decide(guards, runbook.guards.unknown).ok && drills.every(({ ok }) => ok),
    steps: [
      `Drill ${drills.length} clusters, ${concurrency} at a time, each by a job of its own.`,
      `Each drill will ERASE the first of these that is free: ${targets.map((target) => clusterTitle(target, projects)).join(', ')}.`,
      ...(asked === undefined
        ? []
        : [
            `Before it erases anything, each drill onto such a target waits for the approval of ${whoIsAsked(asked)}.`,
          ]),
      'Judge the campaign by its drills, and write the report.',
    ],
    runbookSteps:
      first === undefined
        ? []
        : STAGES.flatMap((stage) => plannedSteps(drillOfCampaign(runbook, first), stage)),
  };
}

/** The most that the policy requires for a drill onto one of the targets; undefined when it requires nothing. */
function approvalOfDrills({ runbook, policy }: PlanRequest<CampaignRunbook>): ApprovalRule | undefined {
  return strictestRule(
    runbook.targets.flatMap((target) =>
      requiredApprovals(drillOfCampaign(runbook, { source: target, target }), policy),
    ),
  );
}

async function planDrill(
  place: { readonly source: ClusterRef; readonly target: ClusterRef },
  { runbook, policy, seed }: PlanRequest<CampaignRunbook>,
  atlas: AtlasClient,
  clock: Clock,
): Promise<PlannedDrill> {
  try {
    const drill = drillOfCampaign(runbook, place);
    const { ok, guards, recoveryPoint } = await planRestore({ runbook: drill, policy, seed }, atlas, clock);
    const { blocking } = decide(guards, drill.guards.unknown);
    const none = 'none' in recoveryPoint ? [recoveryPoint.none] : [];
    return { ...place, ok, problems: [...blocking.map(({ message }) => message), ...none] };
  } catch (error) {
    // What is wrong with one cluster says nothing about the others; an Atlas out of reach does.
    if (!(error instanceof LifeboatError) || error.retryable) throw error;
    return { ...place, ok: false, problems: [error.message] };
  }
}
