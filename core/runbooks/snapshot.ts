import type { ClusterKind } from './cluster.ts';

/** A snapshot as recovery-point selection sees it, the same for dedicated, sharded and flex clusters. */
export interface SnapshotFacts {
  /** 24 hexadecimal digits. */
  readonly id: string;
  readonly kind: ClusterKind;
  /** Where it stands; `unknown` carries an Atlas status that is new to us. */
  readonly status: 'pending' | 'completed' | 'failed' | 'unknown';
  /** Atlas's own word for the status. */
  readonly atlasStatus: string;
  /** ISO 8601 UTC; Atlas gives none before the snapshot completes. */
  readonly createdAt?: string | undefined;
  /** ISO 8601 UTC. */
  readonly expiresAt?: string | undefined;
  /** Full server version of the data. */
  readonly version?: string | undefined;
  /** Number of shards that it was taken of; 1 for a replica set and for flex; absent where Atlas does not say. */
  readonly shards?: number | undefined;
  /** `DEDICATED` or `EMBEDDED`, of a sharded cluster; absent where Atlas does not say. */
  readonly configServerType?: string | undefined;
  readonly sizeBytes?: number | undefined;
  /** `onDemand`, `scheduled` or `fallback`; flex snapshots have no type. */
  readonly type?: string | undefined;
  /** Whether Atlas says that it is encrypted with the customer's own key. Atlas documents this for keys of AWS alone. */
  readonly encrypted: boolean;
  readonly description?: string | undefined;
}

/** The point to which a job restores, once chosen. */
export interface RecoveryPoint {
  /** How it was chosen: the selector's name in the runbook. */
  readonly chosenBy: 'snapshot' | 'latest' | 'random' | 'pointInTime' | 'fresh';
  /** The instant the data is of, ISO 8601 UTC; absent while the snapshot is being taken. */
  readonly time?: string | undefined;
  /** The snapshot; absent for a point in time, where Atlas chooses the base snapshot. */
  readonly snapshot?: SnapshotFacts | undefined;
  readonly pointInTime?: PointInTime | undefined;
  /** The instant of the next later recovery point, ISO 8601 UTC: what `random` measures its RPO against. */
  readonly nextTime?: string | undefined;
  /** Seed that `random` drew with, so that the draw can be repeated. */
  readonly seed?: number | undefined;
  /** How many snapshots were eligible. */
  readonly candidates?: number | undefined;
}

/** The instant of a point in time, milliseconds since the epoch. */
export function instantOf(point: PointInTime): number {
  return ('utcSeconds' in point ? point.utcSeconds : point.oplogSeconds) * 1000;
}

/** A point in time as Atlas takes it: seconds, or an oplog timestamp with its increment. */
export type PointInTime =
  { readonly utcSeconds: number } | { readonly oplogSeconds: number; readonly oplogIncrement: number };
