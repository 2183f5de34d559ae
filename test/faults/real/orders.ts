/** Where a process of the embedded edition is to be killed. */
export interface KillPoint {
  /** 1 for its first effect. */
  readonly effect: number;
  readonly side: 'before' | 'after';
}

/** What such a process is told. */
export interface ChildOrders {
  readonly home: string;
  readonly jobId: string;
  readonly baseUrl: string;
  readonly credentials: { readonly clientId: string; readonly clientSecret: string };
  /** Absent: it runs to its end. */
  readonly killAt?: KillPoint;
}

/** The file of a home in which the processes note the events that were acknowledged to them. */
export const ACKNOWLEDGED = 'acknowledged.ndjson';
