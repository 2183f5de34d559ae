import { secondsBetween } from '../clock.ts';
import { verifyChain } from '../jobs/chain.ts';
import { PHASES, type Job, type ObjectiveResult, type PhaseName } from '../jobs/job.ts';
import { stepsOf, type StepOfJob } from '../jobs/steps.ts';
import type { TimelineEvent } from '../jobs/timeline.ts';
import type { RecoveryPoint } from '../runbooks/snapshot.ts';
import { STAGES } from '../runbooks/steps/kind.ts';
import {
  REPORT_FORMAT,
  type Report,
  type ReportedAtlasIds,
  type ReportedChain,
  type ReportedObjective,
  type ReportedPhase,
  type ReportedRecoveryPoint,
  type ReportedStep,
} from './report.ts';

/**
 * Gathers the facts of a job into a report. Works for a job in any status; what has not happened is `null`.
 *
 * @param timeline the job's whole timeline, oldest first; its hash chain is checked here.
 * @param generatedAt ISO 8601 UTC; a running job's duration is measured up to it.
 */
export function buildReport(job: Job, timeline: readonly TimelineEvent[], generatedAt: string): Report {
  const { runbook } = job;
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
    startedBy: job.startedBy,
    createdAt: job.createdAt,
    startedAt: job.startedAt ?? null,
    endedAt: job.endedAt ?? null,
    restoredAt: job.restoredAt ?? null,
    seconds: job.startedAt === undefined ? null : secondsBetween(job.startedAt, job.endedAt ?? generatedAt),
    runbook: { name: runbook.name, description: runbook.description ?? null, text: job.runbookText },
    delivery: runbook.delivery,
    source: runbook.source,
    target: runbook.target ?? null,
    policy: job.policy,
    recoveryPoint: job.recoveryPoint === undefined ? null : describeRecoveryPoint(job.recoveryPoint),
    restoreRequest:
      job.restoreIntent === undefined
        ? null
        : { at: job.restoreIntent.at, attempt: job.restoreIntent.attempt },
    objectives: {
      rto: describeObjective(runbook.objectives.rto, job.rtoSeconds, job.objectives?.rto),
      rpo: describeObjective(runbook.objectives.rpo, job.rpoSeconds, job.objectives?.rpo),
    },
    phases: PHASES.map((name) => describePhase(job, name)),
    guards: job.guards,
    checks: job.checks,
    steps: STAGES.flatMap((stage) => stepsOf(job, stage).map(describeStep)),
    atlas: describeAtlas(job),
    events: timeline,
    chain: describeChain(timeline),
  };
}

function describeRecoveryPoint(point: RecoveryPoint): ReportedRecoveryPoint {
  const { snapshot } = point;
  return {
    chosenBy: point.chosenBy,
    time: point.time ?? null,
    snapshotId: snapshot?.id ?? null,
    snapshotType: snapshot?.type ?? null,
    sizeBytes: snapshot?.sizeBytes ?? null,
    version: snapshot?.version ?? null,
    expiresAt: snapshot?.expiresAt ?? null,
    pointInTime: point.pointInTime ?? null,
    nextTime: point.nextTime ?? null,
    seed: point.seed ?? null,
    candidates: point.candidates ?? null,
  };
}

/** Before a job is judged it has no result, but the objective and often the achieved time are known. */
function describeObjective(
  objective: number | undefined,
  achieved: number | null,
  result: ObjectiveResult | undefined,
): ReportedObjective {
  return {
    objectiveSeconds: result?.objectiveSeconds ?? objective ?? null,
    achievedSeconds: result?.achievedSeconds ?? achieved,
    met: result?.met ?? null,
  };
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
function describeAtlas({ atlas, recoveryPoint }: Job): ReportedAtlasIds {
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
