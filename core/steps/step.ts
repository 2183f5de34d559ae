import type { AtlasClient } from '../atlas/client.ts';
import type { Job } from '../jobs/job.ts';
import type { ClusterRef } from '../runbooks/cluster.ts';
import type { EventData } from '../jobs/timeline.ts';
import type { Outbound } from '../outbound.ts';
import type { Stage } from '../runbooks/steps/kind.ts';

/** What a step may look at and work with. */
export interface StepContext {
  readonly job: Job;
  readonly stage: Stage;
  /** The name of the step, unique in the runbook. */
  readonly step: string;
  readonly atlas: AtlasClient;
  readonly outbound: Outbound;
  /** ISO 8601 UTC. */
  readonly now: string;
  /** ISO 8601 UTC, when the step began: what waiting is measured from. */
  readonly startedAt: string;
  /** ISO 8601 UTC, when the change was last sent; absent until then, and for a check. */
  readonly sentAt?: string;
  /**
   * An earlier request of this step got no clear answer and may have been carried out: what is missing now may have been
   * taken away by the step itself.
   */
  readonly resent: boolean;
  /** Absent where the source is not in Atlas. */
  readonly source?: ClusterRef;
  /** Absent where nothing is overwritten. */
  readonly target?: ClusterRef;
}

/** What a step found or did. */
export interface StepAnswer {
  /**
   * `done`: the check passed, or the change was made (or had been made already).
   * `failed`: the check did not pass, or Atlas refused the change; says what is done and what is not.
   * `unknown`: it could not look. `wait`: not yet; look again in `waitSeconds`.
   */
  readonly outcome: 'done' | 'failed' | 'unknown' | 'wait';
  /** One sentence for a person, with the real names. */
  readonly message: string;
  /** Small, flat, free of secrets: what Atlas answered. */
  readonly evidence?: EventData;
  /** Whole seconds. */
  readonly waitSeconds?: number;
  /** For a `wait` after a change was sent: from now on the step only looks. */
  readonly sent?: boolean;
  /** For a `wait` of `send`: whether the change was carried out is not known. */
  readonly lost?: true;
}

/**
 * How a kind of step is carried out. `send` is called at most once for each intent; when its reply is lost it is called
 * again, so it must take "already so" (409 for what is there, 404 for what is gone) for done. `look` is called after it,
 * until it gives something else than `wait`; a step without `look` is done once it is sent. A check has only `look`.
 */
export interface StepWork<With> {
  /**
   * Never sent again after an unclear answer: it destroys, Atlas has nothing to look at that tells whether it was done,
   * and done twice it may destroy what came about in between.
   */
  readonly once?: true;
  /** Its receiver can tell a repetition: sent again for as long as the step has time, however many answers get lost. */
  readonly repeatable?: true;
  send?(settings: With, context: StepContext): Promise<StepAnswer>;
  look?(settings: With, context: StepContext): Promise<StepAnswer>;
}
