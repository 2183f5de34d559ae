import type { Look } from '../check.ts';
import type { ClusterFacts } from '../cluster.ts';
import type { ProjectFacts } from '../project.ts';
import type { RecoveryPoint } from '../snapshot.ts';

/** The first and last instant to which continuous backup can restore, ISO 8601 UTC. */
interface TimeWindow {
  readonly from: string;
  readonly to: string;
}

/** What was seen in Atlas before anything is changed, or why it could not be seen. */
export interface GuardFacts {
  readonly source: Look<ClusterFacts>;
  /** Absent for a download, which overwrites nothing. */
  readonly target?: Look<ClusterFacts>;
  readonly sourceProject: Look<ProjectFacts>;
  /** The same as `sourceProject` where both clusters are in one project; absent for a download. */
  readonly targetProject?: Look<ProjectFacts>;
  /** Ids of unfinished restore jobs onto the target. */
  readonly openRestores?: Look<readonly string[]>;
  readonly recoveryPoint?: RecoveryPoint;
  readonly pointInTimeWindow?: Look<TimeWindow>;
  /** ISO 8601 UTC. */
  readonly now: string;
}

/** The rules of whoever runs Lifeboat, which hold beside those of the runbook. */
export interface TargetPolicy {
  /** `project/cluster` or `project/*`. */
  readonly protectedClusters: readonly string[];
  /** Project ids; absent allows any. */
  readonly allowedProjects?: readonly string[] | undefined;
}
