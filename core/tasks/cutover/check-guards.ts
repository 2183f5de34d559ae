import { isoTime } from '../../clock.ts';
import { gatherCutoverFacts } from '../../facts/gather-cutover-facts.ts';
import type { CutoverJob } from '../../jobs/job.ts';
import { isWriteStopBegun } from '../../jobs/write-stop.ts';
import type { CheckResult } from '../../runbooks/check.ts';
import { cutoverGuards } from '../../runbooks/guards/migration.ts';
import type { TaskContext } from '../context.ts';
import { stopIfOver } from './stop-if-over.ts';

/**
 * Runs the guards of a cutover.
 *
 * @throws ClusterNotFoundError, MigrationNotFoundError, MigrationCutOverError, MigrationFailedError, MigrationExpiredError
 */
export async function lookAtGuards(
  job: CutoverJob,
  stage: 'early' | 'last',
  context: TaskContext,
): Promise<readonly CheckResult[]> {
  const at = isoTime(context.clock.now());
  const facts = await gatherCutoverFacts(job.runbook, context.atlas);
  if ('seen' in facts.migration) await stopIfOver(job, { at, ...facts.migration.seen }, context);
  return cutoverGuards(job.runbook, job.policy, facts, stage);
}

/**
 * Whether a job, started again after its process died, has come so far that looking back would only lose time: writes are
 * stopped, or the cutover is asked for. What is still to be looked at then, the tasks after this look at.
 */
export function isPastGuards(job: CutoverJob): boolean {
  return job.cutover.intent !== undefined || isWriteStopBegun(job);
}
