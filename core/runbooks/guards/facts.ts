import type { Look } from '../check.ts';
import type { ClusterFacts } from '../cluster.ts';
import type { ProjectFacts } from '../project.ts';
import type { RecoveryPoint, SnapshotFacts } from '../snapshot.ts';

/** What bounds the points in time of the source, and the snapshots around the one that is asked for. Instants are ISO 8601 UTC. */
export interface PointInTimeFacts {
  /** The first and last instant to which continuous backup may restore. */
  readonly from: string;
  readonly to: string;
  /** The newest completed snapshot at or before the instant: what Atlas restores first. */
  readonly before?: SnapshotFacts | undefined;
  /** The oldest completed snapshot after the instant. */
  readonly after?: SnapshotFacts | undefined;
  /** When the newest completed snapshot was taken. */
  readonly newest?: string | undefined;
  /** What restores onto the source itself took out of its points in time. */
  readonly gaps: readonly RestoreGap[];
}

/** From the start of a restore onto a cluster until its next snapshot it has no points in time. */
interface RestoreGap {
  readonly restoreJobId: string;
  /** Whether Atlas says that the restore is onto this cluster; it does not say of every restore onto which it is. */
  readonly certain: boolean;
  readonly from: string;
  /** Absent until there is such a snapshot. */
  readonly to?: string | undefined;
}

/** A download that has not ended. */
interface OpenDownload {
  readonly restoreJobId: string;
  readonly snapshotId?: string | undefined;
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
  /** Of a point in time only. */
  readonly pointInTimeWindow?: Look<PointInTimeFacts>;
  /** Of a download only: the snapshots of the source that are being downloaded now, and by which restore jobs. */
  readonly openDownloads?: Look<readonly OpenDownload[]>;
  /** ISO 8601 UTC. */
  readonly now: string;
}

/** The rules of whoever runs Lifeboat, which hold beside those of the runbook. */
export interface TargetPolicy {
  /** `project/cluster` or `project/*`. */
  readonly protectedClusters: readonly string[];
  /** Project ids; absent allows any. */
  readonly allowedProjects?: readonly string[] | undefined;
  /** A protected cluster that one person overwrites by break-glass: `project/cluster`, and who and why as part of a sentence. */
  readonly exempt?: { readonly cluster: string; readonly because: string } | undefined;
}
