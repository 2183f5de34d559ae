import type { AtlasClient } from '../../atlas/client.ts';
import type { Outbound } from '../../outbound.ts';
import type { ClusterRef } from '../../runbooks/cluster.ts';
import type { SnapshotFacts } from '../../runbooks/snapshot.ts';
import type { Stage } from '../../runbooks/steps/stages.ts';

/** What a step may look at and work with. */
export interface StepContext {
  readonly job: StepJob;
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

/**
 * What a step is told of its job: these facts and not the job's record, so that a kind of step depends on nothing that
 * keeps jobs. Instants are ISO 8601 UTC.
 */
export interface StepJob {
  readonly jobId: string;
  /** The kind of the runbook. */
  readonly kind: string;
  /** The name of the runbook. */
  readonly runbook: string;
  readonly simulated: boolean;
  readonly createdAt: string;
  /** When it began to work; before that, when it was made. */
  readonly beganAt: string;
  /** When it gives up (timeouts.job). */
  readonly deadline: string;
  /** What instant of the source the data of the target is of; absent until that is known. */
  readonly dataOf?: string | undefined;
  /** When Atlas was asked to change the target; absent until then. */
  readonly askedAt?: string | undefined;
  /** When Atlas had done so; absent until then. */
  readonly doneAt?: string | undefined;
  /** What is restored; absent until it is chosen, and where no snapshot is. */
  readonly snapshot?: SnapshotFacts | undefined;
  /** The id of the live migration that is cut over. */
  readonly migration?: string | undefined;
  readonly failure?: { readonly name: string; readonly message: string } | undefined;
  readonly cancel?: { readonly by: string; readonly reason: string } | undefined;
  /** The steps of `before`, each with whether it was sent, or may have been. */
  readonly before: readonly { readonly use: string; readonly with: unknown; readonly sent: boolean }[];
}
