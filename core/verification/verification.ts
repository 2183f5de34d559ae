import type { AtlasClient } from '../atlas/client.ts';
import { secondsBetween } from '../clock.ts';
import { momentsOf } from '../jobs/course.ts';
import type { CutoverJob, RestoreJob } from '../jobs/job.ts';
import type { CheckResult } from '../runbooks/check.ts';

/** The kinds of jobs whose target is verified. */
export type VerifiedJob = RestoreJob | CutoverJob;

/** What a check may look at. */
export interface Verification<One extends VerifiedJob = VerifiedJob> {
  readonly job: One;
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

/** Seconds for which what cannot be read is read again: what stands before Atlas, such as a proxy, may have answered in its place. */
const READ_AGAIN_SECONDS = 120;

/** That something could not be read: final once it has been tried for a while. */
export function unreadable(
  verification: Verification,
  result: CheckResult & { readonly outcome: 'unknown' },
): Finding {
  return { result, settled: secondsSinceDone(verification) > READ_AGAIN_SECONDS };
}

/** An answer that a further look will not change. */
export function settled(result: CheckResult): Finding {
  return { result, settled: true };
}

/** Seconds since Atlas finished what the job is for. */
export function secondsSinceDone({ job, now }: Verification): number {
  return secondsBetween(momentsOf(job).doneAt ?? job.createdAt, now);
}
