import type { CheckResult } from '../runbooks/check.ts';
import type { ClusterKind, ClusterRef } from '../runbooks/cluster.ts';
import type { Runbook } from '../runbooks/schema.ts';
import type { PointInTime, RecoveryPoint } from '../runbooks/snapshot.ts';
import type { JobStatus } from './status.ts';
import type { StepRecord } from './step-record.ts';

/** The parts of a job's time, in order. */
export const PHASES = ['guard', 'recoveryPoint', 'restore', 'verify'] as const;
export type PhaseName = (typeof PHASES)[number];

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
  /** 1 for the first request; each further one is made only when the one before left no trace in Atlas. */
  readonly attempt: number;
  readonly snapshotId?: string;
  readonly pointInTime?: PointInTime;
  readonly delivery: Runbook['delivery'];
  readonly target?: ClusterRef;
  /** Restore jobs that looked the same and were there already, never to be taken for ours; null when they couldn't be read. */
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

/** Who or what started a job. */
export interface StartedBy {
  readonly type: 'cli' | 'http' | 'schedule';
  readonly who: string;
}

/** The lists of whoever runs Lifeboat, which hold for every runbook beside its own. */
export interface GuardPolicy {
  /** `project/cluster` or `project/*`. */
  readonly protectedClusters: readonly string[];
  /** Project ids; undefined allows any. */
  readonly allowedProjects?: readonly string[];
}

/** A simulated Atlas that a job runs against. */
export interface Simulation {
  /** Null when it runs in a process of its own, which keeps its seed to itself. */
  readonly seed: number | null;
  /** How many times faster than life its time goes by. */
  readonly speed: number;
}

/** A job: one run of one runbook. Every instant is ISO 8601 UTC. */
export interface Job {
  /** ULID: sortable by the time of creation. */
  readonly jobId: string;
  /** Counts the writes of this record; each write is conditional on it. */
  readonly version: number;
  readonly kind: Runbook['kind'];
  readonly status: JobStatus;
  readonly runbook: Runbook;
  /** The runbook as it was written, byte for byte. */
  readonly runbookText: string;
  readonly policy: GuardPolicy;
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
  readonly recoveryPoint?: RecoveryPoint;
  readonly snapshotIntent?: SnapshotIntent;
  readonly restoreIntent?: RestoreIntent;
  /** How many requests to restore were sent, or were about to be. */
  readonly restoreAttempts: number;
  readonly atlas: AtlasIds;
  readonly guards: readonly CheckResult[];
  readonly checks: readonly CheckResult[];
  /** The steps of the runbook that have begun, by `stage/name`. */
  readonly steps: Readonly<Record<string, StepRecord>>;
  /** When all guards had first passed with the recovery point: from then on something may have been changed. */
  readonly guardsPassedAt?: string;
  /** When the restored target had passed its checks: what the RTO is measured to. */
  readonly restoredAt?: string;
  readonly rtoSeconds: number | null;
  readonly rpoSeconds: number | null;
  readonly objectives?: { readonly rto: ObjectiveResult; readonly rpo: ObjectiveResult };
  readonly verdict?: Verdict;
  readonly failure?: JobFailure;
  readonly cancel?: CancelRequest;
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
  readonly source: ClusterRef;
  readonly target?: ClusterRef;
};
