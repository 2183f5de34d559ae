import { secondsBetween } from '../clock.ts';
import type { RestoreJob } from './job.ts';

/**
 * Seconds that a job spent, or has spent by `now`, on taking a fresh snapshot, for which a real disaster leaves no time.
 * 0 when it took none.
 */
export function snapshotSeconds({ snapshotIntent, phases }: RestoreJob, now: string): number {
  const phase = phases.recoveryPoint;
  if (snapshotIntent === undefined || phase === undefined) return 0;
  return secondsBetween(phase.startedAt, phase.endedAt ?? now);
}
