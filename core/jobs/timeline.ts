/** What a timeline event may carry beside its message: small, flat, free of secrets. */
export type EventData = Readonly<Record<string, string | number | boolean | null>>;

/** An event before it has its place in the timeline. */
export interface NewEvent {
  /** ISO 8601 UTC. */
  readonly at: string;
  /** Stable kebab-case name, for example `restore-started`. */
  readonly type: string;
  /** One sentence for a person. */
  readonly message: string;
  readonly data?: EventData;
  /**
   * Written at most once for a job under this key, however often the task that writes it is delivered.
   * Absent: written each time.
   */
  readonly once?: string;
}

/** An event of a job's timeline: appended, never rewritten, and chained by hash to the one before. */
export interface TimelineEvent extends NewEvent {
  readonly jobId: string;
  /** 1 for the first event. */
  readonly sequence: number;
  /** SHA-256 in hexadecimal of the event before; 64 zeros for the first. */
  readonly previousHash: string;
  /** SHA-256 in hexadecimal over this event in canonical form, `previousHash` included. */
  readonly hash: string;
}
