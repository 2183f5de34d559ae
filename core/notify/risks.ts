import { secondsBetween } from '../clock.ts';
import { isCutoverJob, isRestoreJob, type CutoverJob, type Job, type RestoreJob } from '../jobs/job.ts';
import { expiryWarning, secondsToExpiry } from '../jobs/migration-timer.ts';
import { snapshotSeconds } from '../jobs/snapshot-seconds.ts';
import { writesStoppedAt } from '../jobs/write-stop.ts';
import { judgeObjectives } from '../runbooks/objectives.ts';

/** A limit that is about to be missed. Seconds. */
export interface Risk {
  /** Unique within the job. */
  readonly id: string;
  readonly objective: 'rto' | 'rpo' | 'writeStop' | 'migration';
  /** What the runbook allows; for a migration, what Atlas does. */
  readonly limitSeconds: number;
  /** How much of it is used up. */
  readonly usedSeconds: number;
}

/** The part of a limit after which it is at risk. */
const AT_RISK = 0.8;

/**
 * The limits that a running job is about to miss, or has missed.
 *
 * @param now ISO 8601 UTC.
 */
export function risksOf(job: Job, now: string): Risk[] {
  if (isRestoreJob(job)) return restoreRisks(job, now);
  return isCutoverJob(job) ? cutoverRisks(job, now) : [];
}

/** Judged as if the data were back now: it gets no better than that. */
function restoreRisks(job: RestoreJob, now: string): Risk[] {
  const { runbook, startedAt, restoredAt, recoveryPoint } = job;
  if (startedAt === undefined || restoredAt !== undefined) return [];
  const { rto, rpoSeconds, rpo } = judgeObjectives({
    runbook,
    startedAt,
    restoredAt: now,
    snapshotSeconds: snapshotSeconds(job, now),
    recoveryPoint,
  });
  const isLost = rpo.met === false && rpo.objectiveSeconds !== undefined && rpoSeconds !== null;
  return [
    ...usedUp('rto', rto.objectiveSeconds, rto.achievedSeconds),
    ...(isLost ? [risk('rpo', rpo.objectiveSeconds, rpoSeconds)] : []),
  ];
}

/** Nothing is at risk any more once the cutover has been asked for. */
function cutoverRisks(job: CutoverJob, now: string): Risk[] {
  const { writesBackAt, readyAt, intent, completedAt } = job.cutover;
  if (intent !== undefined || completedAt !== undefined) return [];
  const stopped = writesBackAt === undefined ? writesStoppedAt(job) : undefined;
  return [
    ...usedUp(
      'writeStop',
      job.runbook.maxWriteStop,
      stopped === undefined ? null : secondsBetween(stopped, now),
    ),
    ...(readyAt === undefined ? [] : runningOut(readyAt, now)),
  ];
}

function usedUp(objective: Risk['objective'], limit: number | undefined, used: number | null): Risk[] {
  return limit === undefined || used === null || used < limit * AT_RISK ? [] : [risk(objective, limit, used)];
}

/** One risk for each warning: a migration is told of several times as its time runs down. */
function runningOut(readyAt: string, now: string): Risk[] {
  const hours = expiryWarning(readyAt, now);
  if (hours === undefined) return [];
  const used = secondsBetween(readyAt, now);
  return [{ ...risk('migration', used + secondsToExpiry(readyAt, now), used), id: `migration-${hours}h` }];
}

function risk(objective: Risk['objective'], limitSeconds: number, usedSeconds: number): Risk {
  return { id: objective, objective, limitSeconds, usedSeconds };
}
