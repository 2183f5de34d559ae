/** A request that the simulator took, and how it answered. */
export interface RequestRecord {
  readonly method: string;
  /** Path and query, as asked for. */
  readonly path: string;
  /** MongoDB's operationId, `oauthToken`, a `simulator…` name, or `unknown`. */
  readonly operation: string;
  /** HTTP status; 0 when the connection was cut before the reply. */
  readonly status: number;
}

/** A restore job as the simulator counts it. */
export interface RestoreJobRecord {
  readonly id: string;
  readonly kind: 'dedicated' | 'flex';
  readonly deliveryType: 'automated' | 'pointInTime' | 'download';
  readonly source: { readonly project: string; readonly cluster: string };
  /** Absent for a download. */
  readonly target?: { readonly project: string; readonly cluster: string };
  /** The snapshot it starts from; for a point in time, the one that Atlas chose. */
  readonly snapshotId: string;
  /** ISO 8601 UTC. */
  readonly createdAt: string;
  /** Where it stands now. */
  readonly status: 'running' | 'finished' | 'failed' | 'cancelled' | 'expired';
}

/** A message that a job posted to a system of its user's, and that came here instead. */
export interface InboxRecord {
  /** ISO 8601 UTC. */
  readonly at: string;
  /** The address that it was meant for. */
  readonly meantFor: string | null;
  /** The headers that begin with `lifeboat-`, in small letters. */
  readonly headers: Readonly<Record<string, string>>;
  /** As it came. */
  readonly body: string;
}

/** A change that was made through the API, whether or not its reply arrived. */
export interface ChangeRecord {
  /** MongoDB's operationId. */
  readonly operation: string;
  readonly method: string;
  /** The path as asked for, without query. */
  readonly path: string;
  /** ISO 8601 UTC. */
  readonly at: string;
}
