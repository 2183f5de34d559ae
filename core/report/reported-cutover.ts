import { sideOf, type CutoverSide, type LagReading } from '../jobs/cutover-record.ts';
import type { CutoverJob } from '../jobs/job.ts';
import { rollbackOf } from '../jobs/rollback-of.ts';
import { isWriteStopBegun, writesStoppedAt, writeStopSeconds } from '../jobs/write-stop.ts';

/** How the cutover of a live migration went. */
export interface ReportedCutover {
  readonly migrationId: string;
  /** Atlas's own word for where the migration stands; `null` when it was never seen. */
  readonly status: string | null;
  /** When it was first seen ready: 120 hours later it expires, unless its time is extended in Atlas. */
  readonly readyAt: string | null;
  /** The lag that the runbook allows, in seconds, and how many readings in a row it wants. */
  readonly lagAtMostSeconds: number;
  readonly readingsWanted: number;
  /** The readings that counted: known, low enough, in a row, with writes stopped. */
  readonly readings: readonly LagReading[];
  /** Whether something was begun that may have stopped writes, though when is not known yet. */
  readonly writeStopBegun: boolean;
  readonly writesStoppedAt: string | null;
  /** When Atlas was asked for the cutover: the point of no return. A request that certainly came to nothing is left out. */
  readonly cutoverAskedAt: string | null;
  /** How many requests were sent, or were about to be. */
  readonly attempts: number;
  /** When Atlas took the cutover, or was seen to carry it out. */
  readonly acceptedAt: string | null;
  readonly completedAt: string | null;
  /** When the migration was found cut over although this job had not asked for it. */
  readonly foundCutOverAt: string | null;
  /** When the application wrote again: to the target after the point of no return, to the source before it. */
  readonly writesBackAt: string | null;
  /** How long the application could not write, in whole seconds; `null` when writes were not stopped, or are not back. */
  readonly writeStopSeconds: number | null;
  /** The longest time without writes that the runbook allows until the cutover is asked for, in seconds. */
  readonly maxWriteStopSeconds: number;
  /** On which side of the point of no return the migration is. */
  readonly side: CutoverSide;
  /** Id of the snapshot that was taken afterwards. */
  readonly snapshotId: string | null;
  /** The runbook's `rollback:` with this job's names and times in it. */
  readonly rollback: string;
}

/** @param now ISO 8601 UTC, of the report. */
export function describeCutover(job: CutoverJob, now: string): ReportedCutover {
  const { cutover, runbook, atlas } = job;
  return {
    migrationId: runbook.migration,
    status: cutover.status ?? null,
    readyAt: cutover.readyAt ?? null,
    lagAtMostSeconds: runbook.lag.atMost,
    readingsWanted: runbook.lag.readings,
    readings: cutover.readings,
    writeStopBegun: isWriteStopBegun(job),
    writesStoppedAt: writesStoppedAt(job) ?? null,
    cutoverAskedAt: cutover.intent?.at ?? null,
    attempts: cutover.attempts,
    acceptedAt: cutover.acceptedAt ?? null,
    completedAt: cutover.completedAt ?? null,
    foundCutOverAt: cutover.foundCutOverAt ?? null,
    writesBackAt: cutover.writesBackAt ?? null,
    writeStopSeconds: writeStopSeconds(job),
    maxWriteStopSeconds: runbook.maxWriteStop,
    side: sideOf(cutover),
    snapshotId: atlas.snapshotId ?? null,
    rollback: rollbackOf(job, now),
  };
}
