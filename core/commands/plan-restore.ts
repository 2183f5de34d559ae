import { projectNamesIn, projectTitle, type ProjectNames } from '../runbooks/project.ts';
import type { AtlasClient } from '../atlas/client.ts';
import { backupsOf } from '../backups/backups-of.ts';
import { isoTime, type Clock } from '../clock.ts';
import { findRecoveryPoint } from '../facts/find-recovery-point.ts';
import { gatherFacts } from '../facts/gather-facts.ts';
import { approvalNeeded } from '../jobs/approvals/needed.ts';
import { whoIsAsked } from '../jobs/approvals/wording.ts';
import { humanDuration } from '../report/human.ts';
import type { ClusterRef } from '../runbooks/cluster.ts';
import { checkBeforeFresh, checkRecoveryPoint, checkTarget, decide } from '../runbooks/guards.ts';
import type { Choice } from '../runbooks/recovery-point.ts';
import type { ApprovalRule } from '../runbooks/kinds/approval.ts';
import type { RestoreRunbook } from '../runbooks/kinds/restore.ts';
import { type Stage, STAGES } from '../runbooks/steps/stages.ts';
import type { PlanHead, PlanRequest } from './plan.ts';
import { destructions, plannedSteps, stepSentence } from './planned-steps.ts';

/** What a drill or a restore would do now. */
export interface RestorePlan extends PlanHead {
  readonly kind: RestoreRunbook['kind'];
  readonly source: ClusterRef;
  readonly delivery: RestoreRunbook['delivery'];
  /** The recovery point, or why there is none (yet). */
  readonly recoveryPoint: Choice | { readonly fresh: string };
}

/**
 * Runs selection and guards and says what would happen.
 *
 * @throws ClusterNotFoundError, and the errors of the Atlas client.
 */
export async function planRestore(
  request: PlanRequest<RestoreRunbook>,
  atlas: AtlasClient,
  clock: Clock,
): Promise<RestorePlan> {
  const { runbook, policy } = request;
  const now = isoTime(clock.now());
  // First, because it tells in words of a cluster that is missing.
  const { guardFacts: seen } = await gatherFacts(runbook, atlas, now);
  const recoveryPoint = await choose(request, atlas, now);
  const point = 'point' in recoveryPoint ? recoveryPoint.point : undefined;
  const guardFacts = point === undefined ? seen : { ...seen, recoveryPoint: point };
  const guards = [
    ...checkTarget(runbook, policy, guardFacts),
    ...(point === undefined
      ? checkBeforeFresh(runbook, guardFacts)
      : checkRecoveryPoint(runbook, guardFacts)),
  ];
  const projects = projectNamesIn([seen.sourceProject, seen.targetProject]);
  return {
    runbook: runbook.name,
    kind: runbook.kind,
    source: runbook.source,
    ...(runbook.target !== undefined && { target: runbook.target }),
    projects,
    madeAt: now,
    delivery: runbook.delivery,
    recoveryPoint,
    guards,
    ok: decide(guards, runbook.guards.unknown).ok && !('none' in recoveryPoint),
    steps: [...destructions(runbook), ...stepsOf(request, recoveryPoint, projects)],
    runbookSteps: STAGES.flatMap((stage) => plannedSteps(runbook, stage)),
  };
}

async function choose(
  { runbook, seed }: PlanRequest<RestoreRunbook>,
  atlas: AtlasClient,
  now: string,
): Promise<RestorePlan['recoveryPoint']> {
  const selector = runbook.recoveryPoint;
  if ('fresh' in selector) {
    return {
      fresh: `A new on-demand snapshot, kept for ${selector.fresh.retentionDays} day(s); its guards run once more when it exists.`,
    };
  }
  const backups = await backupsOf(runbook.source, atlas);
  return findRecoveryPoint({ runbook, backups, seed, now });
}

function stepsOf(
  { runbook, policy }: PlanRequest<RestoreRunbook>,
  recoveryPoint: RestorePlan['recoveryPoint'],
  projects: ProjectNames,
): string[] {
  const { source, target, delivery } = runbook;
  const what = 'point' in recoveryPoint ? describePoint(recoveryPoint.point) : 'the recovery point';
  const inStage = (stage: Stage) => plannedSteps(runbook, stage).map(stepSentence);
  return [
    ...inStage('ready'),
    ...('fresh' in runbook.recoveryPoint
      ? [`Take an on-demand snapshot of ${source.cluster} and wait for it.`]
      : []),
    ...approvalSentences(approvalNeeded({ runbook, policy })),
    ...inStage('before'),
    target === undefined || delivery === 'download'
      ? `Prepare ${what} of ${source.cluster} for download. No cluster is changed.`
      : `ERASE ${target.cluster} in project ${projectTitle(target.project, projects)} and restore ${what} of ${source.cluster} onto it.`,
    'Follow the restore until Atlas has finished it.',
    ...(runbook.verify.length === 0 && runbook.after.length === 0 && runbook.cleanup.length === 0
      ? ['Verify it, judge the objectives, and write the report.']
      : [
          'Verify it.',
          ...inStage('verify'),
          ...inStage('after'),
          ...inStage('cleanup'),
          'Judge the objectives, and write the report.',
        ]),
  ];
}

function approvalSentences(rule: ApprovalRule | undefined): string[] {
  if (rule === undefined) return [];
  return [
    `Wait for the approval of ${whoIsAsked(rule)}; without it within ${humanDuration(rule.within)} nothing is restored.`,
  ];
}

function describePoint(point: {
  readonly time?: string | undefined;
  readonly snapshot?: { readonly id: string } | undefined;
}) {
  return `${point.snapshot === undefined ? 'the state' : `snapshot ${point.snapshot.id}`} of ${point.time ?? 'an unknown time'}`;
}
