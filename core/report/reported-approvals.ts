import type { ApprovalDecision, ApprovalRecord, RefusedBecause } from '../jobs/approval-record.ts';
import { judgeDecisions, type Judged } from '../jobs/approvals/rules.ts';
import type { Job } from '../jobs/job.ts';
import type { StartedBy } from '../jobs/started-by.ts';

/** What people were asked, and what became of it: the last request of a gate. Earlier ones are in the timeline. */
export interface ReportedApproval {
  /** `job` for the whole job, `stage/name` for a step. */
  readonly gate: string;
  /** More than 1 when the plan had changed, and people were asked anew. */
  readonly number: number;
  /** What they were asked to approve, as a sentence. */
  readonly action: string;
  /** `project/cluster` whose data would be erased; `null` where nothing is. */
  readonly erases: string | null;
  readonly recoveryPoint: { readonly time: string | null; readonly snapshotId: string | null } | null;
  /** SHA-256 in hexadecimal of the plan; a decision counts for this plan alone. */
  readonly planHash: string;
  /** Who may approve; `null`: anyone but the one who started the job. */
  readonly from: readonly string[] | null;
  /** How many have to. */
  readonly count: number;
  readonly requestedAt: string;
  /** After it, silence means no. */
  readonly until: string;
  /** `null` while it is open, and when the job ended before it was answered. */
  readonly outcome: NonNullable<ApprovalRecord['outcome']> | null;
  readonly endedAt: string | null;
  readonly decisions: readonly ReportedDecision[];
}

/** What one person said. */
export interface ReportedDecision {
  readonly decision: ApprovalDecision['decision'];
  readonly by: StartedBy;
  readonly reason: string;
  readonly at: string;
  /** Lifeboat played the approver, in a simulated Atlas. */
  readonly played: boolean;
  /** Why it does not count; `null` when it does. */
  readonly refused: RefusedBecause | null;
}

/** What people were asked, in the order of the asking. */
export function describeApprovals(job: Job): readonly ReportedApproval[] {
  return Object.entries(job.approvals)
    .map(([gate, request]) => describeApproval(gate, request, job))
    .sort((one, other) => one.requestedAt.localeCompare(other.requestedAt));
}

function describeApproval(gate: string, request: ApprovalRecord, job: Job): ReportedApproval {
  const { number, plan, rule, requestedAt, until, outcome, endedAt } = request;
  const { time = null, snapshotId = null } = plan.recoveryPoint ?? {};
  return {
    gate,
    number,
    action: plan.action,
    erases: plan.erases ?? null,
    recoveryPoint: plan.recoveryPoint === undefined ? null : { time, snapshotId },
    planHash: plan.hash,
    from: rule.from ?? null,
    count: rule.count,
    requestedAt,
    until,
    outcome: outcome ?? null,
    endedAt: endedAt ?? null,
    // What was written into the record past the rules is shown as what it is.
    decisions: judgeDecisions(request, job).map(describeDecision),
  };
}

function describeDecision({ decision: said, refused }: Judged): ReportedDecision {
  const { decision, by, reason, at, played } = said;
  return { decision, by, reason, at, played: played === true, refused: refused ?? null };
}
