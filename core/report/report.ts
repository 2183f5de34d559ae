import type {
  BreakGlass,
  JobFailure,
  CancelRequest,
  Job,
  PhaseName,
  Simulation,
  Verdict,
} from '../jobs/job.ts';
import type { ProjectNames } from '../runbooks/project.ts';
import type { Policy } from '../policy/policy.ts';
import type { StartedBy } from '../jobs/started-by.ts';
import type { JobStatus } from '../jobs/status.ts';
import type { StepStatus } from '../jobs/step-record.ts';
import type { EventData, TimelineEvent } from '../jobs/timeline.ts';
import type { CheckResult } from '../runbooks/check.ts';
import type { ClusterKind, ClusterRef } from '../runbooks/cluster.ts';
import type { Stage } from '../runbooks/steps/stages.ts';
import type { ReportedApproval } from './reported-approvals.ts';
import type { ReportedCampaign } from './reported-campaign.ts';
import type { ReportedCutover } from './reported-cutover.ts';
import type { ReportedNotice } from './reported-notices.ts';
import type { ReportedRestore } from './reported-restore.ts';
import type { ReportedRun } from './reported-run.ts';

/** The version of the facts below. It goes up when a field changes its meaning or goes away. */
export const REPORT_FORMAT = 2;

/**
 * What a job proved: the facts behind the HTML page, and the JSON that stands beside it.
 *
 * It is plain data and survives `JSON.stringify` unchanged. Instants are ISO 8601 UTC, durations seconds, sizes bytes.
 * What is not known (yet) is `null`, never left out. It holds no secret: no credential and no download link.
 */
export interface Report extends ReportedRestore {
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
  /** One person restored onto a protected cluster without an approval: who, why, and what was bypassed; else `null`. */
  readonly breakGlass: BreakGlass | null;

  readonly startedBy: StartedBy;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  /** From `startedAt` to `endedAt`, or to `generatedAt` while the job is running; `null` before it starts. */
  readonly seconds: number | null;

  readonly runbook: ReportedRunbook;
  /** Names of projects by their ids, as far as they could be read. */
  readonly projects?: ProjectNames;
  /** `null` when the source is not in Atlas. */
  readonly source: ClusterRef | null;
  /** The cluster that was to be overwritten or migrated into; `null` where none was. */
  readonly target: ClusterRef | null;
  /** Which clusters the installation itself protects or allows, whatever the runbook says. */
  readonly policy: Policy;
  /** `null` for a job that is not the cutover of a live migration. */
  readonly cutover: ReportedCutover | null;
  /** `null` for a job that does not follow the run of a pipeline. */
  readonly pipelineRun: ReportedRun | null;
  /** `null` for a job that is not a campaign. */
  readonly campaign: ReportedCampaign | null;

  /** Every phase of the workflow, in order, also those that were not reached; an approval only where somebody is asked. */
  readonly phases: readonly ReportedPhase[];
  /** What was looked at before anything was changed. */
  readonly guards: readonly CheckResult[];
  /** What people were asked, in the order of the asking; empty when nobody was. */
  readonly approvals: readonly ReportedApproval[];
  /** What was looked at afterwards. */
  readonly checks: readonly CheckResult[];
  /** Every step of the runbook in the order of the job, also those that did not begin. */
  readonly steps: readonly ReportedStep[];
  readonly atlas: ReportedAtlasIds;
  /** What people were told until the report was made. */
  readonly notices: readonly ReportedNotice[];

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
