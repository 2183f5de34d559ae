import type { AtlasClient } from '../atlas/client.ts';
import { secondsBetween } from '../clock.ts';
import type { RestoreJob } from '../jobs/job.ts';
import type { CheckResult } from '../runbooks/check.ts';

/** What a check may look at. */
export interface Verification {
  readonly job: RestoreJob;
  readonly atlas: AtlasClient;
  /** ISO 8601 UTC. */
  readonly now: string;
}

/** A check's answer so far; one that is not settled is worth another look. */
export interface Finding {
  readonly result: CheckResult;
  readonly settled: boolean;
  /** It fails only because the time for it is over. */
  readonly late?: true;
}

/** An answer that a further look will not change. */
export function settled(result: CheckResult): Finding {
  return { result, settled: true };
}

/** Seconds since Atlas finished the restore. */
export function secondsSinceRestore({ job, now }: Verification): number {
  return secondsBetween(job.atlas.restoreFinishedAt ?? job.createdAt, now);
}
