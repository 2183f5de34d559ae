import type { ProjectNames } from '../runbooks/project.ts';
import type { RunbookOrigin } from '../policy/origin.ts';
import type { Policy } from '../policy/policy.ts';
import type { CheckResult } from '../runbooks/check.ts';
import type { ClusterKind, ClusterRef } from '../runbooks/cluster.ts';
import type { CampaignRunbook } from '../runbooks/kinds/campaign.ts';
import type { CutoverRunbook } from '../runbooks/kinds/cutover.ts';
import type { PipelineRunbook } from '../runbooks/kinds/pipeline.ts';
import type { RestoreRunbook } from '../runbooks/kinds/restore.ts';
import type { PointInTime, RecoveryPoint } from '../runbooks/snapshot.ts';
import type { ApprovalRecord } from './approval-record.ts';
import type { CampaignRecord } from './campaign-record.ts';
import type { CutoverRecord } from './cutover-record.ts';
import type { NoticeRecord } from './notice-record.ts';
import type { PipelineRecord } from './pipeline-record.ts';
import type { StartedBy } from './started-by.ts';
import type { JobStatus } from './status.ts';
import type { StepRecord } from './step-record.ts';

/** The parts of a job's time, in order. `approval` is there only where somebody is asked. */
export const PHASES = {
  restore: ['guard', 'recoveryPoint', 'approval', 'restore', 'verify'],
  cutover: ['guard', 'migration', 'approval', 'writeStop', 'cutover', 'verify', 'snapshot'],
  pipeline: ['guard', 'approval', 'run', 'verify'],
  campaign: ['guard', 'drills'],
} as const;
export type PhaseName = (typeof PHASES)[keyof typeof PHASES][number];

/** When a phase began and ended, ISO 8601 UTC. */
export interface PhaseTiming {
  readonly startedAt: string;
  readonly endedAt?: string;
}

/** `passed`: proven; `inconclusive`: done, but a check could not look; `failed`: not done, or an objective missed. */
export type Verdict = 'passed' | 'inconclusive' | 'failed';

/** One objective against what was achieved. Seconds. `met` is null when nothing was achieved to compare. */
export interface ObjectiveResult {
  readonly objectiveSeconds?: number;
  readonly achievedSeconds: number | null;
  readonly met: boolean | null;
}

/** What went wrong, for the person who reads it. Holds no secret and no stack. */
export interface JobFailure {
  /** The error's literal name, listed in docs/errors.md. */
  readonly name: string;
  readonly message: string;
  readonly changed?: string;
  readonly next?: string;
  /** Set while what became of a restore in Atlas is not known: `changed` then tells the worst that may be so. */
  readonly unsure?: true;
  readonly at: string;
}

/**
 * What Lifeboat is about to ask of Atlas, written down before it asks. Atlas has no idempotency key: after a crash
 * or a lost reply this is what the restore jobs in Atlas are compared with.
 */
export interface RestoreIntent {
  /** ISO 8601 UTC, when the request was about to be sent. */
  readonly at: string;
  /** 1 for the first request; each further one is made only when the one before surely did not reach Atlas, or was refused. */
  readonly attempt: number;
  readonly snapshotId?: string;
  readonly pointInTime?: PointInTime;
  readonly delivery: RestoreRunbook['delivery'];
  readonly target?: ClusterRef;
  /**
   * Restore jobs that were there already and are, or may be, onto the same target, never to be taken for ours; null when they
   * couldn't be read.
   */
  readonly alreadyThere: readonly string[] | null;
}

/** The intent to take an on-demand snapshot; `description` is what Atlas is given to find it again by. */
export interface SnapshotIntent {
  readonly at: string;
  readonly description: string;
}

/** A request to stop. Cooperative: the next task to run sees it. */
export interface CancelRequest {
  readonly at: string;
  readonly by: string;
  readonly reason: string;
}

/** Ids that lead from the job into Atlas. */
export interface AtlasIds {
  readonly clusterKind?: ClusterKind;
  readonly snapshotId?: string;
  readonly restoreJobId?: string;
  /** ISO 8601 UTC, when Atlas says that the restore finished. */
  readonly restoreFinishedAt?: string;
  /** ISO 8601 UTC, until when a download's link is good. The link itself is a secret and is kept nowhere. */
  readonly downloadExpiresAt?: string;
}

/** One person took it upon themselves to restore onto a protected cluster; see docs/policy.md. */
export interface BreakGlass {
  readonly by: StartedBy;
  readonly reason: string;
  /** `project/cluster` whose name the person typed. */
  readonly cluster: string;
  /** What did not hold the job up for it, each as a name: `approval`, `protected-cluster`. */
  readonly bypassed: readonly string[];
  /** ISO 8601 UTC. */
  readonly at: string;
}

/** A simulated Atlas that a job runs against. */
export interface Simulation {
  /** Null when it runs in a process of its own, which keeps its seed to itself. */
  readonly seed: number | null;
  /** How many times faster than life its time goes by. */
  readonly speed: number;
}

/** What jobs of every kind have. Every instant is ISO 8601 UTC. */
interface AnyJob {
  /** ULID: sortable by the time of creation. */
  readonly jobId: string;
  /** Counts the writes of this record; each write is conditional on it. */
  readonly version: number;
  readonly status: JobStatus;
  /** The runbook as it was written, byte for byte. */
  readonly runbookText: string;
  /** What the installation required when the job was started, and whatever a process that ran it since required beyond that. */
  readonly policy: Policy;
  /** Where the runbook came from; absent in the records of earlier versions. */
  readonly origin?: RunbookOrigin;
  /** Present when one person alone answers for it. */
  readonly breakGlass?: BreakGlass;
  readonly startedBy: StartedBy;
  /** What `random` draws with. */
  readonly seed: number;
  /** Present when the job runs against a simulated Atlas: it proves nothing about a real cluster. */
  readonly simulation?: Simulation;
  /**
   * The origin of the Atlas that the job began in, such as `https://cloud.mongodb.com`: no other knows of its restore. Absent
   * for a simulated Atlas of the job's own.
   */
  readonly atlasUrl?: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly startedAt?: string;
  readonly endedAt?: string;
  readonly phases: Partial<Record<PhaseName, PhaseTiming>>;
  readonly atlas: AtlasIds;
  /** Names of the projects that it works in, by their ids, as Atlas gave them first; absent until they were read. */
  readonly projects?: ProjectNames;
  readonly guards: readonly CheckResult[];
  readonly checks: readonly CheckResult[];
  /** The steps of the runbook that have begun, by `stage/name`. */
  readonly steps: Readonly<Record<string, StepRecord>>;
  /** What people were asked, by gate: `job` for the approval of the whole job, `stage/name` for one of a step. */
  readonly approvals: Readonly<Record<string, ApprovalRecord>>;
  /** What ends the sleep of a workflow that waits for people, where a token does that. For the host's eyes alone. */
  readonly taskToken?: string;
  /** What people were told, by notice and channel. */
  readonly notices: Readonly<Record<string, NoticeRecord>>;
  /** When all guards had last had their say and let it begin: from then on something may have been changed. */
  readonly guardsPassedAt?: string;
  /** Null for kinds that restore nothing, and until it is measured. */
  readonly rtoSeconds: number | null;
  readonly rpoSeconds: number | null;
  readonly verdict?: Verdict;
  readonly failure?: JobFailure;
  readonly cancel?: CancelRequest;
  /** Since when Atlas has answered every poll for what the job follows with 404; absent while it knows it. */
  readonly missingSince?: string;
}

/** A drill or a restore: one run of one runbook. */
export interface RestoreJob extends AnyJob {
  readonly kind: RestoreRunbook['kind'];
  readonly runbook: RestoreRunbook;
  /** The campaign that it is a drill of: its process runs this job, too. */
  readonly campaignId?: string;
  readonly recoveryPoint?: RecoveryPoint;
  readonly snapshotIntent?: SnapshotIntent;
  readonly restoreIntent?: RestoreIntent;
  /** How many requests to restore were sent, or were about to be; the outcome of the last alone may be unknown. */
  readonly restoreAttempts: number;
  /** The restore job was found in Atlas after the reply was lost, and says too little to prove that it is this job's. */
  readonly restoreAssumed?: true;
  /** The job has stopped, and Atlas goes on to overwrite the target, or may do so. */
  readonly restoreGoesOn?: true;
  /** When the restored target had passed its checks: what the RTO is measured to. */
  readonly restoredAt?: string;
  readonly objectives?: { readonly rto: ObjectiveResult; readonly rpo: ObjectiveResult };
}

/** The cutover of a live migration. */
export interface CutoverJob extends AnyJob {
  readonly kind: 'cutover';
  readonly runbook: CutoverRunbook;
  readonly snapshotIntent?: SnapshotIntent;
  readonly cutover: CutoverRecord;
}

/** The run of a data lake pipeline, or a snapshot export. */
export interface PipelineJob extends AnyJob {
  readonly kind: 'pipeline';
  readonly runbook: PipelineRunbook;
  readonly run: PipelineRecord;
}

/** Drills of many clusters, each a job of its own. */
export interface CampaignJob extends AnyJob {
  readonly kind: 'campaign';
  readonly runbook: CampaignRunbook;
  readonly campaign: CampaignRecord;
}

/** A job: one run of one runbook. */
export type Job = RestoreJob | CutoverJob | PipelineJob | CampaignJob;

/** Whether a job is a drill or a restore. */
export function isRestoreJob(job: Job): job is RestoreJob {
  return job.kind === 'drill' || job.kind === 'restore';
}

/** Whether a job cuts a live migration over. */
export function isCutoverJob(job: Job): job is CutoverJob {
  return job.kind === 'cutover';
}

/** Whether a job follows the run of a pipeline. */
export function isPipelineJob(job: Job): job is PipelineJob {
  return job.kind === 'pipeline';
}

/** Whether a job drills many clusters. */
export function isCampaignJob(job: Job): job is CampaignJob {
  return job.kind === 'campaign';
}

/** The campaign that a job is a drill of; undefined for all others. */
export function campaignOf(job: Job): string | undefined {
  return isRestoreJob(job) ? job.campaignId : undefined;
}

/** The workflow that runs jobs of a kind: the name of its file without `.asl.yaml`. */
export function workflowOf(kind: Job['kind']): keyof typeof PHASES {
  return kind === 'drill' || kind === 'restore' ? 'restore' : kind;
}

/** A job as lists show it. */
export type JobSummary = Pick<
  Job,
  | 'jobId'
  | 'kind'
  | 'status'
  | 'createdAt'
  | 'startedAt'
  | 'endedAt'
  | 'rtoSeconds'
  | 'rpoSeconds'
  | 'verdict'
> & {
  readonly runbookName: string;
  /** Present when one person overwrote a protected cluster alone. */
  readonly breakGlass?: true;
  /** Whether it ran in a simulated Atlas; absent in records of versions that did not write it. */
  readonly simulated?: boolean;
  readonly source?: ClusterRef;
  readonly target?: ClusterRef;
  /** Names of their projects by their ids, as far as the job has read them. */
  readonly projects?: ProjectNames;
  /** Present in lists of one machine, for a job that has not ended and that no process works on. Not recorded. */
  readonly interrupted?: true;
};
