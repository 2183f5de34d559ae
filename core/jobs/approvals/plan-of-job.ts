import { clusterTitle, projectTitle } from '../../runbooks/project.ts';
import { createHash } from 'node:crypto';
import { clusterName } from '../../runbooks/cluster.ts';
import { placeOf } from '../../runbooks/place.ts';
import type { Stage } from '../../runbooks/steps/stages.ts';
import type { ApprovalPlan } from '../approval-record.ts';
import {
  isCampaignJob,
  isCutoverJob,
  isPipelineJob,
  isRestoreJob,
  type CutoverJob,
  type Job,
  type PipelineJob,
  type RestoreJob,
} from '../job.ts';

/** What a job is about to do, as people are asked to approve it, before it has its hash. */
export type PlanFacts = Omit<ApprovalPlan, 'hash'>;

/** The plan of a whole job as it stands: what it would do now, and how the guards last saw it. */
export function planOfJob(job: Job): PlanFacts {
  if (isCutoverJob(job)) return planOfCutover(job);
  if (isPipelineJob(job)) return planOfPipeline(job);
  // Nobody is asked about a campaign as a whole: it overwrites nothing but by its drills.
  if (isCampaignJob(job))
    return { runbook: runbookHash(job), action: 'Run the drills of the campaign', guards: outcomesOf(job) };
  return planOfRestore(job);
}

function planOfRestore(job: RestoreJob): PlanFacts {
  const { source, target } = job.runbook;
  const action =
    target === undefined
      ? `Prepare a download of ${clusterTitle(source, job.projects)}`
      : `Restore ${clusterTitle(source, job.projects)} onto ${clusterTitle(target, job.projects)}, which erases what is there`;
  return {
    runbook: runbookHash(job),
    action,
    ...(target !== undefined && { erases: clusterName(target) }),
    ...recoveryPointOf(job),
    guards: outcomesOf(job),
  };
}

function planOfCutover(job: CutoverJob): PlanFacts {
  const { migration, target } = job.runbook;
  return {
    runbook: runbookHash(job),
    action: `Cut live migration ${migration} over into ${clusterTitle(target, job.projects)}; it cannot be undone`,
    guards: outcomesOf(job),
  };
}

function planOfPipeline(job: PipelineJob): PlanFacts {
  const { pipeline, resume } = job.runbook;
  const what = `run ${pipeline.run} of pipeline ${pipeline.name} in project ${projectTitle(pipeline.project, job.projects)}`;
  return {
    runbook: runbookHash(job),
    action: resume ? `Resume the pipeline if it is paused, and follow ${what}` : `Follow ${what}`,
    guards: outcomesOf(job),
  };
}

/**
 * The plan of a step that asks people: what they confirm, and what they confirm it of.
 *
 * @param prompt the sentence of the runbook.
 * @param stage the list that the step stands in: before the restore people are told what it is about to erase.
 */
export function planOfStep(job: Job, stage: Stage, prompt: string): PlanFacts {
  const { target } = placeOf(job.runbook);
  const isBefore = stage === 'ready' || stage === 'before';
  const erases = isRestoreJob(job) && isBefore && target !== undefined;
  return {
    runbook: runbookHash(job),
    action: prompt,
    ...(erases && { erases: clusterName(target) }),
    ...recoveryPointOf(job),
    guards: outcomesOf(job),
  };
}

/** The recovery point of a restore that has chosen one; nothing for other jobs. */
function recoveryPointOf(job: Job): Pick<PlanFacts, 'recoveryPoint'> {
  if (!isRestoreJob(job) || job.recoveryPoint === undefined) return {};
  const { time, snapshot } = job.recoveryPoint;
  return { recoveryPoint: { time: time ?? null, snapshotId: snapshot?.id ?? null } };
}

function runbookHash({ runbookText }: Job): string {
  return createHash('sha256').update(runbookText).digest('hex');
}

/** The guards by name and outcome: their messages hold sizes and instants that change without meaning anything. */
function outcomesOf({ guards }: Job): PlanFacts['guards'] {
  return guards.map(({ name, outcome }) => ({ name, outcome }));
}
