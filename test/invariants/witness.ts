import type { Job } from '../../core/jobs/job.ts';
import type { Lease } from '../../core/jobs/store.ts';
import type { TimelineEvent } from '../../core/jobs/timeline.ts';
import type { Report } from '../../core/report/report.ts';

/** What can be looked at once everything has ended: the history, the Atlas that was worked in, the reports. Instants are ISO 8601 UTC. */
export interface Witness {
  /** When the witness looked. */
  readonly at: string;
  /** Clocks of machines were wrong: the instants of records can't be compared with those of Atlas. */
  readonly clocksWereWrong?: true;
  /** A process was held up and went on after its job had ended: what it had begun to tell may stand behind the end. */
  readonly wentOnLate?: true;
  /** Every job that was there, as the store has it. */
  readonly jobs: readonly Job[];
  /** A job's timeline as the store has it, oldest first. */
  timelineOf(jobId: string): readonly TimelineEvent[];
  /** What `append` gave back for a job to anybody, living or dead, in the order in which it did. */
  acknowledgedOf(jobId: string): readonly TimelineEvent[];
  /** The leases that are still there, lapsed ones too, of every target that a job has. */
  readonly leases: readonly Lease[];
  readonly atlas: AtlasWitness;
  /** The last report that was written of a job. */
  reportOf(jobId: string): Report | undefined;
  /** Texts that must stand in no record, timeline or report: client secrets, tokens, keys. */
  readonly secrets: readonly string[];
}

/** What Atlas was asked, and what it made of that. */
export interface AtlasWitness {
  /** Every restore job that Atlas made since the first job began. */
  readonly restores: readonly WitnessedRestore[];
  /** Every cutover that Atlas carried out. */
  readonly cutovers: readonly WitnessedCutover[];
  /** Every on-demand snapshot that Atlas took since the first job began. */
  readonly snapshots: readonly WitnessedSnapshot[];
  /** Every request to restore or to cut over that reached Atlas, in order. */
  readonly requests: readonly WitnessedRequest[];
  /** Every look at a migration that Atlas answered, in order. */
  readonly looks: readonly WitnessedLook[];
  /** What jobs told systems of their users', in order; repetitions too. */
  readonly messages: readonly WitnessedMessage[];
}

/** A restore job in Atlas. Clusters are `project/cluster`. */
export interface WitnessedRestore {
  readonly id: string;
  readonly source: string;
  /** Absent for a download. */
  readonly target?: string;
  /** From when until when Atlas works on it; `until` may lie ahead. */
  readonly from: string;
  readonly until: string;
  /** How it stands when the witness looks. */
  readonly status: 'running' | 'finished' | 'failed' | 'cancelled' | 'expired';
  /** Asked for by somebody who is no job of ours. */
  readonly foreign?: true;
}

/** A cutover that Atlas carried out. */
export interface WitnessedCutover {
  readonly migrationId: string;
  readonly at: string;
  /** When the request was sent, where it took long to arrive. */
  readonly sentAt?: string;
  /** Asked for by somebody who is no job of ours. */
  readonly foreign?: true;
  /** The id of the job that asked for it, where several jobs are for one migration. */
  readonly by?: string;
}

/** An on-demand snapshot. */
export interface WitnessedSnapshot {
  readonly id: string;
  readonly cluster: string;
  readonly description: string;
}

/** A request that cannot be taken back, as it reached Atlas. */
export interface WitnessedRequest {
  readonly what: 'restore' | 'cutover';
  /** `project/cluster` of the source of a restore, the id of a migration. */
  readonly of: string;
  readonly at: string;
  /** Whether Atlas did what it was asked, whatever became of its reply. */
  readonly carriedOut: boolean;
}

/** What Atlas told of a migration. */
export interface WitnessedLook {
  readonly migrationId: string;
  /** When it was asked: what it says was so then or later. */
  readonly at: string;
  /** The same by the clock of whoever asked, where that may be wrong; absent: `at`. */
  readonly asked?: string;
  readonly ready: boolean;
  /** Null where Atlas gave none. */
  readonly lagSeconds: number | null;
}

/** A message of a step, as its receiver got it. */
export interface WitnessedMessage {
  readonly jobId: string;
  readonly stage: string;
  readonly step: string;
  readonly at: string;
}
