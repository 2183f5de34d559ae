import type { RunbookOrigin } from '../policy/origin.ts';
import type { Policy } from '../policy/policy.ts';
import type { Freeze } from '../jobs/freeze.ts';
import type { CheckResult } from '../runbooks/check.ts';
import type { ApprovalRule } from '../runbooks/kinds/approval.ts';
import type { ClusterRef } from '../runbooks/cluster.ts';
import type { ProjectNames } from '../runbooks/project.ts';
import type { Runbook } from '../runbooks/schema.ts';
import type { PlannedStep } from './planned-steps.ts';

/** What the installation requires of a run. */
export interface PlannedPolicy {
  /** SHA-256 in hexadecimal of the policy; null where none is set. */
  readonly hash: string | null;
  /** Who would have to approve the whole job, by the runbook and the policy; null: nobody. */
  readonly approval: ApprovalRule | null;
  /** Who froze the installation, since when and why, as a sentence; null when it is not frozen. */
  readonly frozen: string | null;
  /** Why the policy forbids the run, each reason as a sentence. */
  readonly refusals: readonly string[];
}

/** What a run of a runbook would do now, whatever its kind. Making it changes nothing. */
export interface PlanHead {
  readonly runbook: string;
  readonly kind: Runbook['kind'];
  readonly source?: ClusterRef;
  readonly target?: ClusterRef;
  /** Names of the projects, by their ids; those that could not be read are absent. */
  readonly projects?: ProjectNames;
  /** ISO 8601 UTC: what holds at this instant may not hold later. */
  readonly madeAt: string;
  readonly guards: readonly CheckResult[];
  /** What the installation requires of this run. */
  readonly policy?: PlannedPolicy;
  /** Whether a run would get past the policy and the guards. */
  readonly ok: boolean;
  /** What would be done, one sentence each: first whatever the steps of the runbook destroy, then everything in order. */
  readonly steps: readonly string[];
  /** The steps of the runbook, in order, with what each needs. */
  readonly runbookSteps: readonly PlannedStep[];
}

/** What a plan is made from. */
export interface PlanRequest<One extends Runbook = Runbook> {
  readonly runbook: One;
  readonly policy: Policy;
  /** The freeze that stands, if any. */
  readonly freeze?: Freeze | undefined;
  readonly origin?: RunbookOrigin;
  /** What `random` draws with: an unsigned 32-bit integer. */
  readonly seed: number;
}
