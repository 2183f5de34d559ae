import type { CutoverJob } from '../../jobs/job.ts';
import type { TaskContext } from '../context.ts';
import { maySeeLater, noteUnseen } from '../unseen.ts';
import { readNow, type Reading } from './reading.ts';

/** What is looked at, as the timeline tells it. */
const TITLES = { migration: 'The live migration', cutover: 'The cutover' } as const;

/**
 * The migration; undefined while Atlas does not answer, which a migration of days outlives, or does not let anybody look at a
 * cutover that it was asked for. That is told once for each reason.
 *
 * @throws what another look would not change.
 */
export async function readOrLater(
  job: CutoverJob,
  what: keyof typeof TITLES,
  context: TaskContext,
): Promise<Reading | undefined> {
  try {
    return await readNow(job, context);
  } catch (error) {
    // Nothing was asked for yet while a migration is watched: who may not look at it is told at once.
    if (!maySeeLater(error) || (what === 'migration' && !error.retryable)) throw error;
    await noteUnseen(job, { what, title: TITLES[what] }, error, context);
    return undefined;
  }
}
