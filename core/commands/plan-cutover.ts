import type { AtlasClient } from '../atlas/client.ts';
import { isoTime, type Clock } from '../clock.ts';
import { gatherCutoverFacts } from '../facts/gather-cutover-facts.ts';
import { readProjectNames } from '../facts/project-names.ts';
import { humanDuration } from '../report/human.ts';
import type { ClusterRef } from '../runbooks/cluster.ts';
import { decide } from '../runbooks/guards.ts';
import { cutoverGuards, type CutoverFacts } from '../runbooks/guards/migration.ts';
import { type ApprovalRule, DEFAULT_APPROVAL } from '../runbooks/kinds/approval.ts';
import { approvalNeeded } from '../jobs/approvals/needed.ts';
import type { Policy } from '../policy/policy.ts';
import type { CutoverRunbook } from '../runbooks/kinds/cutover.ts';
import { projectsOf } from '../runbooks/place.ts';
import { clusterTitle, type ProjectNames } from '../runbooks/project.ts';
import { type Stage, STAGES } from '../runbooks/steps/stages.ts';
import type { PlanHead, PlanRequest } from './plan.ts';
import { destructions, plannedSteps, stepSentence } from './planned-steps.ts';

/** What the cutover of a live migration would do now. */
export interface CutoverPlan extends PlanHead {
  readonly kind: 'cutover';
  readonly target: ClusterRef;
  /** The migration as it stands; null where Atlas does not say. */
  readonly migration: {
    readonly id: string;
    readonly status: string | null;
    readonly ready: boolean | null;
    readonly lagSeconds: number | null;
  };
  /** What the lag has to be. Seconds. */
  readonly lag: CutoverRunbook['lag'];
  readonly maxWriteStopSeconds: number;
}

/**
 * Runs the guards and says what would happen. A migration that is not ready yet is no reason against a run, which waits.
 *
 * @throws ClusterNotFoundError, MigrationNotFoundError, and the errors of the Atlas client.
 */
export async function planCutover(
  { runbook, policy }: PlanRequest<CutoverRunbook>,
  atlas: AtlasClient,
  clock: Clock,
): Promise<CutoverPlan> {
  const madeAt = isoTime(clock.now());
  const facts = await gatherCutoverFacts(runbook, atlas);
  const projects = await readProjectNames(projectsOf(runbook), atlas);
  const guards = cutoverGuards(runbook, policy, facts, 'early');
  return {
    runbook: runbook.name,
    kind: runbook.kind,
    ...(runbook.source !== undefined && { source: runbook.source }),
    target: runbook.target,
    projects,
    madeAt,
    migration: { id: runbook.migration, ...standing(facts) },
    lag: runbook.lag,
    maxWriteStopSeconds: runbook.maxWriteStop,
    guards,
    ok: decide(guards, runbook.guards.unknown).ok,
    steps: [...destructions(runbook), ...stepsOf(runbook, policy, projects)],
    runbookSteps: STAGES.flatMap((stage) => plannedSteps(runbook, stage)),
  };
}

function standing({ migration }: CutoverFacts): Omit<CutoverPlan['migration'], 'id'> {
  if ('unseen' in migration) return { status: null, ready: null, lagSeconds: null };
  const { status = null, ready, lagSeconds } = migration.seen;
  return { status, ready, lagSeconds };
}

function stepsOf(runbook: CutoverRunbook, policy: Policy, projects: ProjectNames): string[] {
  const { migration, target, lag, maxWriteStop, snapshot } = runbook;
  const approval = approvalNeeded({ runbook, policy }) ?? DEFAULT_APPROVAL;
  const inStage = (stage: Stage) => plannedSteps(runbook, stage).map(stepSentence);
  return [
    ...inStage('ready'),
    `Watch live migration ${migration} until it is ready for its cutover.`,
    ...inStage('before'),
    `Ask ${approversOf(approval)} to approve the cutover; without an answer within ${humanDuration(approval.within)} there is none.`,
    ...inStage('stopWrites'),
    `Read the lag until it was known and at most ${lag.atMost} s ${lag.readings} times in a row, ${lag.every} s apart.`,
    `CUT OVER live migration ${migration} into ${clusterTitle(target, projects)}. There is no way back through Atlas.`,
    'Follow the cutover until Atlas has completed it, and verify it.',
    ...inStage('verify'),
    ...inStage('switchWrites'),
    `Take a snapshot of ${clusterTitle(target, projects)} and wait for it; Atlas keeps it for ${snapshot.retentionDays} day(s).`,
    ...inStage('after'),
    `If the cutover can't be asked for within ${humanDuration(maxWriteStop)} of stopping writes, or fails before: ${plannedSteps(runbook, 'resumeWrites').map(stepSentence).join(' ')}`,
    ...inStage('cleanup'),
    'Write the report.',
  ];
}

function approversOf({ count, from }: ApprovalRule): string {
  const people = count === 1 ? 'somebody else' : `${count} others`;
  return from === undefined ? people : `${people} of ${from.join(', ')}`;
}
