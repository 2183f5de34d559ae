import { outcomeOf } from './outcome.ts';
import type { Report } from './report.ts';

/**
 * Whether people may need the rollback procedure now: the job stopped at the point of no return or after it. A migration
 * that was cut over before the job did anything needs none.
 */
export function isRollbackWanted(report: Report): boolean {
  const { cutover } = report;
  const outcome = outcomeOf(report);
  if (cutover === null || cutover.side === 'before') return false;
  const began = cutover.cutoverAskedAt !== null || cutover.writeStopBegun;
  return began && (outcome === 'failed' || outcome === 'cancelled');
}
