import type { ClusterKind, ClusterRef } from '../runbooks/cluster.ts';
import type { PointInTime, SnapshotFacts } from '../runbooks/snapshot.ts';

/** A restore to ask for. Without a target it is a download. */
export interface RestoreRequest {
  readonly delivery: 'automated' | 'pointInTime' | 'download';
  /** Absent for a point in time, where Atlas chooses the snapshot. */
  readonly snapshotId?: string;
  readonly pointInTime?: PointInTime;
  readonly target?: ClusterRef;
}

/**
 * What a restore job in Atlas says of the request that it was made for. Each field may be missing: Atlas documents its target,
 * for one, only for automated restores.
 */
export interface RestoreTold {
  readonly delivery?: RestoreRequest['delivery'];
  readonly snapshotId?: string;
  /** Seconds since the UNIX epoch, and the increment of the oplog entry. */
  readonly pointInTime?: {
    readonly utcSeconds?: number;
    readonly oplogSeconds?: number;
    readonly oplogIncrement?: number;
  };
  readonly target?: Partial<ClusterRef>;
}

/** A restore job in Atlas, the same for dedicated and flex clusters. */
export interface RestoreState extends RestoreTold {
  readonly id: string;
  /** `finished` for a download means that its link is ready. */
  readonly outcome: 'running' | 'finished' | 'failed' | 'cancelled' | 'expired';
  /** Flags of failure that Atlas left out: a finished job without them is not proven to have ended well. */
  readonly silentOn?: readonly ('cancelled' | 'failed' | 'expired')[];
  /** ISO 8601 UTC; a download has none. */
  readonly finishedAt?: string;
  /** ISO 8601 UTC, for downloads. */
  readonly linkExpiresAt?: string;
}

/**
 * The backups of one source cluster. Atlas has one API for dedicated clusters, a list of its own for sharded ones, and
 * another API for flex; here they look the same. Every method throws the errors of the Atlas client.
 */
export interface Backups {
  readonly kind: ClusterKind;
  snapshot(snapshotId: string): Promise<SnapshotFacts>;
  /** Whether a snapshot is of the legacy backup, which is not restored through this API. */
  isLegacy(snapshotId: string): Promise<boolean>;
  snapshots(): Promise<SnapshotFacts[]>;
  /** Days that continuous backup reaches back; undefined when Atlas does not say, or there is none. */
  restoreWindowDays(): Promise<number | undefined>;
  /**
   * Asks for an on-demand snapshot. `description` is how it is found again after a lost reply.
   *
   * @throws FlexUnsupportedError for flex, which takes none on demand.
   */
  takeSnapshot(description: string, retentionDays: number): Promise<SnapshotFacts>;
  /**
   * Starts a restore. Atlas has no idempotency key: call it once for one intent. Of the reply, the id alone is relied upon:
   * other fields that are missing or make no sense are left out.
   */
  startRestore(request: RestoreRequest): Promise<RestoreState>;
  restore(restoreJobId: string): Promise<RestoreState>;
  restores(): Promise<RestoreState[]>;
  /** Cancels a download; Atlas cancels no other restore. */
  cancelRestore(restoreJobId: string): Promise<void>;
}
