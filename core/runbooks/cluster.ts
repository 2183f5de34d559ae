/** The kinds of Atlas deployment that Lifeboat knows. Serverless ones can be looked up, not restored. */
export type ClusterKind = 'replicaSet' | 'sharded' | 'flex';

/** A cluster as a runbook names it. */
export interface ClusterRef {
  /** 24 hexadecimal digits; Atlas calls a project a group. */
  readonly project: string;
  readonly cluster: string;
}

/** `project/cluster`, the name under which leases, lists and people know a cluster. */
export function clusterName(ref: ClusterRef): string {
  return `${ref.project}/${ref.cluster}`;
}

/** What the guards need to know of a cluster, the same for dedicated and flex ones. */
export interface ClusterFacts extends ClusterRef {
  /** This and what follows are absent where Atlas does not say, in a way that can be read: then it is not known. */
  readonly kind?: ClusterKind | undefined;
  /** Number of shards; 1 for a replica set and for flex. */
  readonly shards?: number | undefined;
  /** `DEDICATED` or `EMBEDDED`, of a sharded cluster. */
  readonly configServerType?: string | undefined;
  /** Atlas's name of the tier, such as `M30`, or `M0` for a free cluster; flex has none. */
  readonly instanceSize?: string | undefined;
  /** Full server version such as `8.0.29`; absent while the cluster is being created. */
  readonly version?: string | undefined;
  /** Disk of the smallest data-bearing node, in gibibytes. */
  readonly diskGB?: number | undefined;
  /** `NONE`, or the provider that holds the customer's key: `AWS`, `AZURE`, `GCP`. */
  readonly encryption?: string | undefined;
  /** Atlas's own word: `IDLE`, `CREATING`, `UPDATING`, `DELETING`, `REPAIRING`, or one that is new to us. */
  readonly state?: string | undefined;
  /** A paused cluster takes no snapshots and gets no new points in time. */
  readonly paused?: boolean | undefined;
  /** Whether continuous backup (point in time) is on; flex has none. */
  readonly pointInTime?: boolean | undefined;
  readonly backups?: boolean | undefined;
}
