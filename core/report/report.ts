import type {
  GuardPolicy,
  JobFailure,
  CancelRequest,
  Job,
  RestoreJob,
  PhaseName,
  Simulation,
  Verdict,
} from '../jobs/job.ts';
import type { StartedBy } from '../jobs/started-by.ts';
import type { JobStatus } from '../jobs/status.ts';
import type { StepStatus } from '../jobs/step-record.ts';
import type { EventData, TimelineEvent } from '../jobs/timeline.ts';
import type { CheckResult } from '../runbooks/check.ts';
import type { ClusterKind, ClusterRef } from '../runbooks/cluster.ts';
import type { PointInTime, RecoveryPoint } from '../runbooks/snapshot.ts';
import type { Stage } from '../runbooks/steps/kind.ts';

/** The version of the facts below. It goes up when a field changes its meaning or goes away. */
export const REPORT_FORMAT = 1;

/**
 * What a job proved: the facts behind the HTML page, and the JSON that stands beside it.
 *
 * It is plain data and survives `JSON.stringify` unchanged. Instants are ISO 8601 UTC, durations seconds, sizes bytes.
 * What is not known (yet) is `null`, never left out. It holds no secret: no credential and no download link.
 */
export interface Report {
  /** {@link REPORT_FORMAT} of the Lifeboat that wrote it. */
  readonly format: number;
  /** When these facts were gathered. What happened to the job later is not in them. */
  readonly generatedAt: string;

  /** ULID of the job. */
  readonly jobId: string;
  readonly kind: Job['kind'];
  readonly status: JobStatus;
  /** `null` until the job has been judged. A cancelled job may never be. */
  readonly verdict: Verdict | null;
  /** What went wrong, what that changed and what to do next. */
  readonly failure: JobFailure | null;
  /** Who asked the job to stop, when and why. */
  readonly cancel: CancelRequest | null;
  /** Not `null` when the job ran against the simulator: it then proves nothing about a real cluster. */
  readonly simulation: Simulation | null;
  /** The origin of the Atlas that the job ran in; `null` for a simulated one of its own. */
  readonly atlasUrl: string | null;

  readonly startedBy: StartedBy;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  /** When the restored data had passed its checks; `null` when it never did. */
  readonly restoredAt: string | null;
  /** From `startedAt` to `endedAt`, or to `generatedAt` while the job is running; `null` before it starts. */
  readonly seconds: number | null;

  readonly runbook: ReportedRunbook;
  /** `null` for a job that restores nothing. */
  readonly delivery: RestoreJob['runbook']['delivery'] | null;
  /** `null` when the source is not in Atlas. */
  readonly source: ClusterRef | null;
  /** The cluster that was to be overwritten or migrated into; `null` for a download. */
  readonly target: ClusterRef | null;
  /** Which clusters the installation itself protects or allows, whatever the runbook says. */
  readonly policy: GuardPolicy;
  readonly recoveryPoint: ReportedRecoveryPoint | null;
  /**
   * The request that erases the target, or prepares the download. `null` when none was sent, and when every one was
   * refused or never arrived. Without `atlas.restoreJobId`, whether Atlas took it is not known.
   */
  readonly restoreRequest: RestoreRequest | null;

  readonly objectives: { readonly rto: ReportedObjective; readonly rpo: ReportedObjective };
  /** Every phase of the workflow, in order, also those that were not reached. */
  readonly phases: readonly ReportedPhase[];
  /** What was looked at before anything was changed. */
  readonly guards: readonly CheckResult[];
  /** What was looked at after the restore. */
  readonly checks: readonly CheckResult[];
  /** Every step of the runbook in the order of the job, also those that did not begin. */
  readonly steps: readonly ReportedStep[];
  readonly atlas: ReportedAtlasIds;

  /** The whole timeline, oldest first, with its hashes. */
  readonly events: readonly TimelineEvent[];
  readonly chain: ReportedChain;
}

/** The runbook that was run. */
interface ReportedRunbook {
  readonly name: string;
  readonly description: string | null;
  /** As it was written, byte for byte. */
  readonly text: string;
}

/** The point that was restored. */
export interface ReportedRecoveryPoint {
  /** The selector's name in the runbook. */
  readonly chosenBy: RecoveryPoint['chosenBy'];
  /** The instant the data is of; `null` while its snapshot is being taken. */
  readonly time: string | null;
  /** `null` for a point in time: Atlas chooses the base snapshot itself. */
  readonly snapshotId: string | null;
  /** `onDemand`, `scheduled` or `fallback`; `null` where Atlas gives none. */
  readonly snapshotType: string | null;
  readonly sizeBytes: number | null;
  /** MongoDB version of the data. */
  readonly version: string | null;
  readonly expiresAt: string | null;
  readonly pointInTime: PointInTime | null;
  /** The next later recovery point: what `random` measures its RPO against. */
  readonly nextTime: string | null;
  /** What `random` drew with; `null` for the other selectors. */
  readonly seed: number | null;
  /** How many snapshots were eligible. */
  readonly candidates: number | null;
}

/** When Atlas was asked to restore. */
interface RestoreRequest {
  readonly at: string;
  /** More than 1 when earlier requests left no trace in Atlas. */
  readonly attempt: number;
}

/** An objective against what was achieved. Seconds. */
export interface ReportedObjective {
  /** `null` when the runbook sets none. */
  readonly objectiveSeconds: number | null;
  /** `null` when there was nothing to measure. */
  readonly achievedSeconds: number | null;
  /** `null` when there was nothing to compare. */
  readonly met: boolean | null;
}

/** A part of the job's time. */
export interface ReportedPhase {
  readonly name: PhaseName;
  /** `null` when it was not reached. */
  readonly startedAt: string | null;
  /** `null` when it did not end. */
  readonly endedAt: string | null;
  /** `null` unless the phase has ended. */
  readonly seconds: number | null;
}

/** A step of the runbook and what came of it. */
export interface ReportedStep {
  readonly stage: Stage;
  readonly name: string;
  /** Its kind. */
  readonly use: string;
  readonly onFailure: 'stop' | 'warn';
  /** `null` when it did not begin. */
  readonly status: StepStatus | null;
  readonly startedAt: string | null;
  /** `null` when it did not end. */
  readonly endedAt: string | null;
  /** `null` unless it has ended. */
  readonly seconds: number | null;
  /** What was seen or done. */
  readonly message: string | null;
  /** What Atlas answered. */
  readonly evidence: EventData | null;
}

/** Ids that lead into Atlas. */
export interface ReportedAtlasIds {
  readonly clusterKind: ClusterKind | null;
  readonly snapshotId: string | null;
  readonly restoreJobId: string | null;
  /** When Atlas says that the restore finished. */
  readonly restoreFinishedAt: string | null;
  /** Until when a download's link is good. */
  readonly downloadExpiresAt: string | null;
}

/** Whether the timeline is as it was written. */
export interface ReportedChain {
  /** Number of events. */
  readonly count: number;
  /** SHA-256 in hexadecimal of the last event; `null` when there is no event. */
  readonly lastHash: string | null;
  /** Whether each event's hash is right and names the event before it. */
  readonly intact: boolean;
  /** Where the chain breaks and how; `null` when it is intact. */
  readonly fault: { readonly sequence: number; readonly reason: string } | null;
}
