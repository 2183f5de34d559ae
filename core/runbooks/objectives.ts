import { secondsBetween } from '../clock.ts';
import type { RestoreRunbook } from './kinds/restore.ts';
import type { RecoveryPoint } from './snapshot.ts';

/** What a job achieved, as far as it came. */
export interface Achievement {
  readonly runbook: RestoreRunbook;
  /** When the job began, ISO 8601 UTC. */
  readonly startedAt: string;
  /** When the restore was verified, ISO 8601 UTC; absent when it never was. */
  readonly restoredAt?: string | undefined;
  /** Seconds spent on taking a `fresh` snapshot; 0 when none was taken. */
  readonly snapshotSeconds: number;
  readonly recoveryPoint?: RecoveryPoint | undefined;
}

/** One objective against what was achieved, seconds. `met` is null when there is nothing to compare. */
interface Judgement {
  readonly objectiveSeconds?: number;
  readonly achievedSeconds: number | null;
  readonly met: boolean | null;
}

/** Recovery time and recovery point, achieved and judged. Seconds; null when nothing was restored. */
export interface Objectives {
  readonly rtoSeconds: number | null;
  readonly rpoSeconds: number | null;
  readonly rto: Judgement;
  readonly rpo: Judgement;
}

/**
 * RTO: from the start of the job to the verified restore, less the time it took to take a `fresh` snapshot, for which a
 * real disaster would leave no time. RPO: from the recovery point to the instant at which the data is taken to be lost
 * (see {@link lossInstant}); never below zero. Without a verified restore neither was achieved.
 */
export function judgeObjectives(achievement: Achievement): Objectives {
  const { runbook, startedAt, restoredAt, snapshotSeconds, recoveryPoint } = achievement;
  const time = restoredAt === undefined ? undefined : recoveryPoint?.time;
  const rtoSeconds =
    restoredAt === undefined ? null : notNegative(secondsBetween(startedAt, restoredAt) - snapshotSeconds);
  const rpoSeconds = time === undefined ? null : notNegative(secondsBetween(time, lossInstant(achievement)));
  return {
    rtoSeconds,
    rpoSeconds,
    rto: judge(runbook.objectives.rto, rtoSeconds),
    rpo: judge(runbook.objectives.rpo, rpoSeconds),
  };
}

/**
 * The instant at which the data is taken to be lost: the start of the job, with two exceptions. `latest` before an
 * instant plays a loss at that instant. `random` plays a loss just before the next later recovery point, which is the
 * worst that could have happened on that day.
 */
function lossInstant({ runbook, startedAt, recoveryPoint }: Achievement): string {
  const selector = runbook.recoveryPoint;
  if ('latest' in selector) return selector.latest.before ?? startedAt;
  if ('random' in selector) return recoveryPoint?.nextTime ?? startedAt;
  return startedAt;
}

function judge(objectiveSeconds: number | undefined, achievedSeconds: number | null): Judgement {
  if (objectiveSeconds === undefined) return { achievedSeconds, met: null };
  return {
    objectiveSeconds,
    achievedSeconds,
    met: achievedSeconds === null ? null : achievedSeconds <= objectiveSeconds,
  };
}

/** A fresh snapshot is of after the start, and clocks differ: neither gains time. */
function notNegative(seconds: number): number {
  return Math.max(0, seconds);
}
