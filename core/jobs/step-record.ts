import type { EventData } from './timeline.ts';

/**
 * Where a step stands. `warned`: it failed, and the runbook lets the job go on; `unknown`: it could not look. All but
 * `running` are final.
 */
export type StepStatus = 'running' | 'done' | 'failed' | 'warned' | 'unknown';

/** What a job keeps of one step. Instants are ISO 8601 UTC. */
export interface StepRecord {
  /** Its kind. */
  readonly use: string;
  readonly status: StepStatus;
  readonly startedAt: string;
  /**
   * The intent: when the change was about to be sent. While it stands alone, what became of the request is not known;
   * it is taken back when Atlas certainly did not carry the request out.
   */
  readonly sentAt?: string;
  /** How many requests got no answer that tells whether Atlas carried them out. */
  readonly lost?: number;
  /** Atlas took the change: from now on the step only looks. */
  readonly taken?: true;
  readonly endedAt?: string;
  /** What was seen or done, as one sentence. */
  readonly message?: string;
  /** What Atlas answered, small and free of secrets. */
  readonly evidence?: EventData;
  /** From its beginning to its end. */
  readonly seconds?: number;
  /** It ended because its time was over. */
  readonly timedOut?: true;
}
