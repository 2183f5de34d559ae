import type { CheckResult } from '../runbooks/check.ts';
import type { ApprovalRule } from '../runbooks/kinds/approval.ts';
import type { StartedBy } from './started-by.ts';

/** What is put before the people who approve: what would be done, and what is known of it. Free of secrets. */
export interface ApprovalPlan {
  /**
   * SHA-256 in hexadecimal over everything below, the job it is for, and who may answer until when. An approval names it, so that it is good for this
   * plan, of this job, and for no other.
   */
  readonly hash: string;
  /** SHA-256 in hexadecimal of the runbook as it was written: what exactly would be done. */
  readonly runbook: string;
  /** What would be done, as a sentence. */
  readonly action: string;
  /** `project/cluster` whose data would be erased; absent where nothing is. */
  readonly erases?: string;
  readonly recoveryPoint?: {
    /** ISO 8601 UTC. */
    readonly time: string | null;
    readonly snapshotId: string | null;
  };
  /** The outcomes of the guards, as they stood. */
  readonly guards: readonly Pick<CheckResult, 'name' | 'outcome'>[];
}

/** Why a decision was not taken. */
export type RefusedBecause =
  | 'not-asked'
  | 'late'
  | 'not-identified'
  | 'own-job'
  | 'not-an-approver'
  | 'other-plan'
  | 'decided-already'
  | 'played';

/** What one person said. */
export interface ApprovalDecision {
  readonly decision: 'approve' | 'reject';
  readonly by: StartedBy;
  readonly reason: string;
  /** ISO 8601 UTC. */
  readonly at: string;
  /** Hash of the plan that it was given for. */
  readonly plan: string;
  /** Lifeboat played the approver, which counts in a simulated Atlas alone. */
  readonly played?: true;
}

/** A question put to people, and what became of it. Instants are ISO 8601 UTC. */
export interface ApprovalRecord {
  /** 1 for the first time that this gate asks; a plan that has changed is asked for anew. */
  readonly number: number;
  readonly plan: ApprovalPlan;
  readonly rule: Pick<ApprovalRule, 'from' | 'count'>;
  readonly requestedAt: string;
  /** Until when an answer counts; after it, silence means no. */
  readonly until: string;
  /** The decisions that were taken, in order. */
  readonly decisions: readonly ApprovalDecision[];
  readonly outcome?: 'approved' | 'rejected' | 'expired';
  readonly endedAt?: string;
}
