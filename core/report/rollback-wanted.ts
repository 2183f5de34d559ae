import { outcomeOf } from './outcome.ts';
import type { Report } from './report.ts';

/**
 * Whether people may need the rollback procedure now: the job stopped at the point of no return or after it, or before
 * it with writes still stopped. A migration that was cut over before the job did anything needs none.
 */
export function isRollbackWanted(report: Report): boolean {
  const { cutover } = report;
  const outcome = outcomeOf(report);
  if (cutover === null || (outcome !== 'failed' && outcome !== 'cancelled')) return false;
  const { side, cutoverAskedAt, writeStopBegun, writesBackAt } = cutover;
  if (side === 'before') return writeStopBegun && writesBackAt === null;
  return cutoverAskedAt !== null || writeStopBegun;
}
