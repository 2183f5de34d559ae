import { secondsBetween } from '../clock.ts';
import { verifyChain } from '../jobs/chain.ts';
import {
  isCampaignJob,
  isCutoverJob,
  isPipelineJob,
  isRestoreJob,
  type Job,
  type PhaseName,
} from '../jobs/job.ts';
import { placeOf } from '../runbooks/place.ts';
import { isFinal } from '../jobs/status.ts';
import { stepsAtEnd, stepsOf, type StepOfJob } from '../jobs/steps.ts';
import type { TimelineEvent } from '../jobs/timeline.ts';
import { STAGES } from '../runbooks/steps/stages.ts';
import { phasesOf } from './phases-of.ts';
import {
  REPORT_FORMAT,
  type Report,
  type ReportedAtlasIds,
  type ReportedChain,
  type ReportedPhase,
  type ReportedStep,
} from './report.ts';
import { describeApprovals } from './reported-approvals.ts';
import { describeCampaign } from './reported-campaign.ts';
import { describeCutover } from './reported-cutover.ts';
import { describeNotices } from './reported-notices.ts';
import { describeRestore } from './reported-restore.ts';
import { describeRun } from './reported-run.ts';

/**
 * Gathers the facts of a job into a report. Works for a job in any status; what has not happened is `null`.
 *
 * @param timeline the job's whole timeline, oldest first; its hash chain is checked here.
 * @param generatedAt ISO 8601 UTC; a running job's duration is measured up to it.
 */
export function buildReport(job: Job, timeline: readonly TimelineEvent[], generatedAt: string): Report {
  const { runbook } = job;
  const { source = null, target = null } = placeOf(runbook);
  return {
    format: REPORT_FORMAT,
    generatedAt,
    jobId: job.jobId,
    kind: job.kind,
    status: job.status,
    verdict: job.verdict ?? null,
    failure: job.failure ?? null,
    cancel: job.cancel ?? null,
    simulation: job.simulation ?? null,
    atlasUrl: job.atlasUrl ?? null,
    breakGlass: job.breakGlass ?? null,
    startedBy: job.startedBy,
    createdAt: job.createdAt,
    startedAt: job.startedAt ?? null,
    endedAt: job.endedAt ?? null,
    seconds: job.startedAt === undefined ? null : secondsBetween(job.startedAt, job.endedAt ?? generatedAt),
    runbook: { name: runbook.name, description: runbook.description ?? null, text: job.runbookText },
    ...(job.projects !== undefined && { projects: job.projects }),
    source,
    target,
    policy: job.policy,
    ...describeRestore(job),
    cutover: isCutoverJob(job) ? describeCutover(job, generatedAt) : null,
    pipelineRun: isPipelineJob(job) ? describeRun(job) : null,
    campaign: isCampaignJob(job) ? describeCampaign(job) : null,
    phases: phasesOf(job).map((name) => describePhase(job, name)),
    guards: job.guards,
    approvals: describeApprovals(job),
    checks: job.checks,
    steps: STAGES.flatMap((stage) => stepsOf(withStepsAsTheyEnded(job), stage).map(describeStep)),
    atlas: describeAtlas(job),
    notices: describeNotices(job),
    events: timeline,
    chain: describeChain(timeline),
  };
}

/** A job that an earlier version closed may have steps that were under way. */
function withStepsAsTheyEnded(job: Job): Pick<Job, 'runbook' | 'steps'> {
  return isFinal(job.status) ? { ...job, steps: stepsAtEnd(job, job.endedAt ?? job.updatedAt) } : job;
}

function describePhase(job: Job, name: PhaseName): ReportedPhase {
  const timing = job.phases[name];
  const startedAt = timing?.startedAt ?? null;
  const endedAt = timing?.endedAt ?? null;
  return {
    name,
    startedAt,
    endedAt,
    seconds: startedAt === null || endedAt === null ? null : secondsBetween(startedAt, endedAt),
  };
}

function describeStep({ stage, step, record }: StepOfJob): ReportedStep {
  return {
    stage,
    name: step.name,
    use: step.use,
    onFailure: step.onFailure,
    status: record?.status ?? null,
    startedAt: record?.startedAt ?? null,
    endedAt: record?.endedAt ?? null,
    seconds: record?.seconds ?? null,
    message: record?.message ?? null,
    evidence: record?.evidence ?? null,
  };
}

/** The snapshot's id is the recovery point's even when the job stopped before Atlas was asked to restore it. */
function describeAtlas(job: Job): ReportedAtlasIds {
  const { atlas } = job;
  const recoveryPoint = isRestoreJob(job) ? job.recoveryPoint : undefined;
  return {
    clusterKind: atlas.clusterKind ?? null,
    snapshotId: atlas.snapshotId ?? recoveryPoint?.snapshot?.id ?? null,
    restoreJobId: atlas.restoreJobId ?? null,
    restoreFinishedAt: atlas.restoreFinishedAt ?? null,
    downloadExpiresAt: atlas.downloadExpiresAt ?? null,
  };
}

function describeChain(timeline: readonly TimelineEvent[]): ReportedChain {
  const result = verifyChain(timeline);
  return {
    count: timeline.length,
    lastHash: timeline.at(-1)?.hash ?? null,
    intact: result.ok,
    fault: result.ok ? null : { sequence: result.sequence, reason: result.reason },
  };
}
