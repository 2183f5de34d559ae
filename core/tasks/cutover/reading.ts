import { isoTime } from '../../clock.ts';
import { readMigration } from '../../facts/read-migration.ts';
import type { CutoverJob } from '../../jobs/job.ts';
import type { MigrationFacts } from '../../runbooks/guards/migration.ts';
import type { CutoverRunbook } from '../../runbooks/kinds/cutover.ts';
import type { TaskContext } from '../context.ts';

/** One look at the migration of a job. */
export interface Reading extends MigrationFacts {
  /** When it was asked for, ISO 8601 UTC: what it says was so then or later. */
  readonly at: string;
}

/**
 * Looks at the migration.
 *
 * @throws MigrationNotFoundError, and the errors of the Atlas client.
 */
export async function readNow(job: CutoverJob, context: TaskContext): Promise<Reading> {
  const at = isoTime(context.clock.now());
  return { at, ...(await readMigration(job.runbook, context.atlas)) };
}

/** Whether Atlas says that the migration can be cut over. */
export function isReady({ status, ready }: MigrationFacts): boolean {
  return status === 'WORKING' && ready;
}

/** Whether the target still follows its source, so that no cutover has been carried out: it is ready, and its lag is known. */
export function isStanding(reading: MigrationFacts): reading is MigrationFacts & { lagSeconds: number } {
  return isReady(reading) && reading.lagSeconds !== null;
}

/** Whether the migration looks as it does while a cutover is carried out: neither ready any more nor with a lag. */
export function looksTaken({ status, ready, lagSeconds }: MigrationFacts): boolean {
  return status === 'WORKING' && !ready && lagSeconds === null;
}

/** Whether the cutover may be asked for by this reading: ready, and a lag that is known and low. */
export function isLow(
  reading: MigrationFacts,
  { atMost }: CutoverRunbook['lag'],
): reading is MigrationFacts & { lagSeconds: number } {
  return isStanding(reading) && reading.lagSeconds <= atMost;
}

/** A reading as the end of a sentence about the migration: `WORKING, ready, 3 s behind`. */
export function readingText({ status, ready, lagSeconds }: MigrationFacts): string {
  const lag = lagSeconds === null ? 'its lag is not known' : `${lagSeconds} s behind`;
  return `${status ?? 'without a status'}, ${ready ? 'ready' : 'not ready'}, ${lag}`;
}
