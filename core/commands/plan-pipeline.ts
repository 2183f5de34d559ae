import type { AtlasClient } from '../atlas/client.ts';
import { isoTime, type Clock } from '../clock.ts';
import { findRun, runIsThere, type FoundRun } from '../facts/find-run.ts';
import { readProjectNames } from '../facts/project-names.ts';
import { approvalNeeded } from '../jobs/approvals/needed.ts';
import { whoIsAsked } from '../jobs/approvals/wording.ts';
import type { Policy } from '../policy/policy.ts';
import { decide } from '../runbooks/guards.ts';
import { stepGuards } from '../runbooks/guards/steps.ts';
import type { PipelineRunbook } from '../runbooks/kinds/pipeline.ts';
import { projectsOf } from '../runbooks/place.ts';
import { type Stage, STAGES } from '../runbooks/steps/stages.ts';
import type { PlanHead, PlanRequest } from './plan.ts';
import { destructions, plannedSteps, stepSentence } from './planned-steps.ts';

/** What the run of a pipeline would do now. */
export interface PipelinePlan extends PlanHead {
  readonly kind: 'pipeline';
  readonly pipeline: PipelineRunbook['pipeline'];
  /** What would be followed: the run, or the snapshot export job in its place. */
  readonly follows: string;
  /** Where that stands, in Atlas's word; null when there is no such run. */
  readonly state: string | null;
  /** The snapshot that is exported; null while Atlas does not say. */
  readonly snapshotId: string | null;
}

/** Looks at the run and says what would happen. Throws the errors of the Atlas client. */
export async function planPipeline(
  { runbook, policy }: PlanRequest<PipelineRunbook>,
  atlas: AtlasClient,
  clock: Clock,
): Promise<PipelinePlan> {
  const { pipeline, source, export: exportId } = runbook;
  const instead = source === undefined || exportId === undefined ? undefined : { source, exportId };
  const found = await findRun(pipeline, instead, atlas);
  const guards = [runIsThere(pipeline, found), ...stepGuards(runbook, policy)];
  return {
    runbook: runbook.name,
    kind: runbook.kind,
    ...(source !== undefined && { source }),
    projects: await readProjectNames(projectsOf(runbook), atlas),
    madeAt: isoTime(clock.now()),
    pipeline,
    follows: found.title,
    state: found.state?.state ?? null,
    snapshotId: found.state?.snapshotId ?? null,
    guards,
    ok: decide(guards, runbook.guards.unknown).ok,
    steps: [...destructions(runbook), ...stepsOf(runbook, found, policy)],
    runbookSteps: STAGES.flatMap((stage) => plannedSteps(runbook, stage)),
  };
}

function stepsOf(runbook: PipelineRunbook, { title, gone }: FoundRun, policy: Policy): string[] {
  const { resume, pipeline, keptFor } = runbook;
  const approval = approvalNeeded({ runbook, policy });
  const inStage = (stage: Stage) => plannedSteps(runbook, stage).map(stepSentence);
  return [
    ...inStage('ready'),
    ...(approval === undefined ? [] : [`Ask for the approval of ${whoIsAsked(approval)}.`]),
    ...(resume && gone === undefined ? [`Let pipeline ${pipeline.name} go on if it is paused.`] : []),
    `Follow ${title} until it is done. No cluster is changed.`,
    `Check what it exported${keptFor === undefined ? '' : ' and how long it is kept'}.`,
    ...inStage('verify'),
    ...inStage('after'),
    ...inStage('cleanup'),
    'Write the report.',
  ];
}
